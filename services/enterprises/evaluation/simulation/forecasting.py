"""How much more of which indicator a firm needs for a better grade, all else equal. What is answered was
tried: scoring the whole group with it gives the grade, and with one unit less it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from backbone.errors import Invalid, NotFound, Reason, Refused

from ..reading import LARGEST, NOTHING
from ..scheme import Scheme
from ..scoring import Group, Score, Unit
from ..terms import HUNDRED, Indicator, Kind
from .answers import Forecast, Need, four_places


@dataclass(frozen=True, slots=True)
class Trial:
    """The group with other figures of one firm. `unit` is the smallest step of a figure."""

    group: Group
    of: Unit
    wanted: str
    unit: Decimal

    def score(self, code: str, x: Decimal) -> Score | None:
        """The firm's score with that figure; none if nobody could then be scored."""
        held = self.of.figures
        self.of.figures = {**held, code: x}
        try:
            return self.group.score_of(self.of)
        except Invalid:  # NO_SPREAD
            return None
        finally:
            self.of.figures = held

    def reaches(self, code: str, x: Decimal) -> bool:
        score, grades = self.score(code, x), self.group.scheme.grades
        if score is None or score.grade not in grades:
            return False
        return grades.index(score.grade) <= grades.index(self.wanted)


def forecast(
    group: Group, firm: str, wanted: str | None = None, unit: Decimal = Decimal("0.0001")
) -> Forecast:
    """What the firm needs for the grade, or for the next better one. Raises `NotFound` for a firm that
    is not in the group, `Refused` for one that is not ranked and for a scheme without cuts."""
    scores = {score.firm: score for score in group.scores()}
    if firm not in scores:
        raise NotFound.of("firm", "firm")
    now, scheme = scores[firm], group.scheme
    wanted = _wanted(scheme, now, wanted)
    said: Forecast = {
        "firm": firm,
        "grade": now.grade,
        "total": four_places(now.total),
        "rank": now.rank,
        "wanted": wanted,
        "needs": [],
    }
    if wanted is not None:
        of = next(each for each in group.units if firm in {row.firm for row in each.rows})
        points = _points_needed(group, of, now, wanted)
        trial = Trial(group, of, wanted, unit)
        said["needs"] = [_need(trial, each, now, points) for each in scheme.indicators]
    return said


def _wanted(scheme: Scheme, now: Score, wanted: str | None) -> str | None:
    """The grade that is aimed at: none if the firm has it, or a better one, already."""
    grades = scheme.grades
    if not grades:
        raise Refused([Reason("NO_CUTS", "The scheme has no cuts, so no grades.", field="scheme")])
    if now.rank is None:
        why = now.excluded or "it takes the grade of another firm"
        raise Refused([Reason("NOT_RANKED", f"The firm is not ranked: {why}.", field="firm")])
    if wanted is not None and wanted not in grades:
        sentence = f"Name a grade of the scheme: {', '.join(grades)}."
        raise Invalid([Reason("INVALID", sentence, field="grade")])
    place = grades.index(now.grade) if now.grade in grades else len(grades)
    target = place - 1 if wanted is None else grades.index(wanted)
    return grades[target] if 0 <= target < place else None


def _points_needed(group: Group, of: Unit, now: Score, wanted: str) -> Decimal:
    """A first guess at the points that lack, from the totals of the others."""
    scheme, total = group.scheme, now.total or NOTHING
    totals = sorted((each.total for each in group.beside(of)), reverse=True)
    reached = NOTHING
    for cut in scheme.cuts:
        reached = reached + cut.value if cut.by == "count" else cut.value
        if cut.grade == wanted:
            if cut.by == ">=":
                return cut.value - total
            if cut.by == "<=":
                reached = reached * (len(totals) + 1) / HUNDRED
            break
    places = int(reached)
    if not 0 < places <= len(totals):
        return NOTHING
    return totals[places - 1] - total


def _need(trial: Trial, of: Indicator, now: Score, points: Decimal) -> Need:
    """The first figure, in steps of the unit from that of today, that reaches the grade."""
    held = trial.of.figures.get(of.code)
    less_is_better = of.formula.kind is Kind.INVERSE
    if held is None and less_is_better:
        return _unmet(of.code, held, "there is no figure of today to come down from")
    start, step = held or NOTHING, -trial.unit if less_is_better else trial.unit
    most = int((start if less_is_better else LARGEST - start) / trial.unit)
    found = _first(
        lambda steps: trial.reaches(of.code, start + steps * step),
        guess=_guess(of, now, points, trial),
        least=1 if held is not None else 0,
        most=most,
    )
    if found is None:
        return _unmet(of.code, held, f"no figure of {of.code} alone is enough")
    needed = start + found * step
    score = trial.score(of.code, needed) or now
    return {
        "indicator": of.code,
        "now": held,
        "needed": needed,
        "more": needed - start,
        "total": four_places(score.total),
        "rank": score.rank,
        "why": None,
    }


def _unmet(code: str, now: Decimal | None, why: str) -> Need:
    return {
        "indicator": code,
        "now": now,
        "needed": None,
        "more": None,
        "total": None,
        "rank": None,
        "why": why,
    }


def _guess(of: Indicator, now: Score, points: Decimal, trial: Trial) -> int:
    """How many units the points that lack are likely to take."""
    weight, baseline = of.weight or NOTHING, of.baseline or NOTHING
    if of.code not in trial.of.figures:
        points += now.parts.get(of.code, NOTHING)  # what was filled in goes
    match of.formula.kind:
        case Kind.RATIO | Kind.INVERSE:
            more = points * baseline / weight
        case Kind.MIN_MAX:
            figures = [
                each.figures[of.code] for each in trial.group.units if of.code in each.figures
            ]
            least = min(figures) if of.least is None else of.least
            most = max(figures) if of.most is None else of.most
            more = points * HUNDRED * (most - least) / (weight * of.formula.spread)
        case Kind.SHARE_OF_POINTS:
            more = points / weight
        case _:
            more = points
    return int((more / trial.unit).to_integral_value(ROUND_CEILING))


def _first(holds: Callable[[int], bool], guess: int, least: int, most: int) -> int | None:
    """The first number from `least` to `most` from which on it holds; none if it does not at `most`.
    Looks around the guess first, since each look scores the whole group."""
    if most < least:
        return None
    low, high = least - 1, min(max(guess, least), most)
    step = 1
    if holds(high):
        while high > least:
            before = max(least, high - step)
            if not holds(before):
                low = before
                break
            high, step = before, step * 2
    else:
        low = high
        if low == most or not holds(most):
            return None
        high = most
        while low + step < high:
            if holds(low + step):
                high = low + step
                break
            low, step = low + step, step * 2
    return _halved(holds, low, high)


def _halved(holds: Callable[[int], bool], low: int, high: int) -> int:
    """The first number that holds, between one that does not and one that does."""
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high
