"""The fact of indicators."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record

from .figures import FigureKind, FigureRole, IndicatorYear, standing_of


@record
class IndicatorRecorded:
    """`enterprises.indicator_recorded`: a figure of an indicator was entered; one of a `revision` above 1
    takes the place of `previous_value`."""

    indicator_year_id: str
    indicator: str
    basis: str
    period_start: date | None
    period_end: date
    role: FigureRole
    figure_kind: FigureKind
    value: Decimal
    unit: str
    revision: int
    previous_value: Decimal | None


EMITTED = (IndicatorRecorded,)


def recorded_of(year: IndicatorYear, unit: str) -> IndicatorRecorded:
    """Of a year to which a figure has just been added."""
    new = year.figures[-1]
    before = year.said(new.role, new.known_at, new.period_end)[:-1]
    standing = standing_of(before)
    return IndicatorRecorded(
        indicator_year_id=year.indicator_year_id,
        indicator=year.indicator,
        basis=year.basis,
        period_start=new.period_start,
        period_end=new.period_end,
        role=new.role,
        figure_kind=new.figure_kind,
        value=new.value,
        unit=unit,
        revision=len(before) + 1,
        previous_value=standing.value if standing else None,
    )
