"""Who wins a prize on the condition of settling is followed until the project has landed."""

from __future__ import annotations

import json

import pytest

from .calls import CONTEST
from .hall import SETTLE_BY


@pytest.mark.parametrize(
    ("prize", "won_on", "settle_by_on"),
    [
        ("gold", "2022-11-20", "2023-11-20"),
        ("thanks", "2022-11-20", None),
        (None, None, None),
    ],
)
def test_a_prize_says_until_when_its_winner_settles(hall, prize, won_on, settle_by_on):
    hall.entry(prize=prize, won_on=won_on)
    assert hall.kept()["settle_by_on"] == settle_by_on
    hall.at("2025-01-01")
    assert hall.told() == (["missed"] if settle_by_on else [])


def test_months_end_with_the_last_day_of_a_shorter_month(hall):
    months = [CONTEST["prizes"][0] | {"settle_within_months": 3}]
    hall.contest(prizes=months)
    hall.entry(won_on="2022-11-30")
    assert hall.kept()["settle_by_on"] == "2023-02-28"


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        ("2023-10-20", []),
        ("2023-10-21", ["due"]),
        ("2023-11-20 23:59", ["due"]),
        ("2023-11-21 00:00", ["missed"]),
    ],
)
def test_somebody_is_reminded_thirty_days_before_and_told_when_the_day_is_over(hall, moment, told):
    hall.entry()
    hall.at(moment)
    assert hall.told() == told
    hall.at(moment)
    assert hall.told() == told


def test_what_was_due_is_missed_and_nothing_is_said_twice(hall):
    hall.entry()
    hall.project()
    for day in ("2023-10-21", "2023-11-20", "2023-11-21", "2024-05-01"):
        hall.at(day)
    assert hall.told() == ["due", "missed"]
    [due] = hall.facts_named("settlement_due")
    [missed] = hall.facts_named("settlement_missed")
    assert (due["settle_by_on"], due["prize"], due["project_id"]) == (SETTLE_BY, "gold", "P1")
    assert (due["settlement_no"], missed["settlement_no"], missed["settled_on"]) == (1, 2, None)


@pytest.mark.parametrize("stage", ["landed", "premises_leased"])
def test_a_project_that_landed_in_time_lifts_the_reminder(hall, stage):
    hall.entry()
    hall.project()
    hall.at("2023-11-01")
    hall.land("2023-10-30", stage=stage)
    hall.at("2023-11-02").at("2024-01-01")
    assert hall.told() == ["due", "lifted"]
    assert hall.facts_named("settlement_lifted")[0]["settled_on"] == "2023-10-30"


@pytest.mark.parametrize(
    ("landed_on", "told"),
    [(SETTLE_BY, ["missed", "lifted"]), ("2023-11-21", ["missed"])],
)
def test_a_landing_that_is_entered_late_lifts_a_miss_only_if_it_was_in_time(hall, landed_on, told):
    hall.entry()
    hall.project()
    hall.at("2023-12-01")
    hall.land(landed_on)
    hall.at("2023-12-02")
    assert hall.told() == told
    assert hall.kept()["settled_on"] == landed_on


def test_a_winner_who_was_there_before_winning_has_settled(hall):
    hall.project(stage="landed")
    hall.entry()
    hall.at("2024-01-01")
    assert hall.told() == []


def test_a_landing_that_was_none_is_missed_after_all(hall):
    hall.entry()
    hall.project()
    hall.at("2023-11-01")
    hall.land("2023-10-30")
    hall.at("2023-11-02")
    hall.call("withdraw_stage", project_id="P1", stage="landed")
    hall.at("2023-11-03").at("2023-11-21")
    assert hall.told() == ["due", "lifted", "due", "missed"]
    numbers = [data["settlement_no"] for name, data in hall.facts if name.startswith("settlement")]
    assert numbers == [1, 2, 3, 4]


def test_a_landing_is_seen_as_soon_as_the_stage_is_told_and_not_at_the_next_look(hall):
    hall.entry()
    hall.project()
    hall.at("2023-11-01")
    hall.land("2023-10-30")
    hall.hear_itself()
    assert hall.told() == ["due", "lifted"]
    hall.call("withdraw_stage", project_id="P1", stage="landed")
    hall.hear_itself()
    assert hall.kept()["settled_on"] is None


@pytest.mark.parametrize(
    ("months", "told"),
    [
        (24, ["missed", "lifted"]),
        (13, ["missed", "lifted", "due"]),  # until 2023-12-20
        (11, ["missed", "missed"]),
        (None, ["missed", "lifted"]),
    ],
)
def test_a_condition_that_is_corrected_takes_back_what_it_no_longer_says(hall, months, told):
    hall.entry()
    hall.at("2023-12-01")
    hall.contest(prizes=[CONTEST["prizes"][0] | {"settle_within_months": months}])
    hall.at("2023-12-01 13:00").at("2023-12-02")
    assert hall.told() == told


def test_a_reminder_is_taken_back_when_there_is_more_time(hall):
    hall.entry()
    hall.at("2023-11-01")
    hall.contest(prizes=[CONTEST["prizes"][0] | {"settle_within_months": 24}])
    assert hall.told() == ["due", "lifted"]


@pytest.mark.parametrize(
    "changes", [{"revoked": True}, {"prize": None, "won_on": None}, {"project_id": "P2"}]
)
def test_an_entry_that_is_corrected_takes_back_what_was_told_of_it(hall, changes):
    hall.project(2, stage="landed")
    hall.entry()
    hall.at("2023-12-01")
    hall.entry(**changes)
    hall.entry(**changes)
    assert hall.told() == ["missed", "lifted"]


def test_each_winner_is_followed_by_itself(hall):
    for number in (1, 2, 3):
        hall.entry(number)
    hall.project(2, stage="landed")
    hall.entry(2)
    hall.at("2023-12-01")
    told = [each["contest_entry_id"] for each in hall.facts_named("settlement_missed")]
    assert sorted(told) == ["E1", "E3"]


def test_no_fact_names_a_person_or_a_firm(hall):
    hall.entry(person_id="T-17", enterprise_id="330604001-E9")
    hall.at("2023-12-01")
    hall.entry(person_id="T-17", enterprise_id="330604001-E9", revoked=True)
    told = json.dumps(hall.facts)
    assert "T-17" not in told
    assert "330604001-E9" not in told
