"""What became of the deadlines of cases and of registered soil: met, late or missed."""

from __future__ import annotations

import pytest

from .. import reports
from ..reports import turn
from ..soil import reports as soil
from ..soil.test_soil import play
from .test_due import PLANNED, on, report


def became(parcels, **asked):
    period = {"from_on": "2023-01-01", "to_on": "2026-12-31"}
    return parcels.read("due_outcomes", **period | asked)


def brief(page):
    names = ("what", "run_no", "due_on", "outcome", "met_on", "days_late")
    return [tuple(each[name] for name in names) for each in page["outcomes"]]


def work(page):
    return [each for each in brief(page) if each[0] == "work"]


@pytest.mark.parametrize(
    ("requested_on", "found"),
    [
        ("2023-08-30", ("met", "2023-08-30", 0)),
        ("2023-08-31", ("met", "2023-08-31", 0)),
        ("2023-09-01", ("late", "2023-09-01", 1)),
        (None, ("missed", None, 20)),
    ],
)
def test_work_was_done_by_the_day_of_its_plan_or_late_or_never(parcels, requested_on, found):
    on(parcels, "2023-08-20")
    report(parcels, *PLANNED)
    on(parcels, "2023-09-20")
    if requested_on:
        report(parcels, turn("acceptance_requested", requested_on))

    [told] = [each for each in became(parcels)["outcomes"] if each["what"] == "work"]

    assert work(became(parcels)) == [("work", 1, "2023-08-31", *found)]
    assert (told["rule"], told["counting"]) == ("paths: work", "named")
    assert (told["holder"], told["about_id"]) == ("township", reports.PARCEL)


def test_a_deadline_that_is_still_to_come_is_on_no_list_of_what_became_of_them(parcels):
    on(parcels, "2023-08-31")
    report(parcels, *PLANNED)

    assert work(became(parcels)) == []
    on(parcels, "2023-09-01")
    assert work(became(parcels)) == [("work", 1, "2023-08-31", "missed", None, 1)]


def test_how_a_case_stood_on_its_day_stays_when_it_was_done_late(parcels):
    on(parcels, "2023-08-20")
    report(parcels, *PLANNED)
    on(parcels, "2023-09-20")
    report(parcels, turn("acceptance_requested", "2023-09-19"))

    stood = {each["what"]: each["state_at_deadline"] for each in became(parcels)["outcomes"]}

    assert stood["work"] == "plan_approved"
    assert stood["planning"] is None  # nothing of the case was on record on that day


def test_work_that_was_returned_is_another_run_with_a_day_of_its_own(parcels):
    on(parcels, "2023-09-20")
    back = turn("acceptance_requested", "2023-08-20"), turn("returned", "2023-08-25")
    report(parcels, *PLANNED, *back)

    assert work(became(parcels)) == [
        ("work", 1, "2023-08-31", "met", "2023-08-20", 0),
        ("work", 2, "2023-09-09", "missed", None, 11),
    ]


def test_each_run_of_a_step_says_how_many_days_its_rule_gives(parcels):
    on(parcels, "2023-09-20")
    back = turn("acceptance_requested", "2023-08-20"), turn("returned", "2023-08-25")
    report(parcels, *PLANNED, *back)

    page = became(parcels)["outcomes"]

    assert {(each["what"], each["run_no"]): each["length"] for each in page} == {
        ("planning", 1): 30, ("approval", 1): 30, ("work", 1): None,
        ("acceptance", 1): 20, ("work", 2): 15,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (turn("suspended", "2023-08-10"), []),
        (turn("cancelled", "2023-08-31"), []),
        (turn("cancelled", "2023-09-01"), [("work", 1, "2023-08-31", "missed", None, 20)]),
    ],
)
def test_of_a_case_that_rests_or_was_cancelled_before_its_day_nothing_was_missed(
    parcels, step, found
):
    on(parcels, "2023-09-20")
    report(parcels, *PLANNED, step)

    assert work(became(parcels)) == found


def test_a_report_of_a_risk_control_answers_for_the_periods_before_it_too(parcels):
    report(parcels, reports.survey())
    play(parcels, *soil.detailed(), soil.risk(), soil.notice(), soil.control())
    on(parcels, "2024-08-01")
    play(parcels, soil.control("reported", "2024-07-30"))
    on(parcels, "2025-09-01")

    found = [each for each in brief(became(parcels)) if each[0] == "periodic_report"]

    assert found == [
        ("periodic_report", 1, "2024-07-20", "late", "2024-07-30", 10),
        ("periodic_report", 2, "2025-07-20", "met", "2024-07-30", 0),
    ]


@pytest.mark.parametrize(
    ("assessed_on", "found"),
    [
        ("2025-07-20", [("2024-07-20", "met")]),  # nothing is due any more on the day of the end
        ("2025-07-21", [("2024-07-20", "met"), ("2025-07-20", "missed")]),
    ],
)
def test_reports_of_a_risk_control_that_is_over_are_told_up_to_its_end(parcels, assessed_on, found):
    report(parcels, reports.survey())
    play(parcels, *soil.detailed(), soil.risk(), soil.notice(), soil.control())
    on(parcels, "2024-08-01")
    play(parcels, soil.control("reported", "2024-07-10"))
    on(parcels, "2026-09-01")
    play(parcels, soil.effect(on=assessed_on))

    page = [each for each in became(parcels)["outcomes"] if each["what"] == "periodic_report"]

    assert [(each["due_on"], each["outcome"]) for each in page] == found


def test_what_only_ends_is_named_as_not_covered(parcels):
    named = {each["what"] for each in became(parcels)["not_covered"]}

    assert named == {"lease_end", "idle_1y, idle_2y, idle_stopped"}
