"""Which days of a period count: real periods as they were published, by each way to count."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from backbone.errors import Refused
from park.time import PARK_TIME
from services.projects.findings import Outcome
from services.projects.periods.counting import PERIODS, Counting, judged, last_of, length

DAY = date.fromisoformat
LAW = PERIODS.on(date(2023, 8, 1))
PUBLISHED = [  # first and last day; days with both ends, without the first
    ("2025-04-01", "2025-04-10", 10, 9),
    ("2021-03-21", "2021-03-30", 10, 9),
    ("2010-07-13", "2010-07-22", 10, 9),
    ("2025-10-06", "2025-10-15", 10, 9),
    ("2021-03-01", "2021-03-20", 20, 19),
    ("2023-04-07", "2023-04-26", 20, 19),
    ("2025-06-25", "2025-07-09", 15, 14),
    ("2025-08-14", "2025-08-20", 7, 6),
    ("2022-06-29", "2022-07-04", 6, 5),
]


def judge(kind, first, last, **more):
    return judged(LAW[kind], DAY(first), DAY(last), code="X", field="last", **more)


@pytest.mark.parametrize(("first", "last", "both_ends", "first_not"), PUBLISHED)
def test_a_published_period_has_a_day_less_when_its_first_day_does_not_count(
    first, last, both_ends, first_not
):
    assert length(Counting.BOTH_ENDS, DAY(first), DAY(last)) == both_ends
    assert length(Counting.FIRST_DAY_NOT, DAY(first), DAY(last)) == first_not
    assert length(Counting.FROM_MIDNIGHT, DAY(first), DAY(last)) == both_ends


@pytest.mark.parametrize("counting", [c for c in Counting if not c.startswith("working")])
@pytest.mark.parametrize("days", [1, 10, 20])
def test_the_last_day_is_the_first_one_on_which_the_days_are_full(counting, days):
    first = date(2023, 8, 1)
    last = last_of(counting, first, days)
    assert length(counting, first, last) >= days
    assert length(counting, first, date.fromordinal(last.toordinal() - 1)) < days


@pytest.mark.parametrize(
    ("last", "from_midnight", "from_the_hour"),
    [
        ("2025-04-10T08:59:59", 9, 8),
        ("2025-04-10T09:00:00", 9, 9),
        ("2025-04-11T00:00:00", 10, 9),
        ("2025-04-11T09:00:00", 10, 10),
    ],
)
def test_from_the_hour_a_day_is_full_at_that_hour_and_from_midnight_at_midnight(
    last, from_midnight, from_the_hour
):
    opened = datetime(2025, 4, 1, 9, 0, tzinfo=PARK_TIME)
    ends = datetime.fromisoformat(last).replace(tzinfo=PARK_TIME)
    assert length(Counting.FROM_MIDNIGHT, opened, ends) == from_midnight
    assert length(Counting.FROM_THE_HOUR, opened, ends) == from_the_hour


@pytest.mark.parametrize(
    ("kind", "first", "last", "outcome", "safe"),
    [
        ("listing", "2025-04-01", "2025-04-11", Outcome.KEPT, "2025-04-11"),
        ("listing", "2025-04-01", "2025-04-10", Outcome.WARNED, "2025-04-11"),
        ("listing", "2025-04-01", "2025-04-09", Outcome.BROKEN, "2025-04-11"),
        ("notice", "2023-04-07", "2023-04-27", Outcome.KEPT, "2023-04-27"),
        ("notice", "2023-04-07", "2023-04-26", Outcome.WARNED, "2023-04-27"),
        ("notice", "2023-04-07", "2023-04-25", Outcome.BROKEN, "2023-04-27"),
        ("notice_before_listing", "2023-08-01", "2023-08-21", Outcome.KEPT, "2023-08-21"),
        ("notice_before_listing", "2023-08-01", "2023-08-20", Outcome.BROKEN, "2023-08-21"),
    ],
)
def test_between_the_two_readings_there_is_a_warning_and_below_both_a_no(
    kind, first, last, outcome, safe
):
    found = judge(kind, first, last)
    assert (found.outcome, found.computed) == (outcome, safe)
    assert "39号令" in found.source
    assert found.sentence.endswith(".")


@pytest.mark.parametrize(
    ("first", "last", "days", "outcome"),
    [
        ("2025-06-25", "2025-07-09", 15, Outcome.KEPT),
        ("2025-06-25", "2025-07-08", 15, Outcome.BROKEN),
        ("2025-08-14", "2025-08-20", 7, Outcome.KEPT),
        ("2025-08-14", "2025-08-20", None, Outcome.DOES_NOT_APPLY),
    ],
)
def test_a_publicity_of_a_stated_length_counts_both_ends(first, last, days, outcome):
    assert judge("publicity", first, last, days=days).outcome is outcome


def test_a_period_without_a_length_of_its_own_has_no_limit_before_one_is_stated():
    with pytest.raises(ValueError, match="give days"):
        LAW["publicity"].limit(date(2025, 6, 25))


WORKED = [  # first and last day; working days with both ends
    ("2025-04-01", "2025-04-10", 7),
    ("2023-04-07", "2023-04-26", 15),
    ("2025-06-25", "2025-07-09", 11),
    ("2023-08-28", "2023-09-11", 11),
    ("2025-08-14", "2025-08-20", 5),
    ("2023-05-25", "2023-06-01", 6),
    ("2024-09-06", "2024-09-13", 6),
]


@pytest.mark.parametrize(("first", "last", "days"), WORKED)
def test_working_days_are_those_of_the_calendar(first, last, days):
    both = Counting.WORKING_DAYS_BOTH_ENDS
    assert length(both, DAY(first), DAY(last)) == days
    assert length(Counting.WORKING_DAYS, DAY(first), DAY(last)) == days - 1  # each began on one
    assert last_of(both, DAY(first), days) <= DAY(last)


@pytest.mark.parametrize(
    ("last", "outcome"),
    [("2024-10-18", Outcome.KEPT), ("2024-10-19", Outcome.BROKEN), ("2024-10-21", Outcome.BROKEN)],
)
def test_ten_working_days_over_national_day_end_on_the_18th(last, outcome):
    found = judge("result_publicity", "2024-09-30", last)
    assert (found.outcome, found.computed) == (outcome, "2024-10-18")


def test_a_year_without_a_calendar_is_not_guessed():
    with pytest.raises(Refused, match="CALENDAR_MISSING"):
        judge("contract", "2026-12-28", "2027-01-11")
