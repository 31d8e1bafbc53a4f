"""The yearly evaluation of the firms below scale of two small townships: one round, from its opening to final
grades."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..coming import Coming, at, call
from ..firms.firms import is_above_scale
from ..firms.homes import firm_id, home
from ..plan import Plan

TOWNSHIPS = ("330604111", "330604112")
SCHEME = "huangyan-2022-below"
CUTS = [
    {"grade": "A", "by": "<=", "value": "20"},
    {"grade": "B", "by": "<=", "value": "70"},
    {"grade": "C", "by": "<=", "value": "95"},
    {"grade": "D", "by": "last", "value": "5"},
]
DESK, GROUP = "enterprise_desk", "evaluation_group"
STEPS = (
    ("publicise_areas", date(2023, 6, 1), DESK),
    ("score_round", date(2023, 6, 12), DESK),
    ("publicise_grades", date(2023, 6, 13), DESK),
    ("finalise_round", date(2023, 6, 26), GROUP),
)


def rounds(plan: Plan) -> Iterator[Coming]:
    """Nothing, where the townships have no firm of their own that could be evaluated."""
    place = f"year-{plan.seed}"
    round_id = f"{place}:2022:below_scale:1"
    found = (number for number in range(plan.firms) if _is_evaluated(plan, number))
    first = next(found, None)
    if first is None:
        return
    about: dict[str, Any] = {"place": place, "data_year": 2022, "group": "below_scale"}
    about |= {"scheme": SCHEME, "cuts": CUTS, "townships": list(TOWNSHIPS)}
    who = {"on": "2023-05-08", "operator_role": DESK}
    yield call(plan, at(date(2023, 5, 8)), "enterprises", "open_round", place, **about, **who)
    for number in (first, *found):
        yield _electricity(plan, round_id, number)
    for step, on, role in STEPS:
        said = {"round_id": round_id, "on": on.isoformat(), "operator_role": role}
        yield call(plan, at(on), "enterprises", step, place, **said)


def _is_evaluated(plan: Plan, number: int) -> bool:
    where = home(plan, number)
    mine = where.is_owner and where.parcel_id[:9] in TOWNSHIPS
    return mine and not is_above_scale(plan, number)


def _electricity(plan: Plan, round_id: str, number: int) -> Coming:
    """What the power company told the desk of a firm; nothing else knows it."""
    used = plan.draw("electricity", number).randint(40, 900) * 1000
    said = {
        "round_id": round_id,
        "on": "2023-05-22",
        "operator_role": DESK,
        "enterprise_id": firm_id(plan, number),
        "document_id": "power-2022",
        "figures": [{"name": "electricity_kwh", "value": str(used)}],
    }
    moment = at(date(2023, 5, 22), 480 + number % 500)
    return call(plan, moment, "enterprises", "give_round_figures", str(number), **said)
