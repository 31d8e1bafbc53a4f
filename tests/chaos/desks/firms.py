"""The firm of a plot: its request, and a round of the evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .life import Life

INDICATORS = ("fixed_asset_investment", "fiscal_revenue", "above_scale_output", "trade")
NEEDED = {"land_m2", "tax_paid_cny"}  # before a round is scored
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
    life.until(lambda: _names(call("enterprises", "my_figures", **asked)) >= NEEDED)
    life.write("enterprises", "publicise_areas", **about, on="2022-06-01")
    life.write("enterprises", "score_round", **about, on="2022-06-10")
    life.write("enterprises", "publicise_grades", **about, on="2022-06-11")
    _objection(life, about | firm)
    final = about | {"operator_role": "evaluation_group", "on": "2022-06-20"}
    life.write("enterprises", "finalise_round", **final)
    life.write("enterprises", "withdraw_round", **final | {"on": "2022-06-25"}, why="wrong cuts")


def _objection(life: Life, about: dict[str, Any]) -> None:
    given = about | {"on": "2022-06-12"}
    said = {"text": "the figure is wrong", "operator_role": "enterprise"}
    objection = life.write("enterprises", "object_to_round", **given | said)
    review = {"objection_id": objection["objection_id"], "upheld": False, "why": "it is right"}
    by = {"reviewed_by": "the evaluation desk", "figures": []}
    life.write("enterprises", "review_objection", **given | review | by)


def late_request(life: Life) -> None:
    """A request is extended and still late; of the days of another no calendar is known."""
    asked = {"enterprise_id": life.plot.enterprise_id, "topic": "permits", "summary": "None."}
    about = {"service_request_id": f"{life.plot.township}-L{life.plot.run}"}
    at = [{"at": f"2023-08-0{day}T09:00:00+08:00"} for day in (1, 2, 3)]
    life.write("enterprises", "receive_request", **about, **asked, **at[0])
    life.write("enterprises", "hand_over_request", **about, departments=["construction"], **at[1])
    later = {"until_on": "2023-08-15", "text": "The form is missing."}
    life.write("enterprises", "extend_request", **about, **later, **at[2])
    old = {"service_request_id": f"{life.plot.township}-O{life.plot.run}"}
    life.write("enterprises", "receive_request", **old, **asked, at="2022-12-28T09:00:00+08:00")


def pain_points(life: Life) -> None:
    """Three firms ask for the same."""
    for number in range(3):
        about = {"service_request_id": f"{life.plot.township}-T{life.plot.run}{number}"}
        asked = {"enterprise_id": f"{life.plot.enterprise_id}{number}", "topic": "transport"}
        life.write("enterprises", "receive_request", **about, **asked, summary="No bus.")


def codes(life: Life) -> None:
    """The risk code of the firm gets worse; another firm claims its credit code, by mistake."""
    firm = {"enterprise_id": life.plot.enterprise_id}
    how = {"kind": "risk_code", "source_class": "declared", "document": "inspection 17"}
    for overdue, day in ((0, "2023-08-10"), (2, "2023-08-20")):
        figures = {"major_hazards_open": 0, "hazards_overdue": overdue}
        entry = firm | how | {"valid_from": day, "figures": figures}
        life.write("enterprises", "record_code_figures", **entry)
    twin = life.beside("twin").enterprise_id
    claim = {"enterprise_id": twin, "kind": "uscc", "value": life.plot.uscc}
    said = {"valid_from": "2020-01-01", "reported_on": "2023-08-01"}
    life.report("enterprise.code_reported", claim | said)
    wrong = {"mistyped": True, "reported_on": "2023-08-02"}
    life.report("enterprise.code_reported", claim | wrong)


def deadlines(life: Life) -> None:
    """An honour and a term of capital end soon, until they are prolonged."""
    firm, since = {"enterprise_id": life.plot.enterprise_id}, life.in_days(-400)
    honour = firm | {"honour": "little_giant", "level": "national", "year": 2023}
    capital = firm | {"kind": "subscribed", "amount": "10000000", "valid_from": since}
    for ends, said in ((60, {"reported_on": since}), (500, {"reported_on": life.in_days(-1)})):
        life.report("enterprise.registration_reported", firm | said | {"established_on": since})
        own = {"granted_on": since, "expires_on": life.in_days(ends)}
        life.report("enterprise.honour_reported", honour | said | own)
        life.report("enterprise.capital_reported", capital | said | {"pay_by": life.in_days(ends)})
        for kind in ("honour_due", "capital_due"):
            life.until(lambda kind=kind: life.is_told(kind, life.plot.enterprise_id))


def indicator(life: Life) -> None:
    said = {"indicator": INDICATORS[life.desk.part], "basis": "zone", "value": "17.7"}
    when = {"period_start": "2023-01-01", "period_end": "2023-07-31", "document": "report 7/2023"}
    life.write("enterprises", "record_indicator", **said, **when)


def _names(figures: dict[str, Any]) -> set[str]:
    return {each["name"] for each in figures["own_figures"]}
