"""A pain point is repeated when enough firms raise one topic within a short time."""

from __future__ import annotations

import pytest

from .desk import Desk, received

STREETS = ("330604006", "330604001", "330604003")


@pytest.fixture
def desk():
    return Desk("2026-09-30")


def raise_(desk, number, on, street=0, firm=None, topic="utilities"):
    township = STREETS[street]
    data = received(
        service_request_id=f"{township}-R{number}",
        enterprise_id=f"{township}-E{firm or number}",
        topic=topic,
    )
    desk.report("received", data, on=on, publisher=township)


def found(desk, **asked):
    points = desk.read("repeated_pain_points", **asked)["pain_points"]
    return [
        (each["topic"], each["first_on"], each["last_on"], each["firms"], len(each["townships"]))
        for each in points
    ]


def test_one_topic_of_three_firms_in_three_streets_within_thirty_days(desk):
    for number, day in enumerate(("2026-09-01", "2026-09-20", "2026-09-30")):
        raise_(desk, number + 1, day, street=number)
    raise_(desk, 4, "2026-09-20", topic="tax")
    assert found(desk) == [("utilities", "2026-09-01", "2026-09-30", 3, 3)]


@pytest.mark.parametrize(("first", "points"), [("2026-09-01", 1), ("2026-08-31", 0)])
def test_the_days_are_counted_from_the_first_request_to_the_last(desk, first, points):
    for number, day in enumerate((first, "2026-09-20", "2026-09-30")):
        raise_(desk, number + 1, day)
    assert len(found(desk, from_on="2026-08-01")) == points


def test_a_firm_that_asks_three_times_is_one_firm(desk):
    for number in (1, 2, 3):
        raise_(desk, number, "2026-09-20", firm=9)
    assert found(desk) == []
    raise_(desk, 4, "2026-09-20", firm=10)
    assert found(desk, least_firms=2) == [("utilities", "2026-09-20", "2026-09-20", 2, 1)]


def test_a_request_that_was_withdrawn_does_not_count(desk):
    for number in (1, 2, 3):
        raise_(desk, number, "2026-09-20")
    desk.enter("withdraw_request", service_request_id=f"{STREETS[0]}-R3", text="A mistake.")
    assert found(desk) == []


def test_what_repeats_twice_a_year_is_told_twice(desk):
    days = ("2026-02-01", "2026-02-10", "2026-03-01", "2026-03-20", "2026-07-01", "2026-07-02")
    for number, day in enumerate(days):
        raise_(desk, number + 1, day)
    raise_(desk, 9, "2026-07-30")
    assert found(desk, from_on="2026-01-01") == [
        ("utilities", "2026-02-01", "2026-03-01", 3, 1),
        ("utilities", "2026-07-01", "2026-07-30", 3, 1),
    ]


def test_the_days_of_the_rule_can_be_tried(desk):
    for number, day in enumerate(("2026-09-01", "2026-09-20", "2026-09-30")):
        raise_(desk, number + 1, day)
    assert found(desk, within_days=29, from_on="2026-09-01") == []


def test_a_topic_that_begins_to_repeat_is_told_once_and_again_when_it_comes_back(desk):
    def told():
        desk.tick("tell_pain_points")
        return [(each["topic"], each["firms"]) for each in desk.facts_named("pain_point_repeated")]

    for number in (1, 2):
        raise_(desk, number, "2026-09-20")
    assert told() == []
    desk.day("2026-10-01")
    raise_(desk, 3, "2026-09-30", street=1)
    assert told() == [("utilities", 3)]
    desk.day("2026-10-02")
    assert told() == [("utilities", 3)]
    desk.day("2026-11-20")  # nothing repeats
    told()
    desk.day("2026-11-21")
    for number in (4, 5, 6):
        raise_(desk, number, "2026-11-20")
    assert told() == [("utilities", 3), ("utilities", 3)]
