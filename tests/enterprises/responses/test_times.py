"""How long a township's reports of firms and requests took, and which wait for a receipt."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from services.enterprises.requests.words import WAITS_FOR_RECEIPT
from services.enterprises.service import EnterprisesService
from tests.support.waits import samples_heard_by, words_of_waiting

from ..honours.test_honours import honour
from ..reports import TOWNSHIP, firm
from ..requests.desk import REQUEST, Desk, moment, received


def times(service, **asked):
    return service.read("report_times", township=TOWNSHIP, **asked)


def test_the_time_from_sending_to_receipt_is_told_of_firms_and_requests():
    desk = Desk("2026-09-14")
    desk.report("received", received(), time=moment("2026-09-14") - timedelta(hours=2))

    found = times(desk)

    assert (found["reports_found"], found["sent_unknown"]) == (1, 0)
    assert found["to_receipt"]["longest_s"] == 7200


def test_what_is_said_of_a_request_that_nobody_reported_waits_for_its_receipt():
    desk = Desk("2026-09-14")
    note = desk.report("handed_over", {"departments": ["economy"]})
    desk.now += timedelta(hours=3)

    [found] = times(desk)["waiting"]

    assert found["waits_for"] == note == "waits for the receipt of its request"
    assert (found["report"], found["thing_id"], found["waiting_s"]) == (
        "request.handed_over",
        REQUEST,
        10_800,
    )
    assert times(desk)["to_effect"] is None
    desk.report("received", received())

    after = times(desk)
    assert after["waiting"] == []
    assert (after["to_effect"]["counted"], after["to_effect"]["longest_s"]) == (2, 10_800)
    assert after["to_receipt"]["longest_s"] == 0


def test_two_entries_of_one_moment_each_have_the_effect_of_their_own_event():
    desk = Desk("2026-09-14")
    desk.report("handed_over", {"departments": ["economy"]}, id="e-1")
    desk.report("withdrawn", {"text": "It came."}, id="e-2")

    assert [each["event_id"] for each in times(desk)["waiting"]] == ["e-1", "e-2"]
    assert times(desk)["to_effect"] is None


def test_what_speaks_against_an_entry_keeps_it_from_an_effect_and_it_waits_for_nothing():
    desk = Desk("2026-09-14")
    desk.report("received", received())
    note = desk.report("rated", {"satisfaction": "satisfied"})

    found = times(desk)
    assert "answer" in note
    assert (found["waiting_found"], found["to_effect"]["counted"]) == (0, 1)


def test_what_the_desk_enters_before_the_receipt_is_no_report_that_waits():
    desk = Desk("2026-09-14")
    desk.report("handed_over", {"departments": ["economy"]})
    desk.enter("withdraw_request", text="It came.")

    assert [each["report"] for each in times(desk)["waiting"]] == ["request.handed_over"]


def test_every_word_of_waiting_that_enterprises_says_is_told_by_these_tests():
    assert words_of_waiting("enterprises") == {WAITS_FOR_RECEIPT}


@pytest.mark.parametrize(
    "sample", samples_heard_by(EnterprisesService), ids=lambda sample: sample.stem
)
def test_whichever_report_comes_first_what_its_receipt_says_waits_is_waiting(sample):
    desk = Desk("2026-11-30")  # the requests of the samples are of that autumn
    about = {"publisher": TOWNSHIP, "time": desk.now - timedelta(hours=1)}
    data = json.loads(sample.read_text("utf-8"))
    heard = desk.hear("township", sample.stem, data, **about).or_raise()

    waits = "waits" in (heard.note or "")
    found = times(desk)
    assert (found["waiting_found"], found["to_effect"] is None) == (waits, waits)


def test_a_firm_and_its_honour_are_two_reports(enterprises):
    enterprises.report(firm())
    enterprises.tell("honour_reported", honour())

    found = times(enterprises)

    assert (found["reports_found"], found["sent_unknown"]) == (2, 0)
