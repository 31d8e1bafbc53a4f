"""What is due of requests, honours, capital and publicities: who has it, by which clock, who was told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ..deadlines.test_told_ahead import capital, tell
from ..honours.test_honours import honour
from ..reports import FIRM, TOWNSHIP
from ..requests.desk import REQUEST, Desk, received
from ..rounds.conftest import ROUND
from ..rounds.conftest import Desk as RoundDesk


def due(service, **asked):
    return service.read("due", **asked)["dues"]


def brief(found):
    return [(each["thing"], each["what"], each["due_on"], each["days_late"]) for each in found]


@pytest.fixture
def desk():
    desk = Desk("2026-09-14")  # a Monday
    desk.report("received", received())
    return desk


def test_a_late_request_is_told_with_its_office_its_clock_and_who_was_pressed(desk):
    desk.day("2026-09-16")

    assert due(desk) == [
        {
            "service": "enterprises",
            "thing": "service_request",
            "thing_id": REQUEST,
            "what": "hand_over",
            "decision": None,
            "about_id": f"{TOWNSHIP}-E9",
            "enterprise_ids": [f"{TOWNSHIP}-E9"],
            "holder": "service_desk",
            "township": TOWNSHIP,
            "due_on": "2026-09-15",
            "days_late": 1,
            "stands_still": False,
            "rule": "request_clocks: service.hand_over",
            "counting": "working_days",
            "length": 1,
            "source": "practice: handed on within one working day, answered within five; not confirmed",
            "reminded": [{"level": "reminder", "on": "2026-09-16"}],
            "next_reminder": {"level": "supervised", "on": "2026-09-20"},
            "state_at_deadline": "received, held by service_desk",
        }
    ]


def test_how_a_request_stood_when_the_offices_closed_stays_when_another_office_has_it_later(desk):
    desk.enter("hand_over_request", departments=["economy"])
    desk.day("2026-09-22")
    [before] = due(desk, holder="economy")
    desk.enter("hand_over_request", departments=["planning"])

    assert before["state_at_deadline"] == "handed_over, held by economy"
    assert due(desk, holder="economy") == []
    assert due(desk, holder="planning")[0]["state_at_deadline"] == before["state_at_deadline"]


@pytest.mark.parametrize(
    ("steps", "length", "counting", "rule"),
    [
        ([], 10, "working_days", "request_clocks: payment_complaint.pass_on"),
        (
            [("hand_over_request", {"departments": ["economy"]})],
            30,
            "calendar_days",
            "request_clocks: payment_complaint.answer",
        ),
        (
            [
                ("hand_over_request", {"departments": ["economy"]}),
                (
                    "extend_request",
                    {"until_on": "2026-11-01", "text": "It is complex.", "approved": True},
                ),
            ],
            None,
            "named",
            "request_clocks: payment_complaint.answer, extended",
        ),
    ],
)
def test_a_day_is_counted_as_its_clock_says_or_was_named_by_an_extension(
    steps, length, counting, rule
):
    desk = Desk("2026-09-14")
    desk.report("received", received(clock="payment_complaint", topic="payment"))
    for method, given in steps:
        desk.enter(method, **given)

    [found] = due(desk, within_days=100)

    assert (found["length"], found["counting"], found["rule"]) == (length, counting, rule)
    assert found["source"] == "保障中小企业款项支付条例 (2025-06-01) art. 25"


def test_a_request_that_waits_for_the_calendar_of_a_year_is_told_without_a_day(desk):
    late = Desk("2035-12-31")
    late.report("received", received())

    assert brief(due(late)) == [("service_request", "hand_over", None, 0)]
    assert due(late, late=True) == []


def test_an_answered_request_is_not_due(desk):
    desk.enter("answer_request", department="service_desk", text="Done.")

    assert due(desk, within_days=100) == []


@pytest.mark.parametrize(
    ("on", "told_next"),
    [
        ("2026-09-15", {"level": "reminder", "on": "2026-09-16"}),
        ("2026-09-16", {"level": "supervised", "on": "2026-09-20"}),
        ("2026-09-19", {"level": "supervised", "on": "2026-09-20"}),
    ],
)
def test_the_next_reminder_of_a_request_is_one_that_is_still_to_come(desk, on, told_next):
    assert due(desk, on=on)[0]["next_reminder"] == told_next


def test_a_township_finds_the_request_of_another_one_that_it_holds(desk):
    desk.enter("hand_over_request", departments=["330604001"])

    for township in (TOWNSHIP, "330604001"):
        assert [each["thing_id"] for each in due(desk, township=township)] == [REQUEST]
    assert due(desk, township="330604002") == []


def test_an_honour_ends_by_its_day_or_by_the_term_of_its_kind_and_is_told_ahead(enterprises):
    enterprises.tell("honour_reported", honour())
    [ahead] = due(enterprises, within_days=100, on="2023-08-17")
    enterprises.tick("tell_deadlines")
    [told] = due(enterprises, within_days=100)

    assert brief([ahead]) == [("honour", "expiry", "2023-11-16", 0)]
    assert (ahead["thing_id"], ahead["about_id"]) == (f"{FIRM}:little_giant:national:2020", FIRM)
    assert (ahead["counting"], ahead["rule"]) == ("named", "honour: expires_on")
    assert ahead["next_reminder"] == {"level": "ahead", "on": "2023-08-18"}
    assert (told["reminded"], told["next_reminder"]) == ([{"level": "ahead", "on": None}], None)


def test_an_honour_without_a_day_of_its_own_ends_by_its_term(enterprises):
    enterprises.tell("honour_reported", honour(expires_on=None))

    [found] = due(enterprises, within_days=100)

    assert (found["length"], found["counting"]) == (36, "months")
    assert found["rule"] == "honours: valid_years"


def test_a_recheck_that_was_not_done_is_late_as_long_as_the_honour_stands(enterprises):
    enterprises.tell(
        "honour_reported", honour(expires_on="2030-01-01", recheck_due_on="2023-08-20")
    )

    assert brief(due(enterprises)) == [("honour", "recheck", "2023-08-20", 1)]


def test_a_recheck_whose_day_was_mistyped_is_very_late_and_nothing_breaks(enterprises):
    days = {"granted_on": "0001-01-01", "expires_on": "2030-01-01"}
    enterprises.tell("honour_reported", honour(**days, recheck_due_on="0001-01-02"))

    [found] = due(enterprises)

    assert (found["due_on"], found["next_reminder"]) == ("0001-01-02", None)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        ("2029-02-01", [("capital", "pay_capital", "2029-08-01", 0)]),
        ("2029-08-01", [("capital", "pay_capital", "2029-08-01", 0)]),
        ("2029-08-02", [("capital", "pay_capital", "2029-08-01", 1)]),
    ],
)
def test_capital_is_due_by_the_law_of_the_day_and_told_ahead(enterprises, on, found):
    enterprises.now = datetime(2024, 9, 1, tzinfo=UTC)
    tell(enterprises, "registration_reported", established_on="2024-08-01")
    tell(enterprises, "capital_reported", **capital("subscribed", "10000000"))

    told = due(enterprises, on=on, within_days=200)

    assert brief(told) == found
    assert told[0]["source"].startswith("公司法 (2023 revision")
    is_to_come = {"level": "ahead", "on": "2029-02-02"} if on < "2029-02-02" else None
    assert told[0]["next_reminder"] == is_to_come
    assert (told[0]["length"], told[0]["counting"]) == (60, "months")


def test_capital_that_the_articles_want_earlier_has_a_day_that_was_named(enterprises):
    enterprises.now = datetime(2024, 9, 1, tzinfo=UTC)
    tell(enterprises, "registration_reported", established_on="2024-08-01")
    articles = capital("subscribed", "10000000", pay_by="2025-01-31")
    tell(enterprises, "capital_reported", **articles)

    [found] = due(enterprises, within_days=200)

    assert (found["due_on"], found["length"], found["counting"]) == ("2025-01-31", None, "named")


def test_objections_are_heard_until_the_last_day_of_a_publicity():
    desk = RoundDesk()
    desk.survey(1)
    desk.firm(1)
    desk.open()
    published = desk.step("publicise_areas", "2023-07-01")["published_last"]

    [found] = due(desk, on="2023-07-01", township=TOWNSHIP)

    assert (found["thing_id"], found["what"], found["due_on"]) == (ROUND, "objections", published)
    assert found["township"] == TOWNSHIP
    assert (found["length"], found["counting"]) == (8, "calendar_days")
    assert due(desk, on=published, holder="enterprise") != []
    assert due(desk, on="2023-07-20") == []  # it is over
    assert due(desk, on="2023-07-01", township="330604001") == []


def test_what_was_paid_of_the_capital_at_its_deadline_stays_whatever_is_paid_afterwards(
    enterprises,
):
    enterprises.now = datetime(2024, 9, 1, tzinfo=UTC)
    tell(enterprises, "registration_reported", established_on="2024-08-01")
    tell(enterprises, "capital_reported", **capital("subscribed", "10000000"))
    [before] = due(enterprises, on="2029-08-02")
    enterprises.now = datetime(2029, 8, 10, tzinfo=UTC)
    tell(enterprises, "capital_reported", **capital("paid_in", "4000000", valid_from="2029-07-30"))

    [found] = due(enterprises)

    assert (
        before["state_at_deadline"] is None
    )  # its day is still to come, whatever day is asked for
    assert (found["days_late"], found["state_at_deadline"]) == (9, "paid nothing of 10000000 CNY")


def test_how_an_honour_stood_when_its_recheck_was_due_stays_until_it_is_done(enterprises):
    enterprises.tell(
        "honour_reported", honour(expires_on="2030-01-01", recheck_due_on="2023-08-25")
    )
    enterprises.now = datetime(2023, 8, 27, 4, tzinfo=UTC)

    [found] = due(enterprises)

    assert (found["days_late"], found["state_at_deadline"]) == (2, "stands")


@pytest.mark.parametrize("on", ["2026-09-15", "2026-09-16", "2026-09-20", "2026-09-21"])
def test_the_requests_that_a_weekly_report_has_overdue_are_those_that_the_ledger_has_late(desk, on):
    handed_on = f"{TOWNSHIP}-R2"
    desk.report("received", received(service_request_id=handed_on))
    desk.enter("hand_over_request", service_request_id=handed_on, departments=["economy"])
    desk.day(on)

    found = desk.read("period_figures", **{"from": "2026-09-14", "to": on})
    figures = {each["figure"]["figure"]: each for each in found}
    overdue = {part["thing_id"] for part in figures["requests_overdue"]["parts"]}

    assert overdue == {each["thing_id"] for each in due(desk, late=True)}
