"""A platform's targets: met, missed or open on a day, as it was known at a moment."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Invalid, NotFound, Refused
from services.projects.platforms.platform import (
    Counts,
    Platform,
    PlatformPlan,
    PlatformTarget,
    Predicate,
    TargetComparison,
)

from ..desk import at
from .zone import ECO_PARK, INVESTED, TWO_LANDED, VALLEY, YOUTH_VALLEY, Zone


@pytest.fixture
def zone() -> Zone:
    return Zone()


def refused(act: Any, *args: Any, **how: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act(*args, **how)
    return [reason.code for reason in caught.value.reasons]


def landed_in_spring(zone: Zone) -> Zone:
    zone.on("2024-04-02")
    zone.record(1, "2024-02-20")
    zone.record(2, "2024-03-31", not_before_on="2024-01-01")
    return zone


@pytest.mark.parametrize(
    ("on", "state", "reached"),
    [
        ("2023-08-01", "open", "0"),
        ("2023-12-30", "open", "0"),
        ("2023-12-31", "missed", "0"),
        ("2024-02-19", "missed", "0"),
        ("2024-02-20", "missed", "1"),
        ("2024-03-30", "missed", "1"),
        ("2024-03-31", "met", "2"),
        ("2026-01-01", "met", "2"),
    ],
)
def test_the_youth_valley_missed_its_target_and_met_it_in_the_first_quarter_after(
    zone, on, state, reached
):
    landed_in_spring(zone)
    for name in ("projects", "investment"):
        assert zone.state(on, name) == state
    target = zone.target(on)
    assert target["reached"] == reached
    assert (target["met_on"], target["in_time"]) == (
        ("2024-03-31", False) if state == "met" else (None, None)
    )
    assert target["reached_when_due"] == ("0" if on >= "2023-12-31" else None)


def test_the_plan_is_kept_as_it_was_printed(zone):
    found = zone.read("platform_standing", platform_id=VALLEY)
    assert (found["place"], found["planned_area_mu"]) == ("百官街道", "1600")
    assert found["planned_area_is_about"] is True
    assert found["planned_investment_cny"] == "5700000000.00"
    assert found["on"] == "2023-08-01"
    [planned] = zone.facts_named("platform_planned")
    assert [each["target_value"] for each in planned["targets"]] == ["2", "3200000000"]


@pytest.mark.parametrize(
    ("known_at", "state"),
    [
        ("2023-12-31T23:59:59+08:00", "open"),
        ("2024-01-01T00:00:00+08:00", "missed"),
        ("2024-04-03T12:00:00+08:00", "missed"),
        ("2024-05-01T12:00:00+08:00", "met"),
        ("2099-01-01T00:00:00+08:00", "met"),  # nobody knows more than is known now
    ],
)
def test_the_day_of_a_target_is_judged_by_what_was_known(zone, known_at, state):
    landed_in_spring(zone)
    zone.on("2024-05-01")
    zone.record(1, "2023-12-01")
    zone.record(2, "2023-12-31")
    assert zone.state("2023-12-31", known_at=known_at) == state


def test_a_day_to_come_misses_nothing(zone):
    zone.on("2023-12-31 23:59")
    assert zone.state("2024-06-01") == "open"
    assert zone.state("2024-06-01", known_at="2099-01-01T00:00:00+08:00") == "open"


def test_before_its_plan_was_known_there_was_no_platform(zone):
    with pytest.raises(NotFound, match="known_at"):
        zone.state("2023-08-01", known_at="2023-07-31T00:00:00+08:00")
    with pytest.raises(NotFound, match="platform_id"):
        zone.state("2023-08-01", platform_id="elsewhere")


@pytest.mark.parametrize(
    ("changes", "state", "reached"),
    [
        ({}, "met", "2"),
        ({"project_kind": "service"}, "open", "1"),
        ({"predicate": "begun"}, "open", "1"),
        ({"withdrawn": True}, "open", "1"),
        ({"project_id": "P1"}, "open", "1"),  # a second part of one project
    ],
)
def test_a_target_counts_each_project_of_its_kind_that_landed_once(zone, changes, state, reached):
    zone.on("2023-12-01")
    zone.record(1, "2023-11-01")
    zone.record(2, "2023-11-01", **changes)
    target = zone.target("2023-12-01")
    assert (target["target_state"], target["reached"]) == (state, reached)
    assert target["begun_not_landed"] == (["P2"] if changes.get("predicate") else [])


@pytest.mark.parametrize(
    ("comparison", "amount", "state", "lacking"),
    [
        ("at_least", "3199999999.99", "open", "0.01"),
        ("at_least", "3200000000", "met", "0"),
        ("more_than", "3200000000", "open", "0"),
        ("more_than", "3200000000.01", "met", "0"),
    ],
)
def test_an_investment_is_enough_to_the_fen(zone, comparison, amount, state, lacking):
    zone.call(
        "record_platform", **YOUTH_VALLEY | {"targets": [INVESTED | {"comparison": comparison}]}
    )
    zone.record(1, "2023-08-01", investment_cny=amount)
    target = zone.target("2023-08-01", "investment")
    assert (target["target_state"], Decimal(target["lacking"])) == (state, Decimal(lacking))


def test_works_that_are_to_begin_need_not_land(zone):
    zone.call("record_platform", **ECO_PARK)
    zone.on("2023-12-20")
    more = {"platform_id": "eco-park", "predicate": "begun", "investment_cny": "215000000"}
    zone.record(1, "2023-12-01", project_kind="neighbourhood_centre", **more)
    asked = {"platform_id": "eco-park", "name": "phase-1"}
    assert zone.state("2023-12-20", **asked) == "open"
    zone.record(2, "2023-12-20", project_kind="infrastructure", **more)
    assert zone.state("2023-12-19", **asked) == "open"
    assert zone.state("2023-12-20", **asked) == "met"


@pytest.mark.parametrize(
    ("on", "undecided"),
    [("2023-11-30", False), ("2023-12-15", True), ("2023-12-31", True), ("2024-02-01", True)],
)
def test_a_period_that_spans_the_day_of_the_target_leaves_it_undecided(zone, on, undecided):
    zone.on("2024-02-02")
    zone.record(1, "2023-11-01")
    zone.record(2, "2024-02-01", not_before_on="2023-12-15")
    assert zone.target(on)["undecided"] is undecided


# --- who is told


def test_a_miss_is_told_once_when_the_day_is_over(zone):
    zone.on("2023-12-31 23:59")
    assert zone.missed() == []
    zone.on("2024-01-01 00:00").on("2024-01-01 01:00").on("2024-06-01")
    assert zone.missed() == ["0"]
    [told, _] = zone.facts_named("platform_target_missed")
    assert (told["platform_target_id"], told["target_value"]) == ("youth-valley.projects", "2")
    assert (told["due_on"], told["miss_no"]) == ("2023-12-31", 1)


def test_a_platform_is_looked_at_when_there_is_something_to_tell():
    target = PlatformTarget(
        target_name="projects",
        counts=Counts.PROJECTS,
        predicate=Predicate.LANDED,
        comparison=TargetComparison.AT_LEAST,
        target_value=Decimal(2),
        due_on=date(2023, 12, 31),
    )
    plan = PlatformPlan(
        name="A", township="330604001", targets=(target,), document="D", known_at=at("08-01")
    )
    platform = Platform(platform_id="a", plans=(plan,))
    assert platform.look_on == date(2024, 1, 1)
    assert platform.with_told(*platform.misses_to_tell(date(2024, 1, 1))).look_on == date.max


def test_each_target_is_told_after_its_own_day(zone):
    later = INVESTED | {"due_on": "2024-01-01"}
    zone.call("record_platform", **YOUTH_VALLEY | {"targets": [TWO_LANDED, later]})
    zone.on("2024-01-01")
    assert (zone.missed(), zone.missed("investment")) == (["0"], [])
    zone.on("2024-01-02")
    assert (zone.missed(), zone.missed("investment")) == (["0"], ["0"])


def test_what_was_met_in_time_is_never_missed(zone):
    zone.on("2023-12-31")
    zone.record(1, "2023-12-31")
    zone.record(2, "2023-12-31")
    zone.on("2024-01-01")
    assert zone.missed() == []


def test_a_landing_that_comes_late_takes_no_miss_back(zone):
    landed_in_spring(zone.on("2024-01-01"))
    zone.on("2024-04-03")
    assert zone.missed() == ["0"]


def test_a_miss_is_taken_back_when_a_landing_in_time_becomes_known(zone):
    zone.on("2024-01-01")
    zone.record(1, "2023-12-31")
    zone.record(2, "2024-01-01")
    assert zone.missed() == ["0"]
    zone.record(2, "2023-12-31")
    assert zone.missed() == ["0", "lifted"]
    zone.record(2, "2024-01-01")
    zone.on("2024-01-02")
    assert zone.missed() == ["0", "lifted", "1"]
    numbers = [data["miss_no"] for name, data in zone.facts if "_target_miss" in name]
    assert max(numbers) == 3


def test_a_miss_is_told_anew_with_the_figure_that_stands(zone):
    zone.on("2024-01-01")
    zone.record(1, "2023-12-31")
    zone.on("2024-01-02").on("2024-01-03")
    assert zone.missed() == ["0", "1"]


@pytest.mark.parametrize(
    "targets",
    [[INVESTED], [TWO_LANDED | {"due_on": "2024-12-31"}], []],
    ids=["gone", "later", "none"],
)
def test_a_miss_is_taken_back_when_the_target_is_corrected(zone, targets):
    zone.on("2024-01-01")
    zone.call("record_platform", **YOUTH_VALLEY | {"targets": targets})
    assert zone.missed() == ["0", "lifted"]
    assert zone.target("2023-12-31", known_at="2024-01-01T00:00:00+08:00")["target_value"] == "2"


def test_what_is_said_again_is_no_news(zone):
    zone.call("record_platform", **YOUTH_VALLEY)
    zone.record(1, "2023-08-01")
    zone.record(1, "2023-08-01")
    assert zone.fact_names == ["platform_planned", "platform_progress_recorded"]
    assert len(zone.read("get_platform", platform_id=VALLEY)["progress"]) == 1


# --- what is refused


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"township": "330604999"}, ["NO_SUCH_TOWNSHIP"]),
        ({"targets": [TWO_LANDED, TWO_LANDED]}, ["TARGET_TWICE"]),
        ({"targets": [TWO_LANDED | {"target_value": "1.5"}]}, ["TARGET_NOT_WHOLE"]),
        ({"targets": [TWO_LANDED | {"project_kinds": ["castle"]}]}, ["PROJECT_KIND_UNKNOWN"]),
    ],
)
def test_a_plan_that_could_not_be_followed_is_refused(zone, changes, codes):
    assert refused(zone.call, "record_platform", **YOUTH_VALLEY | changes) == codes
    assert zone.fact_names == ["platform_planned"]


def test_progress_that_nobody_could_count_is_refused(zone):
    zone.record(1, "2023-08-01")
    assert refused(zone.record, 2, "2023-08-02") == ["NOT_YET"]
    assert refused(zone.record, 2, "2023-08-01", project_kind="castle") == ["PROJECT_KIND_UNKNOWN"]
    assert refused(zone.record, 1, "2023-08-01", project_id="P2") == ["PROGRESS_OF_OTHER_PROJECT"]
    with pytest.raises(Invalid, match="evidence_ids"):
        zone.record(2, "2023-08-01", evidence_ids=[])
    with pytest.raises(Invalid, match="happened_on"):
        zone.record(2, "2023-07-31", not_before_on="2023-08-01")
    with pytest.raises(NotFound, match="platform_id"):
        zone.record(2, "2023-08-01", platform_id="elsewhere")


# --- in any order

REPORTS = [(1, "2023-12-30"), (2, "2024-02-01"), (3, "2023-12-31"), (3, "2023-12-31")]


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(REPORTS), looks=st.lists(st.booleans(), min_size=4, max_size=4))
def test_in_whatever_order_it_is_recorded_the_same_is_told_in_the_end(order, looks):
    zone = Zone().on("2024-03-01")
    for (number, day), look in zip(order, looks, strict=True):
        zone.record(number, day)
        if look:
            zone.on("2024-03-02")
    zone.on("2024-03-03")
    target = zone.target("2023-12-31")
    assert (target["target_state"], target["reached"]) == ("met", "2")
    assert zone.missed()[-1] == "lifted"
    assert zone.missed("investment")[-1] == "lifted"
