"""Contests and their entries, and what came of them: entry, application, project, and the cost of each."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backbone.errors import Invalid, NotFound

from ..talents.office import refused
from .calls import CONFERENCE, CONTEST


def test_the_chain_from_the_contest_to_the_project_is_one_answer(hall):
    hall.entry()
    hall.on("2024-01-10").apply()
    hall.approve()
    hall.project()
    hall.land("2023-04-20")
    chain = hall.chain()
    assert (chain["city"], chain["contest_rank"], chain["prize"]) == ("上海", 1, "gold")
    assert (chain["talent_state"], chain["approved"]) == ("approved", True)
    assert (chain["stage"], chain["landed_on"]) == ("landed", "2023-04-20")
    assert (chain["settlement_state"], chain["settle_by_on"]) == ("settled", "2023-11-20")


@pytest.mark.parametrize(
    ("on", "state", "stage", "landed"),
    [
        ("2022-11-30", None, None, 0),
        ("2023-07-10", "submitted", "signed", 0),
        ("2023-08-19", "formally_checked", "signed", 0),
        ("2023-08-20", "reviewed", "landed", 1),
    ],
)
def test_the_chain_is_that_of_the_day(hall, on, state, stage, landed):
    hall.entry()
    hall.on("2024-01-10").apply()
    hall.approve()
    hall.project()
    hall.land("2023-08-20")
    chain = hall.chain(on=on)
    assert (chain["talent_state"], chain["stage"]) == (state, stage)
    assert hall.yielded(on=on)["yielded_in_all"]["projects_landed"] == landed


def test_what_became_known_later_is_not_in_what_was_known(hall):
    hall.entry()
    hall.on("2023-12-01").project()
    hall.land("2023-08-20")
    assert hall.chain(on="2023-11-01")["stage"] == "landed"
    assert hall.chain(on="2023-11-01", known_at="2023-11-30T00:00:00+08:00")["stage"] is None
    assert hall.yielded(known_at="2023-01-01T00:00:00+08:00")["contest_yields"] == []


@pytest.mark.parametrize(
    ("on", "landed_on", "state"),
    [
        ("2023-11-20", None, "open"),
        ("2023-11-21", None, "missed"),
        ("2023-11-21", "2023-11-20", "settled"),
        ("2023-11-21", "2023-11-21", "settled_late"),
    ],
)
def test_how_a_winner_stands_to_the_condition_on_a_day(hall, on, landed_on, state):
    hall.entry()
    hall.entry(2, prize="thanks")
    hall.on("2024-01-10").project()
    if landed_on:
        hall.land(landed_on)
    assert hall.chain(on=on)["settlement_state"] == state
    assert hall.chain(2, on=on)["settlement_state"] == "not_asked"


def test_nobody_has_missed_a_day_that_has_not_come(hall):
    hall.entry()
    hall.on("2023-11-01")
    assert hall.chain(on="2024-06-01")["settlement_state"] == "open"


# --- what a landed project costs


def test_the_cost_of_a_landed_project_is_the_ratio_of_the_sums(hall):
    hall.call("record_contest", **CONFERENCE | {"contest_id": "fair", "cost_cny": "1000000"})
    hall.on("2024-01-10")
    for number in (1, 2):
        hall.entry(number)
        hall.project(number, stage="landed")
    hall.entry(3, contest_id="fair", contest_track=None, contest_round=None, city=None,
               prize=None, won_on=None)  # fmt: skip
    hall.project(3, stage="landed")
    found = hall.yielded()
    costs = {
        each["contest_id"]: each["yielded"]["cost_per_landed_cny"]
        for each in found["contest_yields"]
    }
    assert costs == {"contest-2022": "1500000.00", "fair": "1000000.00"}
    assert (
        found["yielded_in_all"]["cost_per_landed_cny"] == "1333333.33"
    )  # not the mean of two ratios


def test_without_a_landed_project_there_is_no_cost_of_one(hall):
    hall.entry()
    hall.project()
    found = hall.yielded()["yielded_in_all"]
    assert (found["cost_cny"], found["cost_per_landed_cny"]) == ("3000000.00", None)


def test_a_contest_without_a_cost_is_named_and_its_projects_are_in_no_ratio(hall):
    hall.call("record_contest", **CONFERENCE)
    hall.on("2024-01-10").entry()
    hall.project(stage="landed")
    hall.entry(2, contest_id="conference-2023", contest_track=None, contest_round=None, city=None,
               prize=None, won_on=None)  # fmt: skip
    hall.project(2, stage="landed")
    found = hall.yielded()["yielded_in_all"]
    assert found["projects_landed"] == 2
    assert found["cost_per_landed_cny"] == "3000000.00"
    assert found["cost_unknown"] == ["conference-2023"]


def test_a_project_of_two_entries_counts_once(hall):
    hall.entry(1)
    hall.entry(2, project_id="P1", talent_application_id="A1")
    hall.on("2024-01-10").apply()
    hall.project(stage="landed")
    found = hall.yielded()["yielded_in_all"]
    assert (found["entries_made"], found["prizes_won"]) == (2, 2)
    assert (found["applications_made"], found["applications_approved"]) == (1, 0)
    assert (found["projects_known"], found["projects_landed"]) == (1, 1)
    assert found["projects_by_stage"] == {"landed": 1}
    assert Decimal(found["cost_per_landed_cny"]) == 3000000


def test_what_an_entry_names_and_nobody_knows_is_named(hall):
    hall.entry(1)
    hall.entry(2, talent_application_id=None, project_id=None)
    found = hall.yielded()
    assert found["named_unknown"] == ["A1", "P1"]
    assert found["yielded_in_all"]["projects_known"] == 0


def test_a_lead_that_came_of_an_entry_is_its_project(hall):
    hall.entry()
    hall.call("register_lead", lead_id="P1", name="batteries", source="talent_contest")
    hall.hear_itself()
    assert hall.chain()["stage"] == "lead"


def test_a_revoked_entry_is_in_no_number(hall):
    hall.entry()
    hall.entry(revoked=True)
    assert hall.yielded()["yielded_in_all"]["entries_made"] == 0


def test_at_least_a_hundred_guests_stay_at_least_a_hundred(hall):
    hall.call("record_contest", **CONFERENCE)
    hall.on("2023-07-01")
    found = hall.yielded(contest_kind="conference")["contest_yields"]
    assert [(each["guests"], each["guests_kind"]) for each in found] == [(100, "at_least")]
    assert hall.yielded(contest_year=2022)["contest_yields"][0]["cities"] == [
        "上海",
        "北京",
        "深圳",
    ]
    assert len(hall.yielded()["contest_yields"]) == 2
    assert len(hall.yielded(on="2023-06-07")["contest_yields"]) == 1
    with pytest.raises(NotFound, match="contest_id"):
        hall.yielded(contest_id="other")


# --- what is refused


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"contest_kind": "race"}, ["CONTEST_KIND_UNKNOWN"]),
        ({"contest_tracks": ["materials", "materials"]}, ["CONTEST_NAME_TWICE"]),
        ({"prizes": CONTEST["prizes"][:1] * 2}, ["CONTEST_NAME_TWICE"]),
        ({"contest_rounds": CONTEST["contest_rounds"][:1] * 2}, ["CONTEST_NAME_TWICE"]),
        ({"cities": ["上海", "上海", "深圳"]}, ["CONTEST_NAME_TWICE"]),
        ({"cities": ["上海", "北京"]}, ["CITY_UNKNOWN"]),
    ],
)
def test_a_contest_that_nobody_could_follow_is_refused(hall, changes, codes):
    assert refused(hall.contest, **changes) == codes


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"contest_track": "cooking"}, ["CONTEST_TRACK_UNKNOWN"]),
        ({"contest_track": None}, ["CONTEST_TRACK_UNKNOWN"]),
        ({"contest_round": "third"}, ["CONTEST_ROUND_UNKNOWN"]),
        ({"contest_round": None}, []),
        ({"city": "杭州"}, ["CITY_UNKNOWN"]),
        ({"city": None}, []),
        ({"prize": "silver"}, ["PRIZE_UNKNOWN"]),
        ({"won_on": None}, ["PRIZE_DAY"]),
        ({"prize": None}, ["PRIZE_DAY"]),
        ({"won_on": "2023-01-03"}, ["NOT_YET"]),
        ({"won_on": "2023-01-02"}, []),
        ({"won_on": "2022-08-31"}, ["WON_BEFORE_CONTEST"]),
        ({"won_on": "2022-09-01"}, []),
        ({"city": "杭州", "prize": "silver"}, ["CITY_UNKNOWN", "PRIZE_UNKNOWN"]),
    ],
)
def test_an_entry_fits_its_contest(hall, changes, codes):
    if codes:
        assert refused(hall.entry, **changes) == codes
    else:
        assert hall.entry(**changes)["warnings"] == []


def test_an_entry_stays_with_its_contest_and_is_in_a_track_only_where_there_are_some(hall):
    hall.call("record_contest", **CONFERENCE | {"begins_on": "2022-06-08"})
    hall.entry()
    bare = {"contest_round": None, "city": None, "prize": None, "won_on": None}
    other = bare | {"contest_id": "conference-2023"}
    assert refused(hall.entry, **other, contest_track=None) == ["ENTRY_OF_OTHER_CONTEST"]
    assert refused(hall.entry, 2, **other) == ["CONTEST_TRACK_UNKNOWN"]
    with pytest.raises(NotFound, match="contest_id"):
        hall.entry(contest_id="other")
    with pytest.raises(Invalid, match="person_id"):
        hall.entry(person_id="13805750000")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [({}, ["RANK_TWICE"]), ({"contest_track": "equipment"}, []), ({"contest_rank": None}, [])],
)
def test_one_rank_of_two_entries_is_warned_of(hall, changes, codes):
    hall.entry()
    warnings = hall.entry(2, **{"contest_rank": 1} | changes)["warnings"]
    assert [each["code"] for each in warnings] == codes
    assert hall.entry()["warnings"] == (warnings if codes else [])


def test_what_is_said_again_is_kept_once(hall):
    for _ in range(2):
        hall.contest()
        hall.entry()
    assert len(hall.kept()["entry_reports"]) == 1
    assert len(hall.read("get_contest", contest_id="contest-2022")["contest_reports"]) == 1
