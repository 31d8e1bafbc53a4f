"""A project for which nothing is planned is told of, once."""

from __future__ import annotations

import pytest

from backbone.errors import NotFound
from tests.projects.supply.test_applying import refusal

TIMER = "remind_of_next_steps"
NAMES = ("next_step_missing", "next_step_missing_lifted")


def told(desk, *days):
    """What is told in the night of each of the days."""
    for day in days:
        desk.tick_on(day, TIMER)
    return [name for name in desk.fact_names if name in NAMES]


@pytest.fixture
def open_project(desk):
    desk.on("2024-03-01").project(opened_on="2024-03-01")
    return desk


@pytest.mark.parametrize(("day", "is_told"), [("2024-03-14", False), ("2024-03-15", True)])
def test_after_fourteen_days_without_a_next_step(open_project, day, is_told):
    assert told(open_project, day) == ["next_step_missing"] * is_told


def test_it_is_told_once_and_names_its_stage_and_team(open_project):
    open_project.entrust("team 2", "2024-03-01")
    assert told(open_project, "2024-03-15", "2024-03-16", "2024-05-01") == ["next_step_missing"]
    [fact] = open_project.facts_named("next_step_missing")
    assert (fact["team"], fact["stage"], fact["idle_since"]) == ("team 2", "lead", "2024-03-01")
    assert open_project.read("list_projects", filter={"missing_told": True})["items"]


@pytest.mark.parametrize(
    ("planned_on", "day", "is_told"),
    [
        ("2024-03-01", "2024-03-14", False),
        ("2024-03-01", "2024-03-15", True),
        ("2024-04-01", "2024-04-14", False),
        ("2024-04-01", "2024-04-15", True),
    ],
)
def test_a_next_step_holds_until_its_day(open_project, planned_on, day, is_told):
    open_project.plan(planned_on)
    assert told(open_project, day) == ["next_step_missing"] * is_told


def test_the_alert_is_taken_back_when_a_step_is_set_and_may_come_again(open_project):
    assert told(open_project, "2024-03-15") == ["next_step_missing"]
    open_project.plan("2024-03-20")
    assert told(open_project, "2024-04-02") == [*NAMES]
    assert told(open_project, "2024-04-03") == [*NAMES, "next_step_missing"]
    [lifted] = open_project.facts_named("next_step_missing_lifted")
    assert (lifted["missing_no"], lifted["next_step_on"]) == (1, "2024-03-20")
    numbers = [each["missing_no"] for each in open_project.facts_named("next_step_missing")]
    assert numbers == [1, 2]


def test_a_stage_or_a_visit_alone_plans_nothing(open_project):
    told(open_project, "2024-03-15")
    open_project.enter("negotiating", "2024-03-10")
    assert told(open_project) == ["next_step_missing"]


def test_a_project_that_ended_needs_no_step(open_project):
    open_project.lose("2024-03-01")
    assert told(open_project, "2024-05-01") == []


def test_the_alert_is_taken_back_when_the_project_ends(open_project):
    told(open_project, "2024-03-15")
    open_project.lose("2024-03-15")
    assert told(open_project, "2024-05-01") == [*NAMES]


def test_a_lead_without_a_step_is_told_of_too(desk):
    desk.on("2024-03-01").call("register_lead", lead_id="p", name="cells", source="fund_led")
    desk.hear_itself()
    assert told(desk, "2024-03-14") == []
    assert told(desk, "2024-03-15") == ["next_step_missing"]


def test_a_step_that_is_over_is_not_next(open_project):
    refusal(lambda: open_project.plan("2024-02-29"), "NEXT_STEP_PAST")


def test_nothing_is_planned_for_a_project_that_was_given_up_until_that_is_withdrawn(open_project):
    open_project.lose("2024-03-01")
    refusal(lambda: open_project.plan("2024-04-01"), "PROJECT_OVER")
    open_project.call("withdraw_stage", project_id="p", stage="terminated")
    assert open_project.plan("2024-04-01")["next_step_on"] == "2024-04-01"


# --- visits


def visit(desk, **more):
    given = {
        "project_id": "p",
        "visit_id": "v1",
        "visit_kind": "by_investor",
        "visited_on": "2024-02-20",
        "came_of_it": "They call 13812345678 again.",
    }
    return desk.call("record_visit", **given | more)


def test_a_visit_says_what_came_of_it_and_the_same_one_again_corrects_it(open_project):
    visit(open_project)
    visit(open_project, visit_id="v2", visited_on="2024-03-01", came_of_it="They come.")
    visit(open_project, place="Youth Valley")
    asked = {"filter": {"project_id": "p"}, "order": "visited_on"}
    found = open_project.read("list_visits", **asked)["items"]
    assert [(each["visit_id"], each["place"]) for each in found] == [
        ("v1", "Youth Valley"),
        ("v2", None),
    ]
    assert "13812345678" not in found[0]["came_of_it"]


def test_a_visit_was_made_and_is_of_a_known_project(open_project):
    refusal(lambda: visit(open_project, visited_on="2024-03-02"), "NOT_YET")
    with pytest.raises(NotFound):
        visit(open_project, project_id="other")
