"""Ranks and grades: the cut by percentile, then what fixes, raises, lowers or vetoes a grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby

from .scheme import STEPS, Adjustment, Scheme
from .terms import HUNDRED, Ties

TOO_SMALL = "GROUP_TOO_SMALL"


@dataclass(frozen=True, slots=True)
class Place:
    """`rank` is the best of those that firms of one total share, `worst` the last of them, `of` how
    many are ranked."""

    rank: int
    worst: int
    of: int


@dataclass(frozen=True, slots=True)
class Step:
    """What was done to a grade, the grade that came of it, and why."""

    step: str
    grade: str | None
    reason: str


def places_of(totals: Sequence[Decimal]) -> list[Place]:
    """The place of each total, the highest first; those of one total share it."""
    order = sorted(range(len(totals)), key=lambda each: -totals[each])
    found: list[Place | None] = [None] * len(totals)
    before = 0
    for _, tied in groupby(order, key=lambda each: totals[each]):
        those = list(tied)
        place = Place(before + 1, before + len(those), len(totals))
        for each in those:
            found[each] = place
        before += len(those)
    return [place for place in found if place]


def grade_of(scheme: Scheme, place: Place, total: Decimal) -> str | None:
    """The grade by the cuts; none where no cut reaches. A tie over a cut goes as the scheme says."""
    rank = place.rank if scheme.ties is Ties.BEST_RANK else place.worst
    return _at(scheme, rank, place.of, total)


def tied_over_a_cut(scheme: Scheme, place: Place, total: Decimal) -> bool:
    """Whether the grade hangs on which of the shared ranks counts."""
    if place.rank == place.worst:
        return False
    return _at(scheme, place.rank, place.of, total) != _at(scheme, place.worst, place.of, total)


def _at(scheme: Scheme, rank: int, of: int, total: Decimal) -> str | None:
    counted = Decimal(0)
    for cut in scheme.cuts:
        counted += cut.value if cut.by == "count" else 0
        within = {
            "<=": rank * HUNDRED <= cut.value * of,
            "count": rank <= counted,
            ">=": total >= cut.value,
            "last": True,
        }[cut.by]
        if within:
            return cut.grade
    return None


def too_small(scheme: Scheme, ranked: int) -> str | None:
    """What to say of a group with fewer firms than the narrowest cut needs for one of them."""
    smallest = min(_widths(scheme), default=HUNDRED)
    if smallest * ranked >= HUNDRED:
        return None
    return (
        f"Of {ranked} firms {smallest} % are less than one; the last grade takes whoever no cut before "
        "it reaches."
    )


def _widths(scheme: Scheme) -> Iterator[Decimal]:
    """How many percent each grade has."""
    before = Decimal(0)
    for cut in scheme.cuts:
        if cut.by == "<=":
            yield cut.value - before
            before = cut.value
        elif cut.by == "last":
            yield cut.value


def adjusted(
    scheme: Scheme, grade: str | None, adjustments: Iterable[Adjustment]
) -> tuple[Step, ...]:
    """The steps from the grade by rank to the last one, in the order fixed, raised, lowered, veto."""
    steps = [_by_rank(grade)]
    for each in sorted(adjustments, key=lambda one: STEPS.index(one.step)):
        grade = _after(scheme.grades, grade, each)
        steps.append(Step(each.step, grade, each.reason))
    return tuple(steps)


@cache  # a few grades, and many firms
def _by_rank(grade: str | None) -> Step:
    return Step("percentile", grade, "the rank among the firms that are ranked together")


def _after(grades: Sequence[str], grade: str | None, by: Adjustment) -> str | None:
    """Raising never lowers, and lowering and a veto never raise."""
    if by.step == "fixed" or grade not in grades:
        return by.grade or grade
    now = grades.index(grade)
    if by.step == "raised":
        target = grades.index(by.grade) if by.grade else max(0, now - 1)
        return grades[min(now, target)]
    last = len(grades) - 1
    one_down = last if by.step == "veto" else min(last, now + 1)
    target = grades.index(by.grade) if by.grade else one_down
    return grades[max(now, target)]
