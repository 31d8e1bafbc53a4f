"""Talents by level, plan and category on a day: from the records, or as stated, and never added."""

from __future__ import annotations

import pytest

from .calls import PLAN
from .office import refused

OTHER = PLAN | {"talent_plan_id": "thousand", "plan_level": "national", "term_months": None}


def test_five_applied_to_the_plan_in_two_categories(office):
    for number in (1, 2, 3):
        office.apply(number)
    for number in (4, 5):
        office.apply(number, talent_category="leader_team")
    mine = {"plan_level": "city", "talent_plan_id": "celebrities"}
    by = {
        each: office.count("applications", **mine, talent_category=each)["talents"]
        for each in ("leader_project", "leader_team")
    }
    assert by == {"leader_project": 3, "leader_team": 2}
    assert office.count("applications", **mine)["talents"] == 5
    assert office.count("applications", plan_level="city")["talents"] == 5
    assert office.count("applications", plan_level="national") is None
    assert office.count("talents", **mine) is None


@pytest.mark.parametrize(
    ("on", "talents"),
    [
        ("2023-09-16", None),
        ("2023-09-17", 1),
        ("2026-09-16", 1),
        ("2026-09-17", 0),
    ],
)
def test_a_talent_of_a_plan_is_one_from_the_approval_to_the_end_of_the_term(office, on, talents):
    office.apply()
    office.approve()
    found = office.count(on=on)
    assert (found and found["talents"]) == talents


def test_a_talent_whose_time_was_ended_is_none_from_that_day_on(office):
    office.apply()
    office.approve()
    office.enter("ended", "2024-05-01")
    assert office.count(on="2024-04-30")["talents"] == 1
    assert office.count(on="2024-05-01")["talents"] == 0
    assert office.count(on="2024-05-01")["talent_figure_kind"] == "exact"


def test_one_person_in_two_plans_is_two_talents_and_one_person(office):
    office.call("record_talent_plan", **OTHER)
    office.apply(1)
    office.approve(1)
    office.apply(2, person_id="T-1", talent_plan_id="thousand")
    office.approve(2)
    found = office.count()
    assert (found["talents"], found["persons"]) == (2, 1)
    assert office.count(plan_level="national")["talent_application_ids"] == ["A2"]
    assert office.count(on="2099-01-01", plan_level="national")["talents"] == 1


def test_what_became_known_later_does_not_change_what_was_known(office):
    office.on("2023-10-01").apply()
    office.approve()
    office.on("2023-11-01").revoke("approved")
    assert office.count(on="2023-10-01", known_at="2023-10-15T00:00:00+08:00")["talents"] == 1
    assert office.count(on="2023-10-01") is None


# --- what was stated


@pytest.mark.parametrize("kind", ["exact", "at_least", "more_than"])
def test_where_a_figure_alone_was_reported_it_is_shown_with_its_kind_and_source(office, kind):
    office.state_figure(talent_figure_kind=kind)
    found = office.count()
    assert (found["talents"], found["talents_from"]) == (1000, "statement")
    assert found["talent_figure_kind"] == kind
    assert found["stated_figure"]["document"] == "page of 2023"
    assert (found["talents_recorded"], found["borne_out"]) == (None, None)


@pytest.mark.parametrize(
    ("kind", "stated", "borne_out"),
    [
        ("exact", 1, True),
        ("exact", 2, False),
        ("at_least", 1, True),
        ("at_least", 2, False),
        ("more_than", 0, True),
        ("more_than", 1, False),
        ("cumulative", 1, None),
    ],
)
def test_beside_records_the_stated_figure_is_held_against_them_and_not_added(
    office, kind, stated, borne_out
):
    office.apply()
    office.approve()
    since = {"counted_since_on": "2023-01-01"} if kind == "cumulative" else {}
    office.state_figure(talent_figure_kind=kind, talents_stated=stated, **since)
    found = office.count()
    assert (found["talents"], found["talents_from"]) == (1, "records")
    assert found["stated_figure"]["talents_stated"] == stated
    assert found["borne_out"] is borne_out


def test_a_plan_with_a_figure_alone_is_named_and_not_in_the_count_of_its_level(office):
    office.call("record_talent_plan", **OTHER | {"plan_level": "city"})
    office.apply()
    office.approve()
    office.state_figure(talent_plan_id="thousand", talents_stated=40)
    found = office.count(plan_level="city")
    assert (found["talents"], found["stated_alone"]) == (1, ["thousand"])
    assert office.count(plan_level="city", talent_plan_id="thousand")["talents"] == 40
    assert office.count(on="2023-07-30", plan_level="city", talent_plan_id="thousand") is None
    assert office.count(plan_level="city", talent_plan_id="celebrities")["stated_alone"] == []


def test_the_last_figure_by_the_day_holds_and_a_target_is_none(office):
    office.state_figure(talents_stated=900, figure_on="2022-12-31", talent_figure_id="f-2022")
    office.state_figure()
    goal = {"talents_stated": 1500, "talent_figure_kind": "target", "figure_on": "2027-12-31"}
    office.state_figure(talent_figure_id="goal", **goal)
    assert office.count(on="2023-07-30")["talents"] == 900
    assert office.count(on="2023-07-31")["talents"] == 1000
    [target] = office.count()["talent_targets"]
    assert target["talents_stated"] == 1500


def test_of_a_target_alone_there_is_nothing_yet(office):
    office.state_figure(talent_figure_kind="target", figure_on="2027-12-31")
    found = office.count()
    assert (found["talents"], found["talents_from"], found["talent_figure_kind"]) == (
        None,
        None,
        None,
    )


def test_a_figure_is_corrected_and_taken_back_without_losing_what_was_known(office):
    office.on("2023-08-01").state_figure()
    office.on("2023-09-01").state_figure(talents_stated=1010)
    office.on("2023-10-01").state_figure(revoked=True)
    assert office.count() is None
    assert office.count(known_at="2023-08-15T00:00:00+08:00")["talents"] == 1000
    assert office.count(known_at="2023-09-15T00:00:00+08:00")["talents"] == 1010


def test_a_figure_of_today_can_be_stated(office):
    office.state_figure(figure_on="2026-01-01")
    assert office.count()["talents"] == 1000


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"figure_on": "2026-01-02"}, ["NOT_YET"]),
        ({"talent_plan_id": "celebrities", "plan_level": "city"}, ["LEVEL_OF_PLAN"]),
        ({"talent_category": "leader_team"}, ["TALENT_CATEGORY_UNKNOWN"]),
        (
            {"talent_plan_id": "celebrities", "talent_category": "star"},
            ["TALENT_CATEGORY_UNKNOWN"],
        ),
        ({"talent_figure_kind": "cumulative"}, ["FIGURE_SPAN"]),
        ({"counted_since_on": "2023-01-01"}, ["FIGURE_SPAN"]),
    ],
)
def test_a_figure_that_nobody_could_compare_is_refused(office, changes, codes):
    assert refused(office.state_figure, **changes) == codes
