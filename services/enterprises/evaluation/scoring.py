"""Scores of a group: points by indicator, the total, the rank and the grade."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from backbone.records import record

from .grading import Place, Step, adjusted, grade_of, places_of, tied_over_a_cut
from .inputs import Inputs, added_up, inputs_of
from .reading import NOTHING, mean, rounded
from .rows import Row, rows_of
from .scheme import Scheme, scorable
from .terms import HUNDRED, IfMissing, Indicator, Kind, refusal

Bounds = Mapping[str, tuple[Decimal, Decimal]]


@dataclass(frozen=True, slots=True)
class Missing:
    """An indicator without a figure: why, and the points that were taken instead, if any."""

    indicator: str
    why: str
    filled_by: str
    points: Decimal | None = None


@record
class Score:
    """`parts` are points by indicator, and `bonus` and `malus`; `percentile` is the rank in percent of
    those that are ranked together; `steps` lead to the grade; `tie_decided` says that the grade hangs
    on which rank a tie takes. A firm that is `excluded` has no rank."""

    firm: str
    parts: Mapping[str, Decimal] = field(default_factory=dict)
    total: Decimal | None = None
    rank: int | None = None
    of: int | None = None
    percentile: Decimal | None = None
    grade: str | None = None
    steps: tuple[Step, ...] = ()
    missing: tuple[Missing, ...] = ()
    excluded: str | None = None
    shared_with: tuple[str, ...] = ()
    tie_decided: bool = False


@dataclass(slots=True)
class Unit:
    """What is ranked as one: a firm, or the firms of one plot. `left_out` says why it is not ranked,
    `lacking` what it has no points for; the rest is of the last scoring."""

    rows: tuple[Row, ...]
    figures: Mapping[str, Decimal]
    withheld: frozenset[str] = frozenset()
    left_out: str | None = None
    lacking: tuple[Missing, ...] = ()
    excluded: str | None = None
    parts: dict[str, Decimal] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    total: Decimal = NOTHING

    def begin(self) -> None:
        self.excluded, self.parts, self.missing = self.left_out, {}, list(self.lacking)


@dataclass(frozen=True, slots=True)
class Group:
    """Firms that were read for a scheme; `units` are what it ranks. Tenants that follow the holder of
    their plot are in no unit."""

    scheme: Scheme
    rows: tuple[Row, ...]
    units: tuple[Unit, ...]

    @classmethod
    def read(cls, scheme: Scheme, figures: Sequence[Any]) -> Group:
        """Raises `Invalid` for figures that cannot be read, and for a scheme that lacks what scoring
        needs."""
        scorable(scheme)
        rows = rows_of(scheme, figures)
        ranked = [row for row in rows if not _follows(scheme, row)]
        return cls(scheme, tuple(rows), tuple(_units(scheme, ranked, inputs_of(scheme.data_year))))

    def scores(self) -> list[Score]:
        """The score of each firm, in the order in which they were given."""
        self._score()
        found = {score.firm: score for score in _graded(self.scheme, self.units)}
        followers = [_as_holder(row, found) for row in self.rows if row.firm not in found]
        found |= {score.firm: score for score in followers}
        return [found[row.firm] for row in self.rows]

    def score_of(self, unit: Unit) -> Score:
        """The score of the first firm of a unit, without those of the others."""
        self._score()
        if unit.excluded is not None:
            return next(iter(_left_out(unit)))
        totals = [each.total for each in self.beside(unit)]
        rank = 1 + sum(1 for total in totals if total > unit.total)
        place = Place(rank, rank + totals.count(unit.total), len(totals) + 1)
        return next(iter(_of_unit(self.scheme, unit, place)))

    def beside(self, unit: Unit) -> list[Unit]:
        """The others that are ranked together with it."""
        scope = _scope(self.scheme, unit)
        ranked = (each for each in self.units if each.excluded is None and each is not unit)
        return [each for each in ranked if _scope(self.scheme, each) == scope]

    def _score(self) -> None:
        for unit in self.units:
            unit.begin()
        _score(self.scheme, [unit for unit in self.units if unit.excluded is None])


def scored(scheme: Scheme, figures: Sequence[Any]) -> list[Score]:
    """The score of each firm, in the order in which they were given. Raises `Invalid` for figures that
    cannot be read, for a scheme that lacks what scoring needs, and if all figures of an indicator that
    is scored between the lowest and the highest are equal (`NO_SPREAD`)."""
    return Group.read(scheme, figures).scores()


def _follows(scheme: Scheme, row: Row) -> bool:
    in_park = scheme.but_not_in_parks and row.in_small_firm_park
    left_out = row.excluded or row.outside
    return bool(scheme.tenants_follow and row.tenant_of and not in_park and not left_out)


def _as_holder(row: Row, found: Mapping[str, Score]) -> Score:
    """The tenant's score: the grade of the holder of the plot."""
    holder = found.get(row.tenant_of or "")
    if holder is None:
        return Score(firm=row.firm, excluded=f"the holder {row.tenant_of} is not among the firms")
    step = Step("tenant", holder.grade, f"a tenant takes the grade of the holder {holder.firm}")
    return Score(firm=row.firm, grade=holder.grade, steps=(step,))


