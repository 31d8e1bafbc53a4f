"""The figures of projects on a day, as known at a moment: land, platforms, policies, talents, visits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from park.overview import Clocks
from services.projects.overview.reckonings import Reckonings
from services.projects.supply.supply import Supply

from ...support.overview import figures_of, hold_that_parts_add_up
from ..contests.calls import CONFERENCE, CONTEST
from ..desk import LISTING, SUPPLY, Desk, at
from ..platforms.calls import TALENT
from ..platforms.zone import ECO_PARK, PROGRESS, VALLEY, YOUTH_VALLEY
from ..policies.calls import END, POLICY
from ..talents.calls import APPLICATION, FIGURE, PLAN

LEADERS = {"talent_plan_id": "celebrities", "talent_category": "leader_project"}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def known(text: str) -> dict[str, str]:
    return {"known_at": at(text).isoformat()}


def value(desk: Desk, figure: str, on: str, **asked: Any) -> Any:
    return figures_of(desk, on=on, **asked)[figure]["value"]


def parts(desk: Desk, figure: str, on: str, **asked: Any) -> Any:
    return desk.read("explain_overview", figure=figure, on=on, **asked)["parts"]


# --- land


@pytest.mark.parametrize(
    ("on", "asked", "plots"),
    [
        ("2023-08-30", {}, "0"),
        ("2023-08-31", {}, "1"),
        ("2023-09-19", {}, "1"),
        ("2023-09-20", {}, "0"),
        ("2023-09-20", known("09-19"), "1"),
        ("2023-08-31", known("08-31 09:00"), "0"),
    ],
)
def test_land_counts_as_granted_from_its_award_until_that_is_void_as_far_as_known(
    desk, on, asked, plots
):
    desk.sign()
    desk.void("2023-09-20")

    assert value(desk, "land_granted_plots", on, **asked) == plots


def test_the_area_granted_is_that_of_the_awards_and_each_names_its_call(desk):
    desk.award()

    [part] = parts(desk, "land_granted_area", "2023-09-01")
    assert part["thing_id"] == SUPPLY
    assert (part["adds"], value(desk, "land_granted_area", "2023-09-01")) == ("17.6715", "17.67")
    assert part["event_id"].startswith("request-")


def test_land_that_is_only_let_is_not_granted():
    desk = Desk(supply_form="lease", use_term_years=10)
    desk.award()

    assert desk.read("get_listing", listing_id=LISTING)["state"] != "notice_published"
    assert value(desk, "land_granted_plots", "2023-09-01") == "0"


def test_land_of_another_use_is_not_industrial_land(desk):
    desk.award()
    supply = desk.repository.load(Supply, SUPPLY).thing
    clocks = Clocks(on=date(2023, 9, 1), known_at=desk.moment, rules=date(2023, 9, 1))

    def granted(use):
        reckonings = Reckonings(lambda _: [replace(supply, target_use=use)], lambda *_: None)
        [found] = reckonings.land_granted("industrial", clocks)
        return found.value

    assert (granted("industrial"), granted("residential")) == (1, 0)


# --- platforms


@pytest.fixture
def platforms(desk):
    desk.call("record_platform", **YOUTH_VALLEY)
    desk.call("record_platform", **ECO_PARK)
    desk.on("2024-05-01")
    for number, day in ((1, "2024-02-20"), (2, "2024-03-31")):
        said = {"progress_id": f"R{number}", "project_id": f"P{number}", "happened_on": day}
        desk.call("record_platform_progress", **PROGRESS | said)
    return desk


@pytest.mark.parametrize(
    ("on", "met", "missed"),
    [("2023-12-30", "0", "0"), ("2023-12-31", "0", "3"), ("2024-03-31", "2", "1")],
)
def test_targets_are_met_or_missed_as_of_the_day(platforms, on, met, missed):
    found = figures_of(platforms, on=on)

    assert (found["targets_met"]["value"], found["targets_missed"]["value"]) == (met, missed)


def test_a_target_is_missed_by_what_was_reported_and_not_by_the_clock_that_told_of_it(platforms):
    before = parts(platforms, "targets_missed", "2023-12-31")

    platforms.tick("look_for_missed_targets")

    assert platforms.facts_named("platform_target_missed")
    assert parts(platforms, "targets_missed", "2023-12-31") == before
    assert all(each["event_id"] for each in before)


def test_what_is_planned_is_a_target_and_says_how_far_it_has_come(platforms):
    found = figures_of(platforms, on="2024-02-20")

    planned = found[f"platform_planned:{VALLEY}"]
    assert (planned["value"], planned["overview_kind"]) == ("5700000000", "target")
    projects = found[f"platform_target_projects:{VALLEY}.projects"]
    assert (projects["value"], projects["about_on"]) == ("2", "2023-12-31")
    assert projects["title"].endswith("智创青春谷, projects (missed, 1 landed)")
    assert found["platform_target_investment:eco-park.phase-1"]["value"] == "430000000"


# --- policies, funds, talents


def test_policies_count_while_they_are_in_force_each_kind_of_support_as_an_area(desk):
    desk.on("2026-01-01")
    for number, kind in enumerate(("subsidy", "subsidy", "rent")):
        said = {"policy_id": f"policy-{number}", "gives_kind": kind}
        desk.call("record_policy", **POLICY | said)
    desk.on("2026-01-02").call("end_policy", **END | {"policy_id": "policy-2"})

    def found(on, **asked):
        figures = figures_of(desk, on=on, **asked)
        return figures["policy_areas"]["value"], figures["policy_articles"]["value"]

    assert found("2025-05-31") == ("0", "0")
    assert found("2025-09-30") == ("2", "3")
    assert found("2025-10-01") == ("1", "2")
    assert found("2025-10-01", known_at=at("2026-01-01 18:00").isoformat()) == ("2", "3")


def test_talent_funds_count_by_their_newest_report_up_to_the_day(desk):
    desk.call("record_fund", **TALENT)
    desk.call("record_fund", **TALENT | {"fund_id": "other", "fund_kind": "industrial"})

    assert value(desk, "funds_total", "2023-06-08") == "500000000"
    assert value(desk, "funds_first_tranche", "2023-06-08") == "50000000"
    before = figures_of(desk, on="2023-06-07")["funds_total"]
    assert (before["value"], before["reason"]["code"]) == (None, "NOT_STATED_YET")
    more = {"fund_id": "third", "total_cny": None, "first_tranche_cny": None, "partners": []}
    desk.call("record_fund", **TALENT | more)
    assert figures_of(desk, on="2023-06-08")["funds_total"]["overview_kind"] == "at_least"
    explained = desk.read("explain_overview", figure="funds_total", on="2023-06-08")
    assert [each["thing_id"] for each in explained["without_amount"]] == ["third"]


def test_applications_are_counted_by_plan_and_category_and_stated_where_there_is_no_record(desk):
    desk.call("record_talent_plan", **PLAN)
    for number in (1, 2, 3):
        own = {"talent_application_id": f"A{number}", "person_id": f"T-{number}"}
        desk.call("apply_for_talent_plan", **APPLICATION | own)
    stated = {
        **LEADERS,
        "talent_category": "leader_team",
        "talent_measure": "applications",
        "talents_stated": 2,
        "talent_figure_kind": "exact",
    }
    desk.call("state_talent_figure", **FIGURE | stated)
    found = figures_of(desk, on="2023-07-31")

    leaders, teams = (
        found[f"talent_applications:celebrities.{each}"]
        for each in ("leader_project", "leader_team")
    )
    assert (leaders["value"], leaders["counted_from"], leaders["parts"]) == ("3", "records", 3)
    assert (teams["value"], teams["counted_from"]) == ("2", "statement")
    assert "talent_applications:celebrities.leader_project" not in figures_of(desk, on="2023-07-09")


def test_a_stated_figure_that_was_corrected_was_as_it_was_stated_as_known_before(desk):
    desk.call("record_talent_plan", **PLAN)
    said = FIGURE | LEADERS | {"talent_measure": "applications"}
    desk.call("state_talent_figure", **said | {"talents_stated": 40})
    desk.on("09-05").call("state_talent_figure", **said | {"talents_stated": 41})
    leaders = "talent_applications:celebrities.leader_project"

    assert value(desk, leaders, "2023-08-31") == "41"
    assert value(desk, leaders, "2023-08-31", **known("09-04")) == "40"


def test_a_target_of_applications_is_no_figure_of_what_there_is(desk):
    desk.call("record_talent_plan", **PLAN)
    target = {"talent_measure": "applications", "talent_figure_kind": "target"}
    desk.call("state_talent_figure", **FIGURE | LEADERS | target)

    assert "talent_applications:celebrities.leader_project" not in figures_of(desk)


def test_the_guests_of_conferences_are_at_least_as_many_as_was_said(desk):
    desk.call("record_contest", **CONFERENCE)
    desk.call("record_contest", **CONTEST | {"guests": 30})
    found = figures_of(desk, on="2023-06-08")["contest_guests"]

    assert (found["value"], found["overview_kind"]) == ("100", "at_least")
    assert value(desk, "contest_guests", "2023-06-07") is None
    [part] = parts(desk, "contest_guests", "2023-06-08")
    assert (part["adds"], part["overview_kind"]) == ("100", "at_least")


# --- visits


def visit(desk, visit_id, project_id, on, kind="to_investor", place="上海", **more):
    said = {"visit_id": visit_id, "project_id": project_id, "visited_on": on, "place": place}
    desk.call("record_visit", **said | {"visit_kind": kind, "came_of_it": "They come."} | more)


@pytest.fixture
def promoted(desk):
    """Two projects, three visits to investors in two cities, a meeting, and a roadshow to a third city."""
    for project_id in ("p", "q"):
        desk.call("enter_project", project_id=project_id, name=project_id, opened_on="2023-01-01")
    visit(desk, "v1", "p", "2023-03-01")
    visit(desk, "v2", "p", "2023-04-01", place="深圳")
    visit(desk, "v3", "p", "2023-05-01")
    visit(desk, "v4", "q", "2023-06-01", kind="meeting", place="绍兴")
    shown = {"contest_id": "tour", "contest_kind": "roadshow", "begins_on": "2023-07-01"}
    rounds = {"contest_rounds": [], "prizes": [], "cities": ["北京", "上海"]}
    desk.call("record_contest", **CONTEST | shown | rounds)
    return desk


@pytest.mark.parametrize(
    ("on", "cities", "visits", "projects"),
    [
        ("2023-02-28", "0", "0", "0"),
        ("2023-03-01", "1", "1", "1"),
        ("2023-05-01", "2", "3", "1"),
        ("2023-06-01", "2", "3", "2"),
        ("2023-07-01", "3", "3", "2"),
    ],
)
def test_cities_visits_and_projects_count_once_each(promoted, on, cities, visits, projects):
    names = ("cities_visited", "visits", "projects_contacted")
    found = figures_of(promoted, on=on)

    assert [found[name]["value"] for name in names] == [cities, visits, projects]


def test_a_city_counts_by_the_first_that_led_there(promoted):
    first = {e["thing_id"]: e["about_on"] for e in parts(promoted, "cities_visited", "2023-07-31")}

    assert first == {"上海": "2023-03-01", "深圳": "2023-04-01", "北京": "2023-07-01"}


def test_a_visit_that_was_corrected_was_on_another_day_as_known_before(promoted):
    promoted.on("09-05")
    visit(promoted, "v3", "p", "2023-08-05")

    assert value(promoted, "visits", "2023-07-31", **known("09-05")) == "2"
    assert value(promoted, "visits", "2023-07-31", **known("09-04")) == "3"


# --- all of them


@pytest.mark.parametrize("on", ["2023-03-31", "2023-07-31", "2023-12-31", "2025-07-01"])
@pytest.mark.parametrize("moment", ["08-15", "09-19", "2026-02-01"])
def test_the_parts_of_every_figure_add_up_to_it(promoted, on, moment):
    desk = promoted
    desk.call("record_platform", **YOUTH_VALLEY)
    desk.call("record_fund", **TALENT)
    desk.call("record_contest", **CONFERENCE)
    desk.call("record_talent_plan", **PLAN)
    desk.call("apply_for_talent_plan", **APPLICATION)
    desk.sign()
    desk.on("2026-01-01")
    desk.call("record_policy", **POLICY)
    desk.call("record_platform_progress", **PROGRESS)

    assert hold_that_parts_add_up(desk, on=on, **known(moment)) > 0
