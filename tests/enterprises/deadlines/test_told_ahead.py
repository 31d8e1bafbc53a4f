"""What is due of a firm's honours and capital is told ahead, once, and taken back when it is not due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..conftest import NOON, Enterprises
from ..honours.test_honours import honour
from ..reports import FIRM

KINDS = ("honour_due", "honour_due_lifted", "capital_due", "capital_due_lifted")


def look(enterprises, day=None):
    """The clock asks on that day; answers what is told by it."""
    if day:
        year, month, date = map(int, day.split("-"))
        enterprises.now = datetime(year, month, date, 4, tzinfo=UTC)
    before = len(enterprises.facts)
    enterprises.tick("tell_deadlines")
    return said(enterprises, before)


def said(enterprises, before=0):
    found = [(name, fact) for name, fact in enterprises.facts[before:] if name in KINDS]
    return [(name, fact.get("due") or fact["level"], fact["due_on"]) for name, fact in found]


def tell(enterprises, type_, **report):
    """A report, and what is told at once by it."""
    before = len(enterprises.facts)
    enterprises.tell(type_, {"enterprise_id": FIRM, "reported_on": "2023-08-01"} | report)
    return said(enterprises, before)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2023-08-17", []),
        ("2023-08-18", [("honour_due", "expiry", "2023-11-16")]),  # 90 days ahead
        ("2023-11-16", [("honour_due", "expiry", "2023-11-16")]),
        ("2023-11-17", []),  # it has ended
    ],
)
def test_an_honour_that_ends_is_told_ninety_days_ahead(enterprises, day, told):
    enterprises.tell("honour_reported", honour())
    assert look(enterprises, day) == told
    assert look(enterprises) == []


def test_a_fact_says_which_honour_of_which_firm_and_how_many_days_are_left(enterprises):
    enterprises.tell("honour_reported", honour())
    look(enterprises)
    [fact] = enterprises.facts_named("honour_due")
    assert fact == {
        "deadline_id": f"{FIRM}:little_giant:national:2020:expiry",
        "enterprise_id": FIRM,
        "township": FIRM[:9],
        "honour": "little_giant",
        "honour_level": "national",
        "year": 2020,
        "due": "expiry",
        "due_on": "2023-11-16",
        "days_left": 87,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"expires_on": "2026-11-16"},  # prolonged
        {"withdrawn_on": "2023-08-01"},
        {"year": 2023, "granted_on": "2023-08-01", "expires_on": "2026-07-31"},  # granted anew
    ],
)
def test_what_was_told_of_an_honour_is_taken_back_at_once(enterprises, change):
    enterprises.tell("honour_reported", honour())
    look(enterprises)
    report = honour(**change, reported_on="2023-08-02")
    assert tell(enterprises, "honour_reported", **report) == [
        ("honour_due_lifted", "expiry", "2023-11-16")
    ]
    assert look(enterprises) == []
    assert look(enterprises, "2023-11-17") == []


def test_an_honour_that_has_simply_ended_is_not_taken_back_and_a_late_prolonging_is(enterprises):
    enterprises.tell("honour_reported", honour())
    look(enterprises)
    assert look(enterprises, "2023-11-20") == []
    later = honour(expires_on="2026-11-16", reported_on="2023-11-18")
    assert tell(enterprises, "honour_reported", **later) == [
        ("honour_due_lifted", "expiry", "2023-11-16")
    ]


def test_an_honour_that_is_prolonged_a_little_is_told_anew_with_its_day(enterprises):
    enterprises.tell("honour_reported", honour())
    look(enterprises)
    later = honour(expires_on="2023-11-18", reported_on="2023-08-02")
    assert tell(enterprises, "honour_reported", **later) == [
        ("honour_due_lifted", "expiry", "2023-11-16")
    ]
    assert look(enterprises) == [("honour_due", "expiry", "2023-11-18")]


def test_a_recheck_is_told_once_also_when_it_is_late_and_lifted_when_it_is_done(enterprises):
    enterprises.tell(
        "honour_reported", honour(expires_on="2030-01-01", recheck_due_on="2023-08-20")
    )
    assert look(enterprises) == [("honour_due", "recheck", "2023-08-20")]
    assert look(enterprises, "2023-09-20") == []
    done = honour(expires_on="2030-01-01", recheck_due_on="2026-08-20", reported_on="2023-09-10")
    assert tell(enterprises, "honour_reported", **done) == [
        ("honour_due_lifted", "recheck", "2023-08-20")
    ]


def test_an_honour_that_ends_with_its_recheck_open_takes_nothing_back(enterprises):
    enterprises.tell("honour_reported", honour(recheck_due_on="2023-08-20"))
    look(enterprises)
    assert look(enterprises, "2023-11-20") == []


# --- capital: a company of 1 August 2024 pays by 1 August 2029


@pytest.fixture
def company(enterprises):
    enterprises.now = datetime(2024, 9, 1, tzinfo=UTC)
    tell(enterprises, "registration_reported", established_on="2024-08-01")
    tell(enterprises, "capital_reported", **capital("subscribed", "10000000"))
    return enterprises


def capital(kind, amount, **more):
    return {"kind": kind, "amount": amount, "valid_from": "2024-08-01"} | more


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2029-02-01", []),
        ("2029-02-02", [("capital_due", "ahead", "2029-08-01")]),  # 180 days ahead
        ("2029-08-01", [("capital_due", "ahead", "2029-08-01")]),
        ("2029-08-02", [("capital_due", "overdue", "2029-08-01")]),
    ],
)
def test_subscribed_capital_is_told_half_a_year_ahead_and_when_it_is_late(company, day, told):
    assert look(company, day) == told
    assert look(company) == []


def test_it_is_told_ahead_and_again_when_it_is_late_and_says_what_is_unpaid(company):
    tell(company, "capital_reported", **capital("paid_in", "4000000"))
    look(company, "2029-03-01")
    assert look(company, "2029-08-02") == [("capital_due", "overdue", "2029-08-01")]
    ahead, late = company.facts_named("capital_due")
    assert (ahead["days_left"], late["days_left"]) == (153, -1)
    assert (late["unpaid"], late["currency"]) == ("6000000.00", "CNY")
    assert "art. 47" in late["source"]


@pytest.mark.parametrize(
    ("change", "lifted"),
    [
        (capital("paid_in", "10000000"), True),
        (capital("paid_in", "9999999"), False),
        (capital("subscribed", "10000000", pay_by="2029-04-01"), True),  # due earlier
    ],
)
def test_what_is_paid_or_due_on_another_day_is_taken_back_at_once(company, change, lifted):
    look(company, "2029-03-01")
    told = tell(company, "capital_reported", **change, reported_on="2024-08-02")
    assert told == ([("capital_due_lifted", "ahead", "2029-08-01")] if lifted else [])


def test_an_older_company_is_told_to_adjust_its_term(enterprises):
    enterprises.now = datetime(2024, 9, 1, tzinfo=UTC)
    tell(enterprises, "registration_reported", established_on="2015-01-01")
    tell(enterprises, "capital_reported", **capital("subscribed", "10000000"))
    assert look(enterprises, "2026-12-31") == []
    assert look(enterprises, "2027-01-01") == [("capital_due", "adjust", "2027-06-30")]
    adjusted = capital("subscribed", "10000000", pay_by="2032-06-30", reported_on="2024-08-02")
    assert tell(enterprises, "capital_reported", **adjusted) == [
        ("capital_due_lifted", "adjust", "2027-06-30")
    ]


REPORTS = [
    honour(),
    honour(expires_on="2023-11-01", reported_on="2023-08-02"),
    honour(expires_on="2023-11-10", recheck_due_on="2023-09-01", reported_on="2023-08-03"),
]


@settings(max_examples=10, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2), st.integers(0, 5))
def test_in_whatever_order_the_reports_and_the_clock_come_the_same_is_told_in_the_end(order, tick):
    enterprises = Enterprises()
    for place, number in enumerate(order):
        at = NOON + timedelta(minutes=number)
        enterprises.tell("honour_reported", REPORTS[number], at=at, id=f"e-{number}")
        if place == tick:
            look(enterprises)
    look(enterprises)
    told = said(enterprises)
    standing = {each[1:] for each in told if each[0] == "honour_due"} - {
        each[1:] for each in told if each[0] == "honour_due_lifted"
    }
    assert standing == {("expiry", "2023-11-10"), ("recheck", "2023-09-01")}
