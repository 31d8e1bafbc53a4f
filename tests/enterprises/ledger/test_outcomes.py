"""What became of the deadlines of requests and of capital: met, late, missed, or not known."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ..deadlines.test_told_ahead import capital, tell
from ..requests.desk import Desk, received


def became(service, **asked):
    period = {"from_on": "2026-01-01", "to_on": "2029-12-31"}
    return service.read("due_outcomes", **period | asked)


def brief(page):
    names = ("what", "run_no", "holder", "due_on", "outcome", "met_on", "days_late")
    return [tuple(each[name] for name in names) for each in page["outcomes"]]


@pytest.fixture
def desk():
    desk = Desk("2026-09-14")  # a Monday
    desk.report("received", received())
    return desk


def test_each_step_of_a_request_was_met_or_late_by_its_own_day_and_office(desk):
    desk.enter("hand_over_request", departments=["economy"])
    desk.day("2026-09-22")
    desk.enter("answer_request", department="economy", text="Done.")

    page = became(desk)

    assert brief(page) == [
        ("hand_over", 1, "service_desk", "2026-09-15", "met", "2026-09-14", 0),
        ("answer", 1, "economy", "2026-09-20", "late", "2026-09-22", 2),
    ]
    assert (page["met_found"], page["met_late_found"], page["missed_found"]) == (1, 1, 0)
    assert [each["state_at_deadline"] for each in page["outcomes"]] == [
        "handed_over, held by economy"
    ] * 2


def test_a_hand_over_that_is_entered_after_its_day_was_in_time_and_does_not_change_how_it_stood(
    desk,
):
    desk.day("2026-09-16")
    [before] = became(desk)["outcomes"]
    desk.enter("hand_over_request", on="2026-09-15", departments=["economy"])

    after = next(each for each in became(desk)["outcomes"] if each["what"] == "hand_over")

    assert [each["outcome"] for each in (before, after)] == ["missed", "met"]
    assert [each["state_at_deadline"] for each in (before, after)] == [
        "received, held by service_desk"
    ] * 2


def test_what_the_offices_did_after_they_closed_is_not_how_a_request_stood_on_its_day(desk):
    desk.day("2026-09-15", hour=18)
    desk.enter("hand_over_request", departments=["economy"])
    assert became(desk)["outcomes"][0]["state_at_deadline"] is None  # its day is not over
    desk.day("2026-09-16")

    [told] = [each for each in became(desk)["outcomes"] if each["what"] == "hand_over"]

    assert (told["outcome"], told["state_at_deadline"]) == ("met", "received, held by service_desk")


def test_a_request_that_is_heard_of_after_its_day_has_nothing_frozen():
    desk = Desk("2026-09-20")
    desk.report("received", received(), on="2026-09-14")

    assert [each["state_at_deadline"] for each in became(desk)["outcomes"]] == [None]


def test_a_reopened_request_runs_once_more_and_is_missed_while_nobody_answers(desk):
    desk.enter("hand_over_request", departments=["economy"])
    desk.enter("answer_request", department="economy", text="Done.")
    desk.enter("reopen_request", text="It is not.")
    desk.day("2026-09-28")

    found = [each for each in brief(became(desk)) if each[0] == "answer"]

    assert [(each[1], each[4]) for each in found] == [(1, "met"), (2, "missed")]


@pytest.mark.parametrize(
    ("withdrawn_on", "found"), [("2026-09-15", []), ("2026-09-16", ["missed"])]
)
def test_a_request_that_was_withdrawn_by_its_day_left_nothing_to_be_done(desk, withdrawn_on, found):
    desk.day(withdrawn_on)
    desk.report("withdrawn", {"text": "It came."})
    desk.day("2026-09-20")

    assert [each[4] for each in brief(became(desk))] == found


def test_pages_have_every_run_of_a_step_once(desk):
    desk.enter("hand_over_request", departments=["economy"])
    for _ in range(3):  # all on one day, so that their days are the same
        desk.enter("answer_request", department="economy", text="Done.")
        desk.enter("reopen_request", text="It is not.")
    whole, pages, cursor = brief(became(desk)), [], None
    for _ in range(len(whole)):
        page = became(desk, limit=1, cursor=cursor)
        pages += brief(page)
        cursor = page["cursor"]

    assert (pages, cursor) == (whole, None)
    assert len(whole) == 4


@pytest.mark.parametrize(
    ("paid", "found"),
    [
        (("10000000", "CNY", "2029-07-30"), ("met", "2029-07-30", 0)),
        (("10000000", "CNY", "2029-08-04"), ("late", "2029-08-04", 3)),
        (("4000000", "CNY", "2029-07-30"), ("missed", None, 9)),
        (("4000000", "USD", "2029-07-30"), ("not_known", None, None)),
    ],
)
def test_what_was_subscribed_was_paid_in_time_or_late_or_not_or_nobody_knows(
    enterprises, paid, found
):
    amount, currency, day = paid
    enterprises.now = datetime(2024, 9, 1, tzinfo=UTC)
    tell(enterprises, "registration_reported", established_on="2024-08-01")
    tell(enterprises, "capital_reported", **capital("subscribed", "10000000"))
    enterprises.now = datetime(2029, 8, 10, tzinfo=UTC)
    tell(
        enterprises,
        "capital_reported",
        **capital("paid_in", amount, valid_from=day, currency=currency),
    )

    assert brief(became(enterprises)) == [("pay_capital", 1, "enterprise", "2029-08-01", *found)]


@pytest.mark.parametrize(
    ("adjusted_on", "found"),
    [
        ("2027-06-30", ("met", "2027-06-30", 0)),
        ("2027-07-02", ("late", "2027-07-02", 2)),
        (None, ("missed", None, 10)),
    ],
)
def test_an_older_company_adjusted_its_term_by_the_day_of_the_state_council_or_did_not(
    enterprises, adjusted_on, found
):
    enterprises.now = datetime(2027, 7, 10, tzinfo=UTC)
    old = {"valid_from": "2015-01-01", "pay_by": "2045-01-01"}
    tell(enterprises, "registration_reported", established_on="2015-01-01")
    tell(enterprises, "capital_reported", **capital("subscribed", "10000000", **old))
    if adjusted_on:
        new = {"valid_from": adjusted_on, "pay_by": "2032-06-30"}
        tell(enterprises, "capital_reported", **capital("subscribed", "10000000", **new))

    page = became(enterprises)

    assert brief(page) == [("adjust_capital_term", 1, "enterprise", "2027-06-30", *found)]
    assert page["outcomes"][0]["enterprise_ids"] == [page["outcomes"][0]["thing_id"]]


def test_of_an_older_company_whose_term_was_short_from_the_first_nothing_was_due(enterprises):
    enterprises.now = datetime(2027, 7, 10, tzinfo=UTC)
    short = {"valid_from": "2015-01-01", "pay_by": "2030-01-01"}
    tell(enterprises, "registration_reported", established_on="2015-01-01")
    tell(enterprises, "capital_reported", **capital("subscribed", "10000000", **short))

    assert brief(became(enterprises)) == []