def _units(scheme: Scheme, rows: Sequence[Row], inputs: Inputs) -> list[Unit]:
    if not scheme.shares_plots:
        return [_unit(scheme, (row,), row.figures, inputs) for row in rows]
    plots: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        alone = row.plot is None or row.excluded or row.outside
        plots[("firm", row.firm) if alone else ("plot", str(row.plot))].append(row)
    return [_of_plot(scheme, those, inputs) for those in plots.values()]


def _of_plot(scheme: Scheme, rows: Sequence[Row], inputs: Inputs) -> Unit:
    if len(rows) == 1:
        return _unit(scheme, tuple(rows), rows[0].figures, inputs)
    total = added_up([row.figures for row in rows], inputs)
    return _unit(scheme, tuple(rows), total, inputs)


def _unit(
    scheme: Scheme, rows: tuple[Row, ...], given: Mapping[str, Decimal], inputs: Inputs
) -> Unit:
    """The indicators, as given or from the inputs; excluded if one lacks that must not."""
    figures = given
    if lacking := [code for code in scheme.codes if code not in given]:
        raw = inputs.inputs_in(given)
        made = {code: inputs.indicator(code, raw) for code in lacking}
        figures = dict(given) | {code: value for code, value in made.items() if value is not None}
    unit = Unit(rows, figures, frozenset(name for row in rows for name in row.withheld))
    without = [
        each
        for each in scheme.indicators
        if each.missing is IfMissing.EXCLUDE and each.code not in figures
    ]
    unit.lacking = tuple(
        _missing(unit, each, "none: the scheme names no points for it") for each in without
    )
    outside = rows[0].outside
    unit.left_out = rows[0].excluded or (scheme.outside[outside] if outside else None)
    if without and not unit.left_out:
        unit.left_out = f"there is no figure of {', '.join(each.code for each in without)}"
    return unit


def _missing(unit: Unit, of: Indicator, how: str, points: Decimal | None = None) -> Missing:
    held = "held for statistics only" if of.code in unit.withheld else "no figure"
    return Missing(of.code, held, how, points)


def _score(scheme: Scheme, units: Sequence[Unit]) -> None:
    """Give each unit its parts and its total."""
    for place, each in enumerate(scheme.indicators):
        having = [unit for unit in units if each.code in unit.figures]
        least, most = _bounds(each, having, f"scheme.indicators.{place}")
        for unit in having:
            unit.parts[each.code] = _points(each, unit.figures[each.code], least, most)
        if len(having) < len(units):
            _fill(each, units, having)
    for unit in units:
        if scheme.bonus:
            unit.parts["bonus"] = sum((row.bonus for row in unit.rows), NOTHING)
            unit.parts["malus"] = -sum((row.malus for row in unit.rows), NOTHING)
        unit.total = rounded(sum(unit.parts.values(), NOTHING))
        unit.parts = {code: rounded(points) for code, points in unit.parts.items()}


