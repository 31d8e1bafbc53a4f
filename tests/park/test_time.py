"""A day is a day in the park."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from park.time import day_of


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
