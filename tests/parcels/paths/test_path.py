"""The path chart of a case: planned and actual days, who holds it, how long it has been there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backbone.errors import Answered
from services.parcels.paths.lengths import PATHS, PathStep
from services.parcels.words import DisposalWay

from .. import reports
from ..reports import turn

CHAIN = [
    reports.survey(),
    reports.identified(),  # on 1 February
    reports.planned(),  # until 31 July; it has no day but that of its event, 1 August
    reports.approved(),  # on 15 March
]
AGAIN = reports.completed(
    completed_on="2023-08-20", acceptance_number="2023-12", reopened_on="2023-08-02"
)


def path(parcels, *steps):
    for step in steps:
        parcels.report(*step)
    return parcels.read("case_path", case_id=reports.CASE)


def chart(path):
    """Step, planned day, actual day of each milestone."""
    return [(m["step"], m["planned_on"], m["done_on"]) for m in path["milestones"]]


def test_a_case_that_waits_for_its_identification_has_no_path(parcels):
    found = path(parcels, reports.identified())

    assert (found["step"], found["holder"], list(found["milestones"])) == (None, None, [])


def test_a_case_that_was_found_today_has_its_whole_path_ahead(parcels):
    found = path(parcels, reports.survey(), reports.identified(identified_on="2023-09-01"))

    assert chart(found) == [
        ("planning", "2023-10-01", None),  # 30 days
        ("approval", "2023-10-21", None),  # 20
        ("work", "2024-04-18", None),  # 180
        ("acceptance", "2024-05-08", None),  # 20
        ("follow_up", "2024-08-06", None),  # 90
    ]
    assert (found["step"], found["holder"], found["days_in_step"]) == ("planning", "township", 0)
    assert [m["started_on"] for m in found["milestones"]] == ["2023-09-01", None, None, None, None]


def test_work_should_end_on_the_day_that_the_plan_says(parcels):
    found = path(parcels, *CHAIN)

    assert (found["step"], found["due_on"], found["days_overdue"]) == ("work", "2023-07-31", 32)
    assert found["days_in_step"] == (date(2023, 9, 1) - date(2023, 3, 15)).days
    assert chart(found)[:3] == [
        ("planning", "2023-03-03", "2023-08-01"),
        ("approval", "2023-04-14", "2023-03-15"),
        ("work", "2023-07-31", None),
    ]


@pytest.mark.parametrize(
    ("way", "holder"),
    [("land_reserve", "government"), ("upgrade_in_place", "zone_committee")],
)
def test_who_approves_a_way_holds_the_case_until_then(parcels, way, holder):
    found = path(parcels, reports.survey(), reports.identified(), reports.planned(way))

    assert (found["step"], found["holder"]) == ("approval", holder)


def test_a_case_whose_acceptance_was_asked_for_is_with_the_task_force(parcels):
    found = path(parcels, *CHAIN, turn("acceptance_requested", "2023-08-22"))

    assert (found["step"], found["holder"], found["days_in_step"]) == (
        "acceptance",
        "task_force",
        10,
    )
    assert (found["due_on"], found["days_overdue"]) == ("2023-09-11", 0)


def test_work_that_was_returned_has_some_days_more(parcels):
    asked = turn("acceptance_requested", "2023-08-02")
    found = path(parcels, *CHAIN, asked, turn("returned", "2023-08-22"))

    assert (found["step"], found["due_on"]) == ("work", "2023-09-06")
    assert [m["step"] for m in found["milestones"]][2:5] == ["work", "acceptance", "work"]


def test_an_accepted_case_is_to_be_looked_at_again(parcels):
    found = path(parcels, *reports.whole_case())

    assert (found["step"], found["holder"], found["due_on"]) == (
        "follow_up",
        "patrol",
        "2023-10-26",
    )
    found = path(parcels, turn("followed_up", "2023-08-30"))
    assert (found["step"], found["due_on"]) == (None, None)
    assert chart(found)[-1] == ("follow_up", "2023-10-26", "2023-08-30")


def test_a_reopened_case_is_at_work_again_and_then_accepted_again(parcels):
    found = path(parcels, *reports.whole_case(), turn("reopened", "2023-08-02"))
    assert (found["step"], found["due_on"], found["stage"]) == ("work", "2023-09-01", "reopened")

    found = path(parcels, AGAIN)
    steps = ["planning", "approval", "work", "work", "follow_up"]
    assert [m["step"] for m in found["milestones"]] == steps


def test_the_days_of_a_suspension_do_not_count(parcels):
    rest = [turn("suspended", "2023-04-03"), turn("resumed", "2023-05-04")]  # 31 days
    found = path(parcels, *CHAIN, *rest)

    assert (found["due_on"], found["days_overdue"]) == ("2023-08-31", 1)
    assert found["days_in_step"] == (date(2023, 9, 1) - date(2023, 3, 15)).days - 31


def test_a_suspension_before_a_step_does_not_move_its_day(parcels):
    rest = [turn("suspended", "2023-02-10"), turn("resumed", "2023-02-20")]
    found = path(parcels, *CHAIN, *rest)

    assert chart(found)[0] == ("planning", "2023-03-13", "2023-08-01")
    assert found["due_on"] == "2023-07-31"


def test_while_a_case_is_suspended_nothing_is_overdue_and_no_day_counts(parcels):
    found = path(parcels, *CHAIN, turn("suspended", "2023-03-25"))

    assert (found["stage"], found["days_in_step"], found["days_overdue"]) == ("suspended", 10, 0)


def test_the_path_of_a_cancelled_case_ends(parcels):
    found = path(parcels, *CHAIN, turn("cancelled", "2023-07-14"))

    assert (found["step"], found["days_overdue"]) == (None, 0)
    assert [m["step"] for m in found["milestones"]] == ["planning", "approval", "work"]


def test_an_acceptance_ends_a_suspension(parcels):
    found = path(parcels, *CHAIN, turn("suspended", "2023-07-18"), reports.completed())

    assert chart(found)[2] == ("work", "2023-08-10", "2023-07-28")


def test_a_case_that_nobody_knows_has_no_path(parcels):
    with pytest.raises(Answered):
        parcels.read("case_path", case_id="330604006-C99")


@pytest.mark.parametrize("edition", PATHS.editions.values())
def test_each_edition_has_every_step_for_every_way_and_says_where_it_comes_from(edition):
    assert edition.steps.keys() == set(PathStep)
    assert edition.source
    assert edition.levels == dict(sorted(edition.levels.items(), key=lambda each: each[1]))
    for step in edition.steps.values():
        assert all(step.usual(way).days > 0 for way in [None, *DisposalWay])
    assert timedelta(days=edition.steps[PathStep.WORK].days_after_return or 0)