def _bounds(of: Indicator, having: Sequence[Unit], where: str) -> tuple[Decimal, Decimal]:
    if of.formula.kind is not Kind.MIN_MAX or not having:
        return NOTHING, NOTHING
    figures = [unit.figures[of.code] for unit in having]
    least = min(figures) if of.least is None else of.least
    most = max(figures) if of.most is None else of.most
    if least >= most:
        raise refusal(
            "NO_SPREAD",
            f"All figures of {of.code} are equal, so that nobody lies between the lowest and the "
            f"highest; give min and max.",
            where,
        )
    return least, most


def _points(of: Indicator, x: Decimal, least: Decimal, most: Decimal) -> Decimal:
    """What a figure is worth, within cap and floor. Multiplied first: at the baseline a ratio is
    exactly its weight."""
    weight, baseline, formula = of.weight or NOTHING, of.baseline or NOTHING, of.formula
    match formula.kind:
        case Kind.RATIO:
            points = x * weight / baseline
        case Kind.MIN_MAX:
            part = formula.lowest + formula.spread * (x - least) / (most - least)
            points = weight * part / HUNDRED
        case Kind.INVERSE:
            points = max(NOTHING, 2 * weight - x * weight / baseline)
        case Kind.SHARE_OF_POINTS:
            points = x * weight
        case _:
            points = x
    points = points if of.cap is None else min(points, of.cap)
    return points if of.floor is None else max(points, of.floor)


def _fill(of: Indicator, units: Iterable[Unit], having: Sequence[Unit]) -> None:
    """Points for those without a figure, as the scheme says."""
    if of.missing is IfMissing.MEAN_SCORE:
        scores = [unit.parts[of.code] for unit in having]
        points = mean(scores) if scores else None
        how = f"the mean score of the {len(scores)} firms that have one"
    else:
        points, how = of.missing_points, "points of the scheme"
    for unit in units:
        if of.code in unit.figures:
            continue
        unit.missing.append(_missing(unit, of, how if points is not None else "none", points))
        if points is None:
            unit.excluded = unit.excluded or f"nobody of the group has a figure of {of.code}"
        else:
            unit.parts[of.code] = points


def _graded(scheme: Scheme, units: Sequence[Unit]) -> Iterable[Score]:
    """Ranks within the whole group, or within each industry if the scheme cuts so."""
    scopes: dict[str | None, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.excluded is None:
            scopes[_scope(scheme, unit)].append(unit)
        else:
            yield from _left_out(unit)
    for those in scopes.values():
        for unit, place in zip(those, places_of([unit.total for unit in those]), strict=True):
            yield from _of_unit(scheme, unit, place)


def _scope(scheme: Scheme, unit: Unit) -> str | None:
    return unit.rows[0].industry if scheme.cut_scope == "industry" else None


def _left_out(unit: Unit) -> Iterable[Score]:
    for row in unit.rows:
        yield Score(firm=row.firm, missing=tuple(unit.missing), excluded=unit.excluded)


def _of_unit(scheme: Scheme, unit: Unit, place: Place) -> Iterable[Score]:
    adjustments = [each for row in unit.rows for each in row.adjustments]
    steps = adjusted(scheme, grade_of(scheme, place, unit.total), adjustments)
    of_all = Score(
        firm=unit.rows[0].firm,
        parts=unit.parts,
        total=unit.total,
        rank=place.rank,
        of=place.of,
        percentile=rounded(place.rank * HUNDRED / place.of),
        grade=steps[-1].grade,
        steps=steps,
        missing=tuple(unit.missing),
        tie_decided=tied_over_a_cut(scheme, place, unit.total),
    )
    if len(unit.rows) == 1:
        yield of_all
        return
    firms = [row.firm for row in unit.rows]
    for firm in firms:
        others = tuple(each for each in firms if each != firm)
        yield replace(of_all, firm=firm, shared_with=others)
