"""The firm of a plot: its request, and a round of the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .life import Life

GRADES = [{"grade": "D", "by": "<=", "value": "100"}]


def request(life: Life) -> None:
    about = {"service_request_id": f"{life.plot.township}-R{life.plot.run}"}
    asked = {"enterprise_id": life.plot.enterprise_id, "topic": "permits", "summary": "None."}
    life.write("enterprises", "receive_request", **about, **asked)
    life.write("enterprises", "hand_over_request", **about, departments=["construction"])
    said = {"department": "construction", "text": "It is there."}
    life.write("enterprises", "answer_request", **about, **said)
    life.write("enterprises", "rate_request", **about, satisfaction="satisfied")


def evaluation(life: Life) -> None:
    figures = {
        "enterprise_id": life.plot.enterprise_id,
        "data_year": 2021,
        "source_class": "tax",
    }
    life.report("enterprise.figures_reported", figures | {"tax_paid_cny": "100000"})
    who = {"operator_role": "enterprise_desk"}
    what = {"place": life.plot.run, "data_year": 2021, "group": "below_scale"}
    how = {"scheme": "huangyan-2021-below", "cuts": GRADES, "townships": [life.plot.township]}
    life.write("enterprises", "open_round", **what, **how, **who, on="2022-06-01")
    about = {"round_id": f"{life.plot.run}:2021:below_scale:1", **who}
    firm = {"enterprise_id": life.plot.enterprise_id}
    given = [{"name": "electricity_kwh", "value": "1000000"}]
    document = {"document_id": "D-1", "figures": given, "on": "2022-06-01"}
    life.write("enterprises", "give_round_figures", **about, **firm, **document)
    round_id, call = about["round_id"], life.desk.caller.call
    asked = {"round_id": round_id, **firm, "asked_by": life.plot.enterprise_id}
    life.until(lambda: _names(call("enterprises", "my_figures", **asked)) >= {"land_m2"})
    life.write("enterprises", "publicise_areas", **about, on="2022-06-01")
    life.write("enterprises", "score_round", **about, on="2022-06-10")
    life.write("enterprises", "publicise_grades", **about, on="2022-06-11")
    final = about | {"operator_role": "evaluation_group", "on": "2022-06-20"}
    life.write("enterprises", "finalise_round", **final)


def _names(figures: dict[str, Any]) -> set[str]:
    return {each["name"] for each in figures["own_figures"]}
