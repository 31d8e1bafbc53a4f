"""A late request is pressed [催办], then supervised [督办]: once for each level, whatever the clock does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from backbone.errors import Answered
from services.enterprises.service import EnterprisesService

from .desk import REQUEST, TOWNSHIP, Desk, received

REMINDER = ("reminder", "2026-09-15", 1)
SUPERVISED = ("supervised", "2026-09-15", 5)


@pytest.fixture
def desk():
    """A request due on 15 September 2026."""
    desk = Desk("2026-09-14")
    desk.report("received", received())
    return desk


def test_a_request_is_pressed_when_it_is_late_and_supervised_when_it_stays_late(desk):
    for day in (14, 15, 16, 17, 18, 19, 20, 21, 30):
        desk.day(f"2026-09-{day}")
    assert desk.escalations() == [REMINDER, SUPERVISED]


def test_nothing_is_pressed_on_its_last_day(desk):
    desk.day("2026-09-15", hour=23)
    assert desk.escalations() == []


def test_no_level_is_told_twice_when_the_clock_jumps(desk):
    desk.day("2026-09-16")
    desk.day("2026-09-14", hour=10)  # back
    desk.day("2026-09-16", hour=11)
    desk.day("2026-09-20")
    desk.day("2026-09-17")
    desk.day("2026-10-20")
    assert desk.escalations() == [REMINDER, SUPERVISED]


def test_a_clock_that_jumps_over_both_levels_tells_the_higher_one(desk):
    desk.day("2026-09-25")
    desk.day("2026-09-26")
    assert desk.escalations() == [("supervised", "2026-09-15", 10)]


def test_a_restart_tells_nothing_again(desk):
    desk.day("2026-09-16")
    desk.forget()  # not even the marks of the timers are left
    desk.tick("escalate_requests")
    assert desk.escalations() == [REMINDER]


def test_an_answered_request_is_not_pressed(desk):
    desk.enter("answer_request", department="service_desk", text="Done at once.")
    desk.day("2026-09-30")
    assert desk.escalations() == []


def test_a_request_that_is_taken_up_again_is_pressed_anew(desk):
    desk.day("2026-09-16")
    desk.enter("answer_request", department="service_desk", text="Wait.")
    desk.enter("reopen_request", text="Nothing came.")
    desk.day("2026-09-23")
    assert desk.escalations() == [REMINDER, ("reminder", "2026-09-22", 1)]


def test_an_answer_that_is_told_late_ends_the_pressing(desk):
    desk.day("2026-09-16")
    desk.report("answered", {"department": "service_desk", "text": "Done."}, on="2026-09-15")
    desk.day("2026-09-30")

    assert desk.escalations() == [REMINDER]
    assert [each["days_late"] for each in desk.facts_named("request_answered")] == [0]


def test_what_is_due_is_listed_with_who_holds_it(desk):
    desk.enter("hand_over_request", departments=["construction"])  # due on the 20th
    desk.call("receive_request", **received(service_request_id=f"{TOWNSHIP}-R2"))  # on the 15th
    assert desk.due(within_days=0) == []
    assert desk.due(within_days=1) == [f"{TOWNSHIP}-R2"]
    assert desk.due(within_days=5) == [f"{TOWNSHIP}-R2"]
    assert desk.due(within_days=6) == [f"{TOWNSHIP}-R2", REQUEST]
    assert desk.due(within_days=6, holder="construction") == [REQUEST]
    assert desk.due(within_days=6, township="330604001") == []

    desk.day("2026-09-17")
    first = desk.read("requests_due", within_days=0)["requests"][0]
    assert (first["days_left"], first["holder"]) == (-2, "service_desk")


def test_who_held_it_when_the_offices_closed_on_the_last_day(desk):
    desk.enter("hand_over_request", departments=["construction"], on="2026-09-14")
    last = desk.request()["due_on"]
    desk.now += timedelta(days=8)
    desk.enter("hand_over_request", departments=["ecology"])
    then = desk.read("service_request_at", service_request_id=REQUEST)

    assert then["at"] == f"{last}T17:00:00+08:00"
    assert (then["request"]["holder"], then["request"]["state"]) == ("construction", "handed_over")
    assert desk.request()["holder"] == "ecology"


def test_a_request_without_a_last_day_is_asked_about_by_a_moment(desk):
    desk.enter("withdraw_request", text="A mistake.")
    with pytest.raises(Answered, match="NO_DEADLINE"):
        desk.read("service_request_at", service_request_id=REQUEST)


def test_what_was_known_then_may_differ_from_what_was_so(desk):
    desk.day("2026-09-18")
    desk.report("answered", {"department": "service_desk", "text": "Done."}, on="2026-09-15")
    asked = {"service_request_id": REQUEST, "at": "2026-09-15T17:00:00+08:00"}

    so = desk.read("service_request_at", **asked)["request"]
    known = desk.read("service_request_at", **asked, known_at="2026-09-15T17:00:00+08:00")[
        "request"
    ]
    assert (so["state"], known["state"]) == ("answered", "received")


def test_the_desk_has_its_two_timers():
    names = {"escalate_requests": 300, "settle_request_clocks": 3600}
    found = {
        name: next(iter(getattr(EnterprisesService, name).nameko_entrypoints)).seconds
        for name in names
    }
    assert found == names
