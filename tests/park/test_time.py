"""A day is a day in the park."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from park.time import day_of, end_of, last_of_term, months_later


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2023, 8, 1, 15, 59, tzinfo=UTC), date(2023, 8, 1)),
        (datetime(2023, 8, 1, 16, 0, tzinfo=UTC), date(2023, 8, 2)),
        (datetime(2023, 8, 2, 0, 30, tzinfo=timezone(timedelta(hours=8))), date(2023, 8, 2)),
    ],
)
def test_a_moment_lies_on_the_day_that_it_is_in_the_park(moment, day):
    assert day_of(moment) == day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2023, 7, 20), 12, date(2024, 7, 20)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2022, 8, 31), 6, date(2023, 2, 28)),
        (date(2023, 11, 30), 1, date(2023, 12, 30)),
        (date(2023, 12, 31), 1, date(2024, 1, 31)),
        (date(2023, 10, 31), 2, date(2023, 12, 31)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(day, months, later):
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2020, 11, 17), 36, date(2023, 11, 16)),
        (date(2024, 2, 29), 36, date(2027, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2021, 3, 1), 36, date(2024, 2, 29)),
        (date(2023, 8, 31), 1, date(2023, 9, 30)),
        (date(2023, 1, 1), 600, date(2072, 12, 31)),
    ],
)
def test_a_term_ends_before_the_day_on_which_the_next_one_would_begin(first, months, last):
    assert last_of_term(first, months) == last


@pytest.mark.parametrize("day", [date(2023, 7, 31), date(1990, 9, 16), date.max])
def test_the_end_of_a_day_is_its_last_moment_in_the_park_also_of_the_last_day_there_is(day):
    assert end_of(day).isoformat()[:26] == f"{day}T23:59:59.999999"
    assert day_of(end_of(day)) == day
