"""The yearly evaluation of the firms below scale of two small townships, or of all where those have too few:
one round, from its opening to final grades."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from ..coming import Coming, at, call
from ..firms.firms import is_above_scale
from ..firms.homes import firm_id, home
from ..plan import Plan, shares

TOWNSHIPS = ("330604111", "330604112")
FEWEST = 20  # firms, of which the cuts give one the grade D
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
    """The round that grades them."""
    place, townships = f"year-{plan.seed}", _townships(plan)
    round_id = f"{place}:2022:below_scale:1"
    about: dict[str, Any] = {"place": place, "data_year": 2022, "group": "below_scale"}
    about |= {"scheme": SCHEME, "cuts": CUTS, "townships": list(townships)}
    who = {"on": "2023-05-08", "operator_role": DESK}
    yield call(plan, at(date(2023, 5, 8)), "enterprises", "open_round", place, **about, **who)
    for number in _evaluated(plan, townships):
        yield _electricity(plan, round_id, number)
    for step, on, role in STEPS:
        said = {"round_id": round_id, "on": on.isoformat(), "operator_role": role}
        yield call(plan, at(on), "enterprises", step, place, **said)


def _townships(plan: Plan) -> tuple[str, ...]:
    """Those whose firms are evaluated: in a small park all of them."""
    found = sum(1 for _ in islice(_evaluated(plan, TOWNSHIPS), FEWEST))
    return TOWNSHIPS if found == FEWEST else tuple(shares()["townships"])


def _evaluated(plan: Plan, townships: tuple[str, ...]) -> Iterator[int]:
    """The firms below scale that hold a plot there."""
    for number in range(plan.firms):
        where = home(plan, number)
        mine = where.is_owner and where.parcel_id[:9] in townships
        if mine and not is_above_scale(plan, number):
            yield number


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
