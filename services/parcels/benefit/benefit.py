"""What a remediation was worth: the figures of a case's plot before and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import partial
from typing import TypeAlias

from backbone.errors import Reason
from backbone.records import record
from park.units import tidy

from ..remediation.case import Case
from ..remediation.reports import Completed, Identified
from ..screening.figures import FirmYear, PlotFigure, on_the_plot, plot_figure
from ..screening.plot import Plot
from .land import Find, Land, land_of

# of a parcel, the year before and that of the completion: the land, the figures of its firms, and the
# newest year after it of which there are any
FiguresOf: TypeAlias = Callable[[str, int, int], tuple[Land, Sequence[FirmYear], int | None]]
HUNDREDTH = Decimal("0.01")
FIGURES = {
    "floor_area_m2": "floor area",
    "gross_output_cny": "output",
    "tax_paid_cny": "tax",
    "energy_tce": "energy",
}


class RatioKind(StrEnum):
    """`at_least`: the figure after it is known to be no less; `at_most`: that before it is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


ROUNDED = {
    RatioKind.EXACT: ROUND_HALF_UP,
    RatioKind.AT_LEAST: ROUND_FLOOR,
    RatioKind.AT_MOST: ROUND_CEILING,
}


@record
class Change:
    """A figure before and after, in its unit; with `…_at_least` it is known only that it is no less.
    `ratio` is after ÷ before, and `reads` what people say: `output at least × 3`. Without a ratio,
    `reason` says why."""

    figure: str
    before: Decimal | None = None
    after: Decimal | None = None
    before_at_least: bool = False
    after_at_least: bool = False
    ratio: Decimal | None = None
    kind: RatioKind | None = None
    reads: str | None = None
    reason: Reason | None = None


@record
class Benefit:
    """What a case was worth. Without changes, `reason` says what is missing for all of them. The figures
    are those of `parcel_ids`: the parcel of the case, and what splits and merges made of it between the
    two years. `note` says where that is more land than the case had."""

    case_id: str
    parcel_id: str
    parcel_ids: tuple[str, ...] = ()
    note: Reason | None = None
    year_before: int | None = None
    year_after: int | None = None
    changes: tuple[Change, ...] = ()
    reason: Reason | None = None


@record
class Sum:
    """A figure over the cases that have it both before and after."""

    change: Change
    case_ids: tuple[str, ...]


def benefit_of(case: Case, figures: FiguresOf) -> Benefit:
    """The case's land in the year before its identification, and in the newest year with figures after
    the one in which it was completed."""
    say = partial(Benefit, case_id=case.case_id, parcel_id=case.parcel_id)
    identified, completed = case.in_force(Identified), case.in_force(Completed)
    if identified is None or completed is None:
        missing = Reason("CASE_NOT_COMPLETED", "The case has no completion in force.")
        return say(reason=missing)
    before, done = identified.said.on.year - 1, completed.said.on.year
    land, firms, after = figures(case.parcel_id, before, done)
    say = partial(say, year_before=before, parcel_ids=land.parcel_ids)
    if after is None:
        none = f"No figures are there of a year after {done}, that of the completion."
        return say(reason=Reason("NO_YEAR_AFTER", none))
    changes = tuple(change_between(firms, before, after, name) for name in FIGURES)
    return say(year_after=after, changes=changes, note=wider_than_the_case(land))


def wider_than_the_case(land: Land) -> Reason | None:
    """A ratio needs the same land in both years, whatever it was called."""
    if not land.wider:
        return None
    ids = ", ".join(land.parcel_ids)
    return Reason(
        "WIDER_THAN_THE_CASE",
        f"By a split or a merge the figures before and after can be compared only for all of {ids}.",
        field="parcel_ids",
    )


def newest_after(year: int, firms: Iterable[FirmYear]) -> int | None:
    """The newest year after that one of which a firm has figures there."""
    reported = {firm.data_year for firm in firms if firm.share != 0}
    return max((each for each in reported if each > year), default=None)


def change_between(firms: Sequence[FirmYear], before: int, after: int, name: str) -> Change:
    """A figure of the land in both years."""
    first, last = (on_the_plot(firms, year) for year in (before, after))
    return change_of(name, plot_figure(first, name), plot_figure(last, name))


