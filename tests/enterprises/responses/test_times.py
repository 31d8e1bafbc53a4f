"""How long a township's reports of firms and requests took, and which wait for a receipt."""

from __future__ import annotations

from datetime import timedelta

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
    desk.report("received", received())
    assert times(desk)["waiting"] == []


def test_a_firm_and_its_honour_are_two_reports(enterprises):
    enterprises.report(firm())
    enterprises.tell("honour_reported", honour())

    found = times(enterprises)

    assert (found["reports_found"], found["sent_unknown"]) == (2, 0)
