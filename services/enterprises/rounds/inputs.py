"""The figures of a round: what each firm brings, and the indicators that are made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from backbone.errors import Reason
from park.units import tidy

from ..evaluation.inputs import Inputs
from ..figures.firm_figures import JUDGES, FirmFigures, SourceClass
from .entry import AREA, Figure, FigureSource, PlotArea, RoundFirm, merged
from .law import Procedure

STATISTICS_LAW = "统计法 (2024) art. 28"


def offered(
    held: FirmFigures | None,
    plots: Sequence[PlotArea],
    given: Iterable[Figure],
    data_year: int,
) -> list[Figure]:
    """Every input of a firm's year, one of each source: what was reported, the area of its plots, and what
    the desk gave for this round."""
    return [*_reported(held, data_year), *_area(plots), *given]


def used(figures: Iterable[Figure], procedure: Procedure) -> tuple[Figure, ...]:
    """Of the figures of one name that of the first source."""
    order = procedure.sources
    found = [each for each in figures if each.figure_source in order]
    return merged((), sorted(found, key=lambda each: -order.index(each.figure_source)))


def set_aside(
    own: Iterable[Figure], figures: Iterable[Figure], procedure: Procedure
) -> list[tuple[Figure, Figure, Reason]]:
    """Each figure of another source that differs from the one that is used, and why it is not used."""
    by_name = {each.name: each for each in own}
    return [
        (mine, each, _why_not(mine, each, procedure))
        for each in figures
        if (mine := by_name.get(each.name))
        and each.figure_source is not mine.figure_source
        and each.value != mine.value
    ]


def lacking(
    held: FirmFigures | None, figures: Iterable[Figure], wanted: Iterable[str], data_year: int
) -> tuple[Reason, ...]:
    """Why each of the wanted inputs is not there."""
    have = {each.name for each in figures}
    return tuple(
        _why(name, name in _statistics(held, data_year))
        for name in sorted(wanted)
        if name not in have
    )


def changed(frozen: Iterable[Figure], now: Iterable[Figure]) -> dict[str, tuple[Figure, Figure]]:
    """Frozen figures that would be others if they were frozen now."""
    current = {each.name: each for each in now}
    return {
        each.name: (each, current[each.name])
        for each in frozen
        if each.name in current and current[each.name].value != each.value
    }


def known_names(inputs: Inputs, codes: Iterable[str]) -> frozenset[str]:
    """What a figure of a round may be called: an input by the name in which firms report it, or an
    indicator of the scheme."""
    reported = {form["is"] for form in inputs.also.values()}
    return (inputs.names - reported) | set(codes)


def wanted(inputs: Inputs, codes: Iterable[str]) -> frozenset[str]:
    """The inputs of which the indicators of a scheme are made, by the names in which firms report them."""
    reported = {form["is"]: name for name, form in inputs.also.items()}
    ratios = [ratio for code in codes if (ratio := inputs.indicators.get(code))]
    return frozenset(reported.get(n, n) for each in ratios for n in (each.above, each.below))


def added_up(
    firms: Sequence[RoundFirm], inputs: Inputs, codes: Iterable[str]
) -> dict[str, Decimal]:
    """The figures of firms that share a result: their frozen inputs added up, the land of a plot counted
    once. One that a firm lacks is missing for all: a part would be taken for the whole. An indicator that
    the desk gave for a firm alone stands in place of a made one."""
    sums = _sums(firms)
    used = known_names(inputs, codes if len(firms) == 1 else ())
    return {name: value for name, value in sums.items() if name in used}


def values(
    figures: Mapping[str, Decimal], inputs: Inputs, codes: Iterable[str]
) -> dict[str, Decimal]:
    """The indicators of these figures, as far as there are any."""
    raw = inputs.inputs_in(figures)
    made = {code: figures.get(code, inputs.indicator(code, raw)) for code in codes}
    return {code: value for code, value in made.items() if value is not None}


def _sums(firms: Sequence[RoundFirm]) -> dict[str, Decimal]:
    each_has = [{figure.name: figure.value for figure in firm.frozen} for firm in firms]
    common = set.intersection(*(set(has) for has in each_has))
    sums = {name: sum((has[name] for has in each_has), Decimal(0)) for name in common}
    if AREA in sums:
        sums[AREA] = _land(firms)
    return sums


def _land(firms: Sequence[RoundFirm]) -> Decimal:
    """The land of firms that share a result: each plot once, and what the desk gave in its place."""
    areas = [(firm, firm.area) for firm in firms]
    plots = [
        plot
        for firm, area in areas
        if area and area.figure_source is FigureSource.REGISTER
        for plot in firm.plots
    ]
    parts: dict[str, Decimal] = {}
    for plot in plots:  # of one plot no more than all of it
        parts[plot.parcel_id] = min(parts.get(plot.parcel_id, Decimal(0)) + plot.part, Decimal(1))
    whole = {plot.parcel_id: plot.area_m2 or Decimal(0) for plot in plots}
    shared = [area * parts[parcel_id] for parcel_id, area in whole.items()]
    own = [area.value for _, area in areas if area and area.figure_source is FigureSource.DESK]
    return sum([*shared, *own], Decimal(0))


def _reported(held: FirmFigures | None, data_year: int) -> list[Figure]:
    """What was reported of the year by each class that may judge; the later report of a class stands."""
    reports = [each for each in held.reports if each.data_year == data_year] if held else []
    found = {
        (report.source_class, name): Figure(
            name=name.value,
            value=value,
            figure_source=FigureSource(report.source_class.value),
            at_least=name in report.figures.at_least,
        )
        for report in reports
        if report.source_class in JUDGES
        for name, value in report.figures.given.items()
    }
    return list(found.values())


def _why_not(used: Figure, other: Figure, procedure: Procedure) -> Reason:
    order, source = procedure.sources, procedure.sources_source
    mine, theirs = used.figure_source.value, other.figure_source.value
    told = f"The figure of {mine} is used: sources go in the order {', '.join(order)}."
    if other.figure_source in order and order.index(other.figure_source) < order.index(
        used.figure_source
    ):
        return Reason(
            "FROZEN_BEFORE",
            f"The figure of {mine} was frozen before; one of {theirs} goes before it, and a new version of "
            "the round uses that.",
            field=used.name,
            source=source,
        )
    return Reason("SOURCE_GOES_FIRST", told, field=used.name, source=source)


def _area(plots: Sequence[PlotArea]) -> list[Figure]:
    areas = [plot.area_m2 * plot.part for plot in plots if plot.area_m2 is not None]
    if not areas or len(areas) < len(plots):
        return []
    total = tidy(sum(areas, Decimal(0)))
    return [Figure(name=AREA, value=total, figure_source=FigureSource.REGISTER)]


def _statistics(held: FirmFigures | None, data_year: int) -> set[str]:
    reports = held.reports if held else ()
    return {
        name.value
        for each in reports
        if each.data_year == data_year and each.source_class is SourceClass.STATISTICS
        for name in each.figures.given
    }


def _why(name: str, statistics: bool) -> Reason:
    if statistics:
        return Reason(
            "STATISTICS_ONLY",
            f"{name} is held for statistics only; no single firm is judged by it. Ask for a figure of "
            "the tax office or of the firm.",
            field=name,
            source=STATISTICS_LAW,
        )
    if name == AREA:
        return Reason(
            "LAND_AREA_MISSING",
            "The land area is not known: a plot was not surveyed, or the firm holds none; give "
            "land_m2 for this round.",
            field=name,
        )
    return Reason("FIGURE_MISSING", f"No {name} was reported or given for the year.", field=name)
