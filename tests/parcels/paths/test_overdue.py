"""A case that is late is told of by itself: once as a reminder, and once more under supervision."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parcels.paths import entrypoints

from .. import reports
from ..conftest import Parcels
from ..reports import event, turn

DUE_31_AUGUST = [
    reports.survey(),
    reports.identified(),
    reports.planned(planned_end_on="2023-08-31"),
    reports.approved(),
]
TIMER = "remind_of_late_cases"


def morning(parcels, day):
    """It is this day in the park, and the clock has asked."""
    at = datetime.fromisoformat(f"{day}T00:00:00+00:00")  # eight o'clock in the park
    parcels.clock = lambda: at
    parcels.tick(TIMER)
    return [(fact["level"], fact["days_overdue"]) for fact in told(parcels)]


def told(parcels):
    return parcels.facts_named("remediation_overdue")


def play(parcels, *steps):
    for step in steps:
        parcels.report(*step)


def test_a_late_case_is_told_of_once_at_each_level(parcels):
    play(parcels, *DUE_31_AUGUST)

    assert morning(parcels, "2023-08-31") == []
    assert morning(parcels, "2023-09-01") == [("reminder", 1)]
    assert morning(parcels, "2023-09-14") == [("reminder", 1)]
    assert morning(parcels, "2023-09-15") == [("reminder", 1), ("supervised", 15)]
    assert morning(parcels, "2024-09-15") == [("reminder", 1), ("supervised", 15)]
    assert told(parcels)[0] == {
        "case_id": reports.CASE,
        "parcel_id": reports.PARCEL,
        "township": reports.XIAOYUE,
        "step": "work",
        "holder": "township",
        "level": "reminder",
        "due_on": "2023-08-31",
        "days_overdue": 1,
    }


def test_a_day_in_the_park_begins_before_that_in_utc(parcels):
    play(parcels, *DUE_31_AUGUST)
    parcels.clock = lambda: datetime(2023, 8, 31, 16, 0, tzinfo=UTC)  # midnight in the park

    parcels.tick(TIMER)

    assert [fact["days_overdue"] for fact in told(parcels)] == [1]


def test_the_clock_may_ask_as_often_as_it_likes(parcels):
    play(parcels, *DUE_31_AUGUST)
    morning(parcels, "2023-09-01")

    parcels.forget()  # as if the mark of the tick were gone

    assert morning(parcels, "2023-09-01") == [("reminder", 1)]


def test_what_is_very_late_is_told_at_the_higher_level_alone(parcels):
    play(parcels, *DUE_31_AUGUST)

    assert morning(parcels, "2023-12-01") == [("supervised", 92)]
    assert morning(parcels, "2023-12-02") == [("supervised", 92)]


@pytest.mark.parametrize(
    "step",
    [
        turn("suspended", "2023-08-10"),
        turn("cancelled", "2023-08-10"),
        reports.completed(completed_on="2023-08-10"),
    ],
)
def test_a_case_that_rests_or_is_closed_is_silent(parcels, step):
    play(parcels, *DUE_31_AUGUST, step)

    assert morning(parcels, "2024-08-01") == []
    assert parcels.read("list_deadlines", filter={"is_watched": True})["items"] == []


def test_after_a_suspension_the_case_has_as_many_days_more(parcels):
    play(parcels, *DUE_31_AUGUST, turn("suspended", "2023-08-10"), turn("resumed", "2023-08-20"))

    assert morning(parcels, "2023-09-10") == []
    assert morning(parcels, "2023-09-11") == [("reminder", 1)]


def test_a_plan_with_a_later_end_begins_the_count_anew(parcels):
    play(parcels, *DUE_31_AUGUST)
    morning(parcels, "2023-09-01")

    play(parcels, reports.planned(planned_end_on="2023-12-31"))

    assert len(morning(parcels, "2023-12-31")) == 1
    assert morning(parcels, "2024-01-01")[1:] == [("reminder", 1)]


def test_each_step_is_late_for_itself(parcels):
    play(parcels, *DUE_31_AUGUST)
    morning(parcels, "2023-09-01")
    play(parcels, turn("acceptance_requested", "2023-09-01"))

    morning(parcels, "2023-09-22")

    assert [(fact["step"], fact["holder"]) for fact in told(parcels)] == [
        ("work", "township"),
        ("acceptance", "task_force"),
    ]


def test_late_cases_are_listed_by_who_holds_them_and_since_when(parcels):
    play(parcels, *DUE_31_AUGUST)
    other = {"case_id": f"{reports.XIAOYUE}-C18"}
    play(parcels, reports.identified(**other), reports.planned(**other))

    listed = parcels.read("list_deadlines", filter={"township": reports.XIAOYUE}, order="due_on")
    assert [each["case_id"][-3:] for each in listed["items"]] == ["C17", "C18"]
    held = parcels.read("list_deadlines", filter={"holder": "government"})["items"]
    assert [each["step"] for each in held] == ["approval"]


def test_of_many_late_cases_the_rest_is_told_of_by_the_next_tick(parcels, monkeypatch):
    monkeypatch.setattr(entrypoints, "TOLD_AT_ONCE", 2)
    play(parcels, reports.survey())
    play(parcels, *(reports.identified(case_id=f"{reports.XIAOYUE}-C{n}") for n in range(3)))

    assert len(morning(parcels, "2023-09-01")) == 2
    assert len(morning(parcels, "2023-09-02")) == 3


STORY = [*DUE_31_AUGUST, turn("suspended", "2023-08-10"), turn("resumed", "2023-08-20")]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(len(STORY))), st.lists(st.integers(0, 40), max_size=5))
def test_the_deadline_is_the_same_in_any_order_of_the_reports(order, days):
    parcels = Parcels()
    for number in order:
        parcels.handle(event(*STORY[number], number))

    deadline = parcels.read("get_deadline", case_id=reports.CASE)
    assert (deadline["due_on"], deadline["tell_on"]) == ("2023-09-10", "2023-09-11")
    for day in sorted(days):
        morning(parcels, date(2023, 9, 1) + timedelta(days=day))
    levels = [fact["level"] for fact in told(parcels)]
    assert len(levels) == len(set(levels))