def change_of(name: str, before: PlotFigure, after: PlotFigure) -> Change:
    """A figure before and after. One that is missing is said, and never guessed."""
    say = partial(
        Change,
        figure=name,
        before=before.value,
        after=after.value,
        before_at_least=before.at_least,
        after_at_least=after.at_least,
    )
    if before.value is None or after.value is None:
        return say(reason=before.reason or after.reason)
    kind = _kind(before, after)
    if kind is None:
        both = "Before and after it is known only that the figure is no less: that is no ratio."
        return say(reason=Reason("BOTH_AT_LEAST", both))
    if before.value <= 0:
        zero = "The figure before is not above 0; there is no ratio to it."
        return say(reason=Reason("NOTHING_BEFORE", zero))
    ratio = after.value / before.value
    return say(ratio=tidy(ratio), kind=kind, reads=reading(name, ratio, kind))


def reading(name: str, ratio: Decimal, kind: RatioKind) -> str:
    """As people say it: `floor area × 2`, `output at least × 3`. A bound is not rounded beyond itself."""
    shown = tidy(ratio.quantize(HUNDREDTH, ROUNDED[kind]))
    words = "" if kind is RatioKind.EXACT else f"{kind.replace('_', ' ')} "
    return f"{FIGURES[name]} {words}× {shown:f}"


def summed(name: str, benefits: Iterable[Benefit]) -> Sum | None:
    """A figure over several cases: the ratio of the sums, never the mean of the ratios. A case that lacks
    it before or after is left out of both sums; none if no case is left. Cases of one land and the same
    years bring its figures once."""
    with_it = with_both(name, benefits)
    if not with_it:
        return None
    changes = [change for _, change in of_each_land(with_it)]
    before = _sum((each.before for each in changes), any(each.before_at_least for each in changes))
    after = _sum((each.after for each in changes), any(each.after_at_least for each in changes))
    return Sum(
        change=change_of(name, before, after), case_ids=tuple(each.case_id for each, _ in with_it)
    )


def with_both(name: str, benefits: Iterable[Benefit]) -> list[tuple[Benefit, Change]]:
    """The cases that have the figure before and after, each with it."""
    return [
        (benefit, change)
        for benefit in benefits
        for change in benefit.changes
        if change.figure == name and change.before is not None and change.after is not None
    ]


def of_each_land(
    pairs: Iterable[tuple[Benefit, Change]],
) -> list[tuple[Benefit, Change]]:
    """Of cases of one land and the same years the last."""
    return [*{_measured(benefit): (benefit, change) for benefit, change in pairs}.values()]


def figures_of_land(
    parcel_id: str,
    before: int,
    done: int,
    until: int,
    plot_of: Callable[[str], Plot | None],
    find: Find,
) -> tuple[Land, tuple[FirmYear, ...], int | None]:
    """The land of a parcel from the year before a case to the newest year after it, up to `until`, of
    which figures are there, and what was reported of its firms."""
    while True:
        land = land_of(parcel_id, before, until, find)
        plots = [plot_of(each) for each in land.parcel_ids]
        firms = tuple(firm for plot in plots if plot for firm in plot.figures)
        after = newest_after(done, [each for each in firms if each.data_year <= until])
        if after is None or after == until:
            return land, firms, after
        until = after  # what became of the land since then is another matter


def _measured(benefit: Benefit) -> tuple[tuple[str, ...], int | None, int | None]:
    return benefit.parcel_ids, benefit.year_before, benefit.year_after


def _sum(values: Iterable[Decimal | None], at_least: bool) -> PlotFigure:
    return PlotFigure(value=tidy(sum(filter(None, values), Decimal(0))), at_least=at_least)


def _kind(before: PlotFigure, after: PlotFigure) -> RatioKind | None:
    """What is known of the ratio; none if nothing is."""
    if before.at_least and after.at_least:
        return None
    if before.at_least:
        return RatioKind.AT_MOST
    return RatioKind.AT_LEAST if after.at_least else RatioKind.EXACT
