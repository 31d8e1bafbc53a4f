"""Which weeks and quarters a bulletin is for, and when it is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.bulletins.period import (
    PeriodKind,
    period_of,
    periods_due,
    quarter_of,
    week_of,
)

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("day", "period_id", "first", "last"),
    [
        ("2023-07-24", "2023-W30", "2023-07-24", "2023-07-30"),
        ("2023-07-30", "2023-W30", "2023-07-24", "2023-07-30"),
        ("2021-01-03", "2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-12-30", "2025-W01", "2024-12-30", "2025-01-05"),
    ],
)
def test_a_week_runs_from_monday_to_sunday_and_bears_the_year_of_its_thursday(
    day, period_id, first, last
):
    week = week_of(date.fromisoformat(day))
    assert (week.period_id, str(week.first), str(week.last)) == (period_id, first, last)


@pytest.mark.parametrize(
    ("day", "period_id", "first", "last"),
    [
        ("2023-01-01", "2023-Q1", "2023-01-01", "2023-03-31"),
        ("2024-06-30", "2024-Q2", "2024-04-01", "2024-06-30"),
        ("2023-09-30", "2023-Q3", "2023-07-01", "2023-09-30"),
        ("2023-12-31", "2023-Q4", "2023-10-01", "2023-12-31"),
    ],
)
def test_a_quarter_has_three_whole_months(day, period_id, first, last):
    quarter = quarter_of(date.fromisoformat(day))
    assert (quarter.period_id, str(quarter.first), str(quarter.last)) == (period_id, first, last)


@settings(deadline=None)
@given(DAYS, st.sampled_from(PeriodKind))
def test_every_day_lies_in_its_period_and_the_next_period_begins_on_the_next_day(day, kind):
    period = period_of(kind, day)
    after = period_of(kind, period.last + timedelta(days=1))
    assert day in period
    assert after.first == period.last + timedelta(days=1)
    assert period.first - timedelta(days=1) not in period


def ids(kind: PeriodKind, grace: int, last_issued: str | None, today: str) -> list[str]:
    last = date.fromisoformat(last_issued) if last_issued else None
    due = periods_due(kind, grace, last, date.fromisoformat(today))
    return [period.period_id for period in due]


@pytest.mark.parametrize(
    ("today", "due"),
    [("2023-07-24", "2023-W28"), ("2023-07-31", "2023-W29"), ("2023-08-01", "2023-W30")],
)
def test_a_week_is_due_when_its_days_of_grace_are_over(today, due):
    assert ids(PeriodKind.WEEK, 1, None, today) == [due]


@pytest.mark.parametrize(("today", "due"), [("2023-10-05", "2023-Q2"), ("2023-10-06", "2023-Q3")])
def test_a_quarter_is_due_when_its_days_of_grace_are_over(today, due):
    assert ids(PeriodKind.QUARTER, 5, None, today) == [due]


def test_weeks_in_which_nothing_ran_are_made_up_for_the_oldest_first():
    assert ids(PeriodKind.WEEK, 1, "2023-07-09", "2023-08-01") == [
        "2023-W28",
        "2023-W29",
        "2023-W30",
    ]
    assert ids(PeriodKind.WEEK, 1, "2023-07-30", "2023-08-01") == []
