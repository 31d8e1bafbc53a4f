"""Who had applied when a deadline came is answered a year later, also where the deadline moved."""

from __future__ import annotations

import pytest

from tests.projects.desk import LISTING, Desk, at

from .test_amending import resume, suspend


@pytest.fixture
def desk() -> Desk:
    """A applied before the suspension; B after it; C was entered after the end that it kept."""
    desk = Desk()
    desk.admit("A")
    suspend(desk, "08-24 10:00")
    resume(desk, "09-16 10:00")
    desk.apply("B", "09-20 16:59")
    desk.on("09-20 17:05").apply("C", "09-20 16:58")
    return desk.on("2024-09-20")


def names(desk: Desk, **asked: str) -> list[str]:
    found = desk.read("applicants", listing_id=LISTING, **asked)["applicants"]
    return [each["application_id"] for each in found]


def test_without_a_moment_the_end_that_is_known_then_is_meant(desk):
    assert names(desk) == ["A", "C", "B"]
    early = desk.read("applicants", listing_id=LISTING, known_at="2023-08-28T18:00:00+08:00")
    assert early["at"] == "2023-08-28T17:00:00+08:00"  # as the notice had it before it was resumed
    assert desk.read("applicants", listing_id=LISTING)["at"] == "2023-09-20T17:00:00+08:00"


def test_every_deadline_that_came_has_its_own_list(desk):
    found = desk.read("frozen_deadlines", listing_id=LISTING)
    told = [
        (each["notice_step"], each["at"][:16], each["moved"], ids(each), each["known_then"])
        for each in found
    ]
    assert told == [
        ("application_end", "2023-08-28T17:00", True, ["A"], ["A"]),
        ("bond_deadline", "2023-08-29T23:59", True, ["A"], ["A"]),
        ("listing_end", "2023-08-31T23:59", True, ["A"], ["A"]),
        ("application_end", "2023-09-20T17:00", False, ["A", "C", "B"], ["A", "B"]),
        ("bond_deadline", "2023-09-21T23:59", False, ["A", "C", "B"], ["A", "C", "B"]),
        ("listing_end", "2023-09-25T23:59", False, ["A", "C", "B"], ["A", "C", "B"]),
    ]


def ids(state) -> list[str]:
    return [each["application_id"] for each in state["applicants"]]


def test_a_deadline_that_has_not_come_and_one_that_stands_still_are_told_from_those_that_came():
    desk = Desk()
    suspend(desk, "08-24 10:00")
    assert desk.read("frozen_deadlines", listing_id=LISTING) == []
    desk.on("09-30")
    found = desk.read("frozen_deadlines", listing_id=LISTING)
    assert [each["moved"] for each in found] == [True, True, True]


def test_a_bond_that_was_corrected_later_was_there_by_what_was_known_then():
    desk = Desk()
    desk.apply("A")
    desk.bond("A", "08-20 10:00")
    desk.on("08-23").bond("A", "08-22 10:00")  # the bank's paper says another day
    asked = {"at": at("08-21 12:00").isoformat()}
    now = desk.read("applicants", listing_id=LISTING, **asked)
    then = desk.read("applicants", listing_id=LISTING, **asked, known_at=asked["at"])
    assert [each["bond_paid"] for each in now["applicants"]] == [False]
    assert [each["bond_paid"] for each in then["applicants"]] == [True]


def test_an_agreement_was_none_yet_a_listing_before_the_second_party_applied():
    desk = Desk(supply_way="agreement")
    desk.apply("A", "08-10 10:00")
    desk.apply("B", "08-12 10:00")
    asked = {"at": at("08-11 12:00").isoformat()}
    assert desk.read("applicants", listing_id=LISTING, **asked)["supply_way"] == "agreement"
    assert desk.read("applicants", listing_id=LISTING)["supply_way"] == "listing"


def test_nobody_had_applied_by_what_was_known_before_the_notice(desk):
    assert names(desk, known_at="2023-07-31T12:00:00+08:00") == []
