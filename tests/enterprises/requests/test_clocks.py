"""The clocks of requests: the legal ones to the day, extensions, and a year without a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backbone.errors import Answered, Refused, told_as
from services.enterprises.requests.levels import CLOCKS, last_day
from services.enterprises.requests.words import Unit

from .desk import REQUEST, Desk, moment, received

YEAR_2027 = 'source = "a circular"\noff = [2027-01-01]'


@pytest.fixture
def desk():
    return Desk("2025-12-31")


def complain(desk, on="2025-09-26", **more):
    desk.report("received", received(clock="payment_complaint", topic="payment", **more), on=on)


@pytest.mark.parametrize(
    ("clock", "step", "begun_on", "last"),
    [
        ("authority_payment", 0, "2025-06-10", "2025-07-10"),
        ("claim_confirmation", 0, "2025-06-10", "2025-07-10"),
        ("payment_complaint", 0, "2025-09-26", "2025-10-16"),  # over the eight days of October
        ("payment_complaint", 0, "2026-02-12", "2026-03-04"),
        ("payment_complaint", 1, "2025-09-26", "2025-10-26"),
        ("service", 0, "2023-04-21", "2023-04-23"),  # a Sunday that works
    ],
)
def test_the_steps_of_a_clock_end_on_their_legal_day(clock, step, begun_on, last):
    begun = date.fromisoformat(begun_on)
    assert CLOCKS.on(begun)[clock].steps[step].last_day(begun) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("clock", "step", "begun_on", "last"),
    [
        ("authority_payment", 0, "2025-06-10", "2025-08-09"),  # a Saturday; it stays
        ("payment_complaint", 1, "2025-09-26", "2025-12-25"),
    ],
)
def test_a_step_is_extended_to_its_most_and_no_further(clock, step, begun_on, last):
    begun = date.fromisoformat(begun_on)
    found = CLOCKS.on(begun)[clock].steps[step].last_extended_day(begun)
    assert found == date.fromisoformat(last)


def test_a_calendar_period_counts_rest_days():
    assert last_day(date(2025, 9, 30), 5, Unit.CALENDAR) == date(2025, 10, 5)


def test_a_complaint_is_passed_on_in_working_days_and_answered_in_calendar_days(desk):
    complain(desk)
    before = desk.request()
    desk.report("handed_over", {"departments": ["finance"]}, on="2025-10-15")
    after = desk.request()

    assert (before["step"], before["due_on"]) == ("pass_on", "2025-10-16")
    assert (after["step"], after["begun_on"], after["due_on"]) == (
        "answer",
        "2025-10-15",
        "2025-11-14",
    )


def test_the_clock_counts_from_the_formal_acceptance_if_that_is_another_day(desk):
    complain(desk, on="2025-09-20", counted_from="2025-09-26")
    assert desk.request()["due_on"] == "2025-10-16"


def test_a_later_hand_over_gives_no_office_a_new_period(desk):
    complain(desk)
    desk.report("handed_over", {"departments": ["finance"]}, on="2025-10-15")
    desk.report("handed_over", {"departments": ["economy"]}, on="2025-11-10")

    held = desk.request()
    assert (held["holder"], held["due_on"]) == ("economy", "2025-11-14")


def handed_over():
    desk = Desk("2025-10-20")
    complain(desk)
    desk.report("handed_over", {"departments": ["finance"]}, on="2025-10-15")
    return desk


def test_an_extension_moves_the_last_day_and_is_told():
    desk = handed_over()
    desk.enter("extend_request", until_on="2026-01-13", approved=True, text="It is complex.")

    assert desk.request()["due_on"] == "2026-01-13"  # 90 days from 15 October
    told = desk.facts_named("request_extended")
    assert [(each["due_before"], each["due_on"]) for each in told] == [("2025-11-14", "2026-01-13")]


@pytest.mark.parametrize(
    ("extension", "code"),
    [
        ({"until_on": "2026-01-14", "approved": True}, "EXTENDED_TOO_FAR"),
        ({"until_on": "2025-11-14", "approved": True}, "EXTENSION_TOO_SHORT"),
        ({"until_on": "2025-12-01"}, "APPROVAL_MISSING"),
    ],
)
def test_an_extension_that_the_law_does_not_give_is_refused_at_the_desk(extension, code):
    desk = handed_over()
    with pytest.raises(Answered) as no:
        desk.enter("extend_request", text="It is complex.", **extension)
    assert [reason.code for reason in no.value.reasons] == [code]
    assert desk.request()["due_on"] == "2025-11-14"


def test_a_period_that_is_over_is_not_extended(desk):
    complain(desk)
    desk.report("handed_over", {"departments": ["finance"]}, on="2025-10-15")
    late = {"until_on": "2025-12-01", "approved": True, "text": "It is complex."}
    note = desk.report("extended", late, on="2025-11-15")

    assert "due on 2025-11-14" in note
    assert desk.request()["due_on"] == "2025-11-14"
    assert desk.request()["aside"][0]["reasons"][0]["code"] == "EXTENDED_TOO_LATE"


def test_a_period_is_extended_until_its_last_day():
    desk = handed_over()
    desk.now = moment("2025-11-14")
    desk.enter("extend_request", until_on="2025-11-15", approved=True, text="It is complex.")
    assert desk.request()["due_on"] == "2025-11-15"


def test_the_step_of_passing_on_has_no_extension(desk):
    complain(desk)
    note = desk.report("extended", {"until_on": "2025-10-20", "text": "We ask."}, on="2025-10-09")
    assert "10 working days and no extension" in note
    assert desk.request()["due_on"] == "2025-10-16"


def test_the_day_of_handing_on_has_no_extension(desk):
    desk.report("received", received())
    with pytest.raises(Answered, match="1 working day and no extension"):
        desk.enter("extend_request", until_on="2026-09-18", text="We ask.")


def test_a_legal_clock_does_not_run_before_its_law():
    desk = Desk("2025-06-05")
    with pytest.raises(Answered, match="CLOCK_NOT_IN_FORCE"):
        complain(desk, on="2025-05-31")
    complain(desk, on="2025-06-01")
    assert desk.request()["step"] == "pass_on"


def test_anybody_may_have_working_days_counted(desk):
    counted = desk.read("working_days", from_on="2026-02-13", days=10)
    assert (counted["last_on"], counted["years"]) == ("2026-03-05", [2023, 2024, 2025, 2026])
    with pytest.raises(Answered, match=r"CALENDAR_MISSING.*2027") as said:
        desk.read("working_days", from_on="2026-12-28", days=10)
    assert (
        told_as(said.value) is Refused
    )  # the name that goes over the wire, one of those that callers know


# --- a year that nobody has told of yet


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("CALENDAR_FOLDER", str(tmp_path))
    return tmp_path


@pytest.fixture
def waiting(folder):
    desk = Desk("2026-12-28")
    desk.report("received", received(clock="payment_complaint", topic="payment"))
    return desk


def test_a_clock_without_its_calendar_is_told_of_once(waiting):
    for _hour in range(1, 30):
        waiting.now += timedelta(hours=1)
        waiting.tick("settle_request_clocks")
        waiting.tick("escalate_requests")
    waiting.report("rated", {"satisfaction": "satisfied"})

    held = waiting.request()
    assert (held["due_on"], held["waits_for_year"]) == (None, 2027)
    assert waiting.fact_names.count("request_clock_waiting") == 1
    assert waiting.due(within_days=0) == [REQUEST]


def test_a_clock_gets_its_day_when_the_calendar_comes(waiting, folder):
    (folder / "2027.toml").write_text(YEAR_2027)
    waiting.day("2026-12-29")
    waiting.day("2026-12-30")

    assert waiting.request()["due_on"] == "2027-01-12"
    told = waiting.facts_named("request_clock_settled")
    assert [(each["year"], each["due_on"]) for each in told] == [(2027, "2027-01-12")]


def test_a_clock_that_waits_is_not_extended(waiting):
    waiting.enter("hand_over_request", departments=["finance"])
    waiting.enter("answer_request", department="finance", text="Paid.")
    waiting.enter("reopen_request", text="Nothing came.")
    assert waiting.request()["due_on"] == "2027-01-27"  # calendar days need no calendar

    waiting.enter("receive_request", **received(service_request_id="330604006-R2"))
    waiting.enter(
        "hand_over_request", service_request_id="330604006-R2", departments=["construction"]
    )
    with pytest.raises(Answered, match="CALENDAR_MISSING"):
        waiting.enter(
            "extend_request",
            service_request_id="330604006-R2",
            until_on="2027-01-08",
            text="Experts are away.",
        )
