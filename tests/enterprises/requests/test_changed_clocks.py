"""What another clock would make of open requests: asked, and never done."""

from __future__ import annotations

import pytest

from services.enterprises.requests.levels import CLOCKS

from .desk import REQUEST, Desk, received

HAND_OVER = "service.steps.hand_over.days"


@pytest.fixture
def desk():
    desk = Desk("2026-09-14")  # a Monday
    desk.report("received", received())
    return desk


def compared(desk, changes):
    found = desk.read("compare_rules", topic="request_clocks", after={"changes": changes})
    sides = {
        each["verdict"]: (each["before"]["says"], each["after"]["says"])
        for each in found["verdict_changes"]
    }
    return sides, found["supposed_facts"]


def test_a_longer_clock_moves_the_day_of_the_step_that_runs(desk):
    sides, facts = compared(desk, {HAND_OVER: 3})

    assert sides == {"due": ("hand_over by 2026-09-15", "hand_over by 2026-09-17")}
    assert (facts, desk.request()["due_on"]) == ([], "2026-09-15")


def test_who_would_be_pressed_by_a_shorter_clock_is_told(desk):
    desk.enter("hand_over_request", departments=["economy"])
    desk.day("2026-09-17")
    sides, [fact] = compared(desk, {"service.steps.answer.days": 1})

    assert sides == {
        "due": ("answer by 2026-09-20", "answer by 2026-09-15"),
        "late": ("in time", "late: reminder"),
    }
    assert fact["type"] == "enterprises.request_escalated"
    assert (fact["data"]["service_request_id"], fact["data"]["days_overdue"]) == (REQUEST, 2)


def test_the_ledger_says_what_was_foretold_once_the_edition_is_there(desk, monkeypatch):
    first_day = CLOCKS.first_day(desk.now.date())
    sides, _ = compared(desk, {HAND_OVER: 3})
    written = CLOCKS.written(first_day)
    written["service"]["steps"][0]["days"] = 3
    editions = CLOCKS.editions | {first_day: CLOCKS.read(written)}
    monkeypatch.setattr(CLOCKS, "editions", editions)
    again = Desk("2026-09-14")
    again.report("received", received())

    [due] = again.read("due")["dues"]

    assert sides["due"][1] == f"{due['what']} by {due['due_on']}"


def test_a_request_whose_clock_an_edition_does_not_have_has_no_day_by_it():
    desk = Desk("2026-09-14")
    desk.report("received", received(clock="payment_complaint", topic="payment"))
    before, after = {"first_day": "2026-09-14"}, {"first_day": "2023-08-01"}

    found = desk.read("compare_rules", topic="request_clocks", before=before, after=after)

    codes = {each["after"]["reason"]["code"] for each in found["verdict_changes"]}
    assert codes == {"CLOCK_NOT_IN_FORCE"}


def test_of_an_answered_request_no_day_is_moved(desk):
    desk.enter("answer_request", department="service_desk", text="Done.")

    assert compared(desk, {HAND_OVER: 3}) == ({}, [])
