"""What the investment desk counts."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from backbone.errors import Invalid
from services.projects.leads.lead import Stage
from services.projects.pipeline.counts import curve_of, may_be_one
from services.projects.pipeline.project import Project, ProjectOwner, StageEntry, tidy_name
from services.projects.pipeline.rulebook import PIPELINE

NOON = datetime(2025, 1, 1, 4, tzinfo=UTC)


def stage(desk, name, **asked):
    found = desk.read("pipeline_counts", **asked)["stages"]
    return next(each for each in found if each["stage"] == name)


@pytest.fixture
def park(desk):
    desk.project("a", investment_wan_cny="100.5", investment_wan_usd="7")
    desk.project("b", investment_wan_cny="20")
    desk.project("c", investment_wan_usd="3", opened_on="2023-03-01")
    for project_id in "ab":
        desk.enter("signed", "2023-02-01", project_id)
    desk.enter("landed", "2023-03-01", "a")
    return desk


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        ("2022-12-31", (0, 0, 0)),
        ("2023-01-31", (2, 0, 0)),
        ("2023-02-01", (0, 2, 0)),
        ("2023-02-28", (0, 2, 0)),
        ("2023-03-01", (1, 1, 1)),
    ],
)
def test_projects_are_counted_at_the_stage_of_the_day(park, on, counts):
    found = tuple(stage(park, name, on=on)["projects"] for name in ("lead", "signed", "landed"))
    assert found == counts


def test_money_from_home_and_from_abroad_is_never_added(park):
    signed = stage(park, "signed", on="2023-02-15")
    assert (signed["investment_wan_cny"], signed["investment_wan_usd"]) == ("120.5", "7")
    assert signed["project_ids"] == ["a", "b"]


@pytest.mark.parametrize(
    ("from_on", "on", "entered"),
    [
        (None, "2023-12-31", ["a", "b"]),
        ("2023-02-01", "2023-02-01", ["a", "b"]),
        ("2023-02-02", "2023-12-31", []),
        ("2023-01-01", "2023-01-31", []),
    ],
)
def test_those_who_entered_a_stage_are_counted_wherever_they_are_now(park, from_on, on, entered):
    found = stage(park, "signed", on=on, from_on=from_on)
    assert (found["entered_ids"], found["entered"]) == (entered, len(entered))


def test_a_correction_changes_the_count_but_not_what_was_known_before(park):
    before = park.moment.isoformat()
    park.on("2026-02-01").enter("landed", "2023-04-01", "a")
    asked = {"on": "2023-03-15"}
    assert stage(park, "landed", **asked)["projects"] == 0
    assert stage(park, "landed", **asked, known_at=before)["projects"] == 1


# --- the start curve


def planned(number, begun_on=None, kind=Stage.CONSTRUCTION_STARTED, year=2025):
    days = [(Stage.SIGNED, date(2024, 1, 1)), *([(kind, begun_on)] if begun_on else [])]
    entries = [StageEntry(stage=each, entered_on=day, recorded_at=NOON) for each, day in days]
    about = {"project_id": f"p{number:02}", "name": "x", "idle_since": date(2024, 1, 1)}
    return Project(**about, planned_start_year=year, entries=tuple(entries))


def plan(*begun_on, projects=10):
    days = [*begun_on, *[None] * (projects - len(begun_on))]
    return [planned(number, day) for number, day in enumerate(days)]


MARCH, APRIL = date(2025, 3, 31), date(2025, 4, 1)
JUNE, OCTOBER = date(2025, 6, 30), date(2025, 10, 31)


@pytest.mark.parametrize(
    ("begun", "projects", "on", "states"),
    [
        ([MARCH] * 5, 10, MARCH, ["met", "to_come", "to_come"]),
        ([MARCH] * 4, 10, MARCH, ["missed", "to_come", "to_come"]),
        ([MARCH] * 4, 10, date(2025, 3, 30), ["to_come"] * 3),
        ([MARCH] * 4 + [APRIL], 10, APRIL, ["missed", "to_come", "to_come"]),
        ([MARCH] * 8, 10, MARCH, ["met", "met", "to_come"]),
        ([MARCH] * 7 + [JUNE], 10, JUNE, ["met", "met", "to_come"]),
        ([MARCH] * 7 + [OCTOBER], 10, OCTOBER, ["met", "missed", "missed"]),
        ([MARCH] * 9 + [OCTOBER], 10, OCTOBER, ["met", "met", "met"]),
        ([MARCH] * 9 + [date(2025, 11, 1)], 10, date(2025, 12, 31), ["met", "met", "missed"]),
        ([MARCH] * 2, 3, MARCH, ["met", "to_come", "to_come"]),
        ([MARCH], 3, MARCH, ["missed", "to_come", "to_come"]),
        ([date(2024, 12, 1)], 1, date(2025, 1, 1), ["met", "met", "met"]),
        ([], 0, OCTOBER, ["no_projects"] * 3),
    ],
)
def test_half_by_march_four_fifths_by_june_and_all_by_october(begun, projects, on, states):
    answer = curve_of(plan(*begun, projects=projects), 2025, on)
    assert [each["mark_state"] for each in answer["marks"]] == states


@pytest.mark.parametrize(("projects", "needed"), [(10, [5, 8, 10]), (3, [2, 3, 3]), (0, [0, 0, 0])])
def test_a_mark_says_how_many_projects_that_is(projects, needed):
    answer = curve_of(plan(projects=projects), 2025, MARCH)
    assert [each["needed"] for each in answer["marks"]] == needed
    assert [each["ends_on"] for each in answer["marks"]] == [MARCH, JUNE, OCTOBER]


def test_the_curve_names_those_that_have_not_begun_and_looks_at_its_day():
    answer = curve_of(plan(MARCH, APRIL, projects=3), 2025, MARCH)
    assert (answer["begun"], answer["projects"]) == (1, 3)
    assert answer["begun_share"] == Decimal("0.3333")
    assert answer["not_begun_ids"] == ["p01", "p02"]


def test_projects_of_another_year_are_not_of_the_plan():
    assert curve_of([planned(1, MARCH, year=2026), planned(2)], 2025, JUNE)["projects"] == 1


def test_a_project_that_was_given_up_stays_in_the_plan_and_is_named():
    lost = planned(1, MARCH, Stage.TERMINATED)
    answer = curve_of([lost, planned(2, MARCH)], 2025, JUNE)
    assert (answer["projects"], answer["begun"]) == (2, 1)
    assert answer["terminated_ids"] == ["p01"]


def test_a_project_that_produces_in_ready_premises_has_begun():
    assert curve_of([planned(1, MARCH, Stage.IN_PRODUCTION)], 2025, JUNE)["begun"] == 1


@pytest.mark.parametrize(("year", "warned"), [(2024, ["CURVE_IS_LATER"]), (2025, []), (2026, [])])
def test_a_year_before_the_first_curve_is_warned_of(year, warned):
    assert [each["code"] for each in curve_of([], year, JUNE)["warnings"]] == warned


def test_the_desk_asks_for_the_curve_by_year(desk):
    desk.project(planned_start_year=2025)
    answer = desk.read("start_curve", year=2025, on="2025-04-01")
    assert (answer["projects"], answer["not_begun_ids"]) == (1, ["p"])
    assert answer["source"].startswith("绍政办发〔2025〕6号")


# --- one investor in two hands

ENDINGS = PIPELINE.on(date(2025, 1, 1)).name_endings


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("某某电池有限公司", "某某电池"),
        ("某某电池（浙江）股份有限公司", "某某电池浙江"),
        ("某某电池(浙江) 股份有限公司", "某某电池浙江"),
        ("ＡＢＣ Cells", "abccells"),
        ("集团", "集团"),
        ("", ""),
    ],
)
def test_a_name_is_known_again_without_its_form_of_company(name, tidied):
    assert tidy_name(name, ENDINGS) == tidied


def held(number, team, name=None, code=None):
    owner = ProjectOwner(team=team or "", person=None, handed_on=MARCH, recorded_at=NOON)
    entries = (StageEntry(stage=Stage.LEAD, entered_on=MARCH, recorded_at=NOON),)
    about = {"project_id": f"p{number}", "name": "x", "idle_since": MARCH, "entries": entries}
    owners = (owner,) if team else ()
    return Project(**about, investor_name=name, investor_uscc=code, owners=owners)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("A", "works", None), ("B", "Works ", None), True),
        (("A", "works", "1"), ("B", "other", "1"), True),
        (("A", "works", "1"), ("B", "works", None), True),
        (("A", "works", "1"), ("B", "works", "2"), False),
        (("A", "works", None), ("A", "works", None), False),
        (("A", "works", None), (None, "works", None), False),
        (("A", None, None), ("B", None, None), False),
        (("A", "works", None), ("B", "mills", None), False),
    ],
)
def test_two_teams_may_have_one_investor(one, other, alike):
    assert may_be_one(held(1, *one), held(2, *other)) is alike


def duplicates(desk):
    return desk.read("possible_duplicates")["duplicates"]


def test_possible_duplicates_are_named_told_once_and_not_merged(desk):
    for project_id, team in (("a", "fund desk"), ("b", "team 2"), ("c", "team 2")):
        desk.project(project_id, investor_name="某某电池有限公司")
        desk.entrust(team, project_id=project_id)
    [found] = duplicates(desk)
    assert found == {
        "matched_by": "name",
        "project_ids": ["a", "b", "c"],
        "teams": ["fund desk", "team 2"],
    }
    asked = [desk.read("possible_duplicates", team=team) for team in ("team 2", "team 9")]
    assert [len(each["duplicates"]) for each in asked] == [1, 0]
    desk.call("enter_project", project_id="b", planned_start_year=2025)
    pairs = [each["pair_id"] for each in desk.facts_named("possible_duplicate_found")]
    assert pairs == ["a+b", "a+c"]
    assert len(desk.read("list_projects")["items"]) == 3


def test_a_project_that_was_given_up_is_nobodys_duplicate(desk):
    for project_id in "ab":
        desk.project(project_id, investor_uscc="91330604XXXX00019D")
        desk.entrust(f"team {project_id}", project_id=project_id)
    assert [each["matched_by"] for each in duplicates(desk)] == ["credit_code"]
    desk.lose("2023-02-01", "a")
    assert duplicates(desk) == []


@pytest.mark.parametrize("asked", [{"on": "2023-02-01"}, {}])
def test_a_span_does_not_begin_after_its_day(park, asked):
    on = asked.get("on", "2026-01-01")
    assert stage(park, "lead", from_on=on, **asked)["entered"] == 0
    with pytest.raises(Invalid, match=rf"from_on\): The counts are of {on}"):
        stage(park, "lead", from_on="2026-01-02", **asked)
