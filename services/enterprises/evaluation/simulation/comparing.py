"""Two schemes on the same figures: who wins and who loses, whose grade changes, what it costs whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..inputs import inputs_of
from ..kept import named
from ..reading import NOTHING
from ..rows import Row
from ..scheme import Scheme
from ..scoring import Group, Score
from .answers import Compared, ComparedFirm, Move, four_places


def compare(before: Scheme, after: Scheme, figures: Sequence[Any]) -> Compared:
    """Each firm by the first scheme and by the second. Raises `Invalid` as `scored` does; what is wrong
    with the second is told of the field `against`."""
    one = Group.read(before, figures)
    firsts = one.scores()
    with named("against"):
        two = Group.read(after, figures)
        seconds = two.scores()
    costs_before = (_cost(before, *pair) for pair in zip(firsts, one.rows, strict=True))
    costs_after = (_cost(after, *pair) for pair in zip(seconds, two.rows, strict=True))
    pairs = zip(firsts, seconds, costs_before, costs_after, strict=True)
    compared = [_firm(before, after, *each) for each in pairs]
    changes = [each["change"] for each in compared if each["change"] is not None]
    moved = Counter(each["moved"] for each in compared)
    costs = [
        each["cost_after_cny"] - each["cost_before_cny"]
        for each in compared
        if each["cost_after_cny"] is not None and each["cost_before_cny"] is not None
    ]
    return {
        "before": before.id,
        "after": after.id,
        "winners": sum(1 for change in changes if change > 0),
        "losers": sum(1 for change in changes if change < 0),
        "better": moved["better"],
        "worse": moved["worse"],
        "cost_change_cny": sum(costs, NOTHING) if costs else None,
        "moves": _moves(compared),
        "compared": compared,
    }


def _firm(
    before: Scheme,
    after: Scheme,
    one: Score,
    two: Score,
    cost_before: Decimal | None,
    cost_after: Decimal | None,
) -> ComparedFirm:
    both = one.total is not None and two.total is not None
    change = two.total - one.total if one.total is not None and two.total is not None else None
    return {
        "firm": one.firm,
        "total_before": four_places(one.total),
        "total_after": four_places(two.total),
        "change": four_places(change),
        "parts_change": _parts_change(one.parts, two.parts) if both else {},
        "rank_before": one.rank,
        "rank_after": two.rank,
        "grade_before": one.grade,
        "grade_after": two.grade,
        "moved": _moved(before, after, one.grade, two.grade),
        "cost_before_cny": cost_before,
        "cost_after_cny": cost_after,
        "excluded_before": one.excluded,
        "excluded_after": two.excluded,
    }


def _parts_change(one: Mapping[str, Decimal], two: Mapping[str, Decimal]) -> dict[str, Decimal]:
    codes = [*one, *(code for code in two if code not in one)]
    return {code: four_places(two.get(code, NOTHING) - one.get(code, NOTHING)) for code in codes}


def _moved(before: Scheme, after: Scheme, one: str | None, two: str | None) -> str | None:
    """Grades that both schemes have are compared by name, others by their place from the best."""
    if one not in before.grades or two not in after.grades:
        return None
    scale = after.grades if one in after.grades else before.grades
    if one in scale and two in scale:
        was, now = scale.index(one), scale.index(two)
    else:
        was, now = before.grades.index(one), after.grades.index(two)
    return "same" if was == now else "better" if now < was else "worse"


def _cost(scheme: Scheme, score: Score, row: Row) -> Decimal | None:
    """The yuan that the grade costs the firm; none if the scheme names no costs, or an input lacks."""
    if not scheme.costs or score.grade is None:
        return None
    inputs = {**row.figures, **inputs_of(scheme.data_year).inputs_in(row.figures)}
    rates = scheme.costs.get(score.grade, {})
    if any(name not in inputs for name in rates):
        return None
    cost = sum((rate * inputs[name] for name, rate in rates.items()), NOTHING)
    return cost.quantize(Decimal("0.01"))


def _moves(compared: Sequence[ComparedFirm]) -> list[Move]:
    """How many firms went from which grade to which, those that changed first."""
    counted = Counter((each["grade_before"], each["grade_after"]) for each in compared)
    order = sorted(counted, key=lambda pair: (pair[0] == pair[1], pair[0] or "~", pair[1] or "~"))
    return [
        {"grade_before": one, "grade_after": two, "firms": counted[one, two]} for one, two in order
    ]
