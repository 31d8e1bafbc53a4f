"""The weeks and quarters that bulletins are issued for."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from backbone.records import record

DAY, WEEK = timedelta(days=1), timedelta(days=7)


class PeriodKind(StrEnum):
    WEEK = "week"  # of ISO 8601: Monday to Sunday
    QUARTER = "quarter"


@record
class Span:
    """Days, the first and the last included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@record
class Period(Span):
    """`period_id` reads 2023-W30 or 2023-Q3."""

    kind: PeriodKind
    period_id: str


def period_of(kind: PeriodKind, day: date) -> Period:
    """The week or quarter that the day lies in."""
    return week_of(day) if kind is PeriodKind.WEEK else quarter_of(day)


def week_of(day: date) -> Period:
    year, number, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    return Period(
        kind=PeriodKind.WEEK,
        period_id=f"{year}-W{number:02}",
        first=first,
        last=first + WEEK - DAY,
    )


def quarter_of(day: date) -> Period:
    number = (day.month + 2) // 3
    first = date(day.year, 3 * number - 2, 1)
    after = date(day.year + number // 4, 3 * number % 12 + 1, 1)
    return Period(
        kind=PeriodKind.QUARTER, period_id=f"{day.year}-Q{number}", first=first, last=after - DAY
    )


def periods_due(
    kind: PeriodKind, days_of_grace: int, last_issued: date | None, today: date
) -> list[Period]:
    """The periods to issue today, the oldest first: all after whose last day `days_of_grace` whole days
    have passed, and after `last_issued` (a day in the last one issued); without it, only the newest."""
    newest = period_of(kind, period_of(kind, today - timedelta(days=days_of_grace)).first - DAY)
    if last_issued is None:
        return [newest]
    found, period = [], newest
    while period.first > last_issued:
        found.append(period)
        period = period_of(kind, period.first - DAY)
    return found[::-1]
