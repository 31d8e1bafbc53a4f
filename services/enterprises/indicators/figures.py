"""The figures of an indicator, as they were said: each correction is one more, nothing is written over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record

YEARS_AHEAD = 10  # that are looked through for the next target


class FigureKind(StrEnum):
    """How much the figure says: 1,000 people, at least 1,000 (1000余人 and more), more than 1,000."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"


class FigureRole(StrEnum):
    """What was so, what is to be so, or the figure of the year before on the coverage of this period, with
    which this period is compared."""

    ACTUAL = "actual"
    TARGET = "target"
    COMPARABLE_BASE = "comparable_base"


@record
class IndicatorFigure:
    """One figure of a period. `as_given` has the number and the unit in which it came, `reason` why it is
    another one than before, or what a comparable base covers."""

    period_start: date | None
    period_end: date
    role: FigureRole
    figure_kind: FigureKind
    value: Decimal
    as_given: str
    source: str
    reason: str | None = None
    known_at: datetime
    report_id: str


@record
class IndicatorYear:
    """All that was said of an indicator, of one basis, about the periods that end in one year."""

    indicator_year_id: str
    indicator: str
    basis: str
    data_year: int
    figures: tuple[IndicatorFigure, ...] = ()

    @classmethod
    def unknown(cls, indicator: str, basis: str, data_year: int) -> IndicatorYear:
        key = f"{basis}.{indicator}.{data_year}"
        return cls(indicator_year_id=key, indicator=indicator, basis=basis, data_year=data_year)

    def with_figure(self, figure: IndicatorFigure) -> IndicatorYear:
        return replace(self, figures=(*self.figures, figure))

    def said(
        self, role: FigureRole, known_at: datetime, period_end: date | None = None
    ) -> tuple[IndicatorFigure, ...]:
        """What was known of a role, and of a period if one is named, in the order in which it was said."""
        return tuple(
            each
            for each in self.figures
            if each.role is role
            and each.known_at <= known_at
            and period_end in (None, each.period_end)
        )


@record
class StandingFigure:
    """The figure that stands, which revision it is, and all that were said of its period, the oldest
    first."""

    period_start: date | None
    period_end: date
    figure_kind: FigureKind
    value: Decimal
    as_given: str
    source: str
    reason: str | None
    revision: int
    known_at: datetime
    said: tuple[IndicatorFigure, ...]


def standing_of(said: Iterable[IndicatorFigure]) -> StandingFigure | None:
    """The figure that stands of one period, of which all these were said."""
    of_period = tuple(said)
    if not of_period:
        return None
    last = of_period[-1]
    return StandingFigure(
        period_start=last.period_start,
        period_end=last.period_end,
        figure_kind=last.figure_kind,
        value=last.value,
        as_given=last.as_given,
        source=last.source,
        reason=last.reason,
        revision=len(of_period),
        known_at=last.known_at,
        said=of_period,
    )


def figure_on(
    years: Iterable[IndicatorYear], on: date, known_at: datetime
) -> StandingFigure | None:
    """The figure of the newest period that was over on the day, as known at the moment, however long ago
    that is. `years` are all that was said of the indicator, of one basis."""
    for held in sorted(years, key=lambda each: each.data_year, reverse=True):
        said = held.said(FigureRole.ACTUAL, known_at)
        ends = [each.period_end for each in said if each.period_end <= on]
        if ends:
            return standing_of(held.said(FigureRole.ACTUAL, known_at, max(ends)))
    return None
