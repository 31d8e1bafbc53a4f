"""What is subscribed has to be paid, by a day that the law of the day names."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.enterprises.firms.dated import Said
from services.enterprises.profile.firm_profile import (
    Capital,
    CapitalKind,
    FirmProfile,
    Registration,
)
from services.enterprises.profile.rules import capital_due, capital_standing

from ..conftest import NOON, Enterprises
from ..reports import FIRM, TOWNSHIP

SAID = Said(on=date(2026, 1, 1), at=datetime(2026, 1, 1), event_id="e")  # noqa: DTZ001


def capital(kind, amount, valid_from="2024-07-01", pay_by=None, currency="CNY"):
    return Capital(
        kind=CapitalKind(kind),
        amount=Decimal(amount),
        currency=currency,
        valid_from=date.fromisoformat(valid_from),
        pay_by=pay_by and date.fromisoformat(pay_by),
        said=SAID,
    )


def profile(established_on, *stated):
    day = established_on and date.fromisoformat(established_on)
    return FirmProfile(
        enterprise_id=FIRM,
        township=TOWNSHIP,
        registration=Registration(established_on=day, said=SAID),
        capital=tuple(stated),
    )


def due(firm, on):
    found = capital_due(capital_standing(firm, date.fromisoformat(on)))
    return [(each.code, each.due_on and str(each.due_on)) for each in found]


NEW = profile("2024-07-01", capital("subscribed", 100))
OLD = profile("2024-06-30", capital("subscribed", 100, "2020-01-01"))


@pytest.mark.parametrize(
    ("firm", "on", "found"),
    [
        (NEW, "2024-07-01", [("CAPITAL_UNPAID", "2029-07-01")]),
        (NEW, "2029-07-01", [("CAPITAL_UNPAID", "2029-07-01")]),
        (NEW, "2029-07-02", [("CAPITAL_OVERDUE", "2029-07-01")]),
        (OLD, "2024-06-30", []),  # the law of that day names no end
        (OLD, "2024-07-01", [("CAPITAL_TERM_TO_ADJUST", "2027-06-30")]),
        (OLD, "2026-11-28", [("CAPITAL_TERM_TO_ADJUST", "2027-06-30")]),
    ],
)
def test_a_new_company_pays_within_five_years_and_an_older_one_adjusts_its_term(firm, on, found):
    assert due(firm, on) == found


@pytest.mark.parametrize(
    ("pay_by", "found"),
    [
        ("2032-06-30", []),
        ("2032-07-01", [("CAPITAL_TERM_TO_ADJUST", "2027-06-30")]),
    ],
)
def test_an_older_company_with_a_short_term_adjusts_nothing(pay_by, found):
    firm = profile("2010-01-01", capital("subscribed", 100, "2010-01-01", pay_by))
    assert due(firm, "2026-11-28") == found


@pytest.mark.parametrize(
    ("pay_by", "last"), [("2026-12-31", "2026-12-31"), ("2040-01-01", "2029-07-01")]
)
def test_the_articles_of_a_company_shorten_its_term_and_never_lengthen_it(pay_by, last):
    firm = profile("2024-07-01", capital("subscribed", 100, pay_by=pay_by))
    assert due(firm, "2026-11-28") == [("CAPITAL_UNPAID", last)]


@pytest.mark.parametrize(
    ("paid", "found"),
    [
        ("99.99", [("CAPITAL_UNPAID", "2029-07-01")]),
        ("100", []),
        ("100.01", [("MORE_PAID_THAN_SUBSCRIBED", None)]),
    ],
)
def test_what_is_paid_is_not_due(paid, found):
    firm = profile("2024-07-01", capital("subscribed", 100), capital("paid_in", paid))
    assert due(firm, "2026-11-28") == found


def test_a_payment_counts_from_its_day_on():
    firm = profile("2024-07-01", capital("subscribed", 100), capital("paid_in", 100, "2026-05-01"))
    assert due(firm, "2026-04-30") == [("CAPITAL_UNPAID", "2029-07-01")]
    assert due(firm, "2026-05-01") == []


def test_an_increase_has_five_years_of_its_own_and_a_decrease_has_none():
    first, more, less = (
        capital("subscribed", amount, day)
        for amount, day in [(100, "2024-07-01"), (300, "2025-03-01"), (200, "2026-03-01")]
    )
    firm = profile("2024-07-01", first, more, less)
    assert due(firm, "2025-02-28") == [("CAPITAL_UNPAID", "2029-07-01")]
    assert due(firm, "2026-11-28") == [("CAPITAL_UNPAID", "2030-03-01")]


def test_without_the_day_of_establishment_it_is_asked():
    assert due(profile(None, capital("subscribed", 1)), "2026-11-28") == [
        ("ESTABLISHMENT_UNKNOWN", None)
    ]
    assert due(profile(None, capital("registered", 1)), "2026-11-28") == []


def test_no_rate_is_guessed_between_currencies():
    firm = profile(
        "2010-01-01", capital("subscribed", 100), capital("paid_in", 100, currency="USD")
    )
    standing = capital_standing(firm, date(2026, 11, 28))
    assert standing.unpaid is None
    assert due(firm, "2026-11-28") == [
        ("CAPITAL_TERM_TO_ADJUST", "2027-06-30"),
        ("CAPITAL_CURRENCIES_DIFFER", None),
    ]


# --- through the service


def stated(kind="subscribed", amount="10000000", **more):
    report = {"enterprise_id": FIRM, "kind": kind, "amount": amount, "valid_from": "2015-01-01"}
    return report | {"reported_on": "2023-08-01"} | more


def registered(**more):
    report = {"enterprise_id": FIRM, "established_on": "2015-01-01", "reported_on": "2023-08-01"}
    return report | more


def test_the_capital_of_a_day_is_told_with_what_is_due(enterprises):
    enterprises.tell("registration_reported", registered())
    enterprises.tell("capital_reported", stated(pay_by="2045-01-01"))
    enterprises.tell("capital_reported", stated("registered"))
    enterprises.tell("capital_reported", stated("paid_in", "2500000.50", valid_from="2020-01-01"))
    found = enterprises.read("capital_of", enterprise_id=FIRM, on="2026-11-28")
    amounts = [found[name]["amount"] for name in ("registered", "subscribed", "paid_in")]
    assert amounts == ["10000000.00", "10000000.00", "2500000.50"]
    assert found["unpaid"] == "7499999.50"
    [due_then] = found["capital_due"]
    assert (due_then["code"], due_then["due_on"]) == ("CAPITAL_TERM_TO_ADJUST", "2027-06-30")
    assert "公司法" in due_then["source"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"within_days": 213}, []),
        ({"within_days": 214}, [FIRM]),
        ({"township": "330604001"}, []),
        ({"township": TOWNSHIP}, [FIRM]),
    ],
)
def test_what_is_due_is_listed_ahead_of_its_day(enterprises, asked, found):
    enterprises.tell("registration_reported", registered())
    enterprises.tell("capital_reported", stated())
    listed = enterprises.read("capital_due_within", on="2026-11-28", **asked)
    assert [each["enterprise_id"] for each in listed["firms_due"]] == found


def test_the_receipt_says_what_is_due(enterprises):
    enterprises.now = NOON + timedelta(days=365 * 3)
    enterprises.tell("registration_reported", registered())
    assert "2027-06-30" in enterprises.tell("capital_reported", stated())


@pytest.mark.parametrize(
    ("type_", "report"),
    [
        ("capital_reported", stated(amount="1")),
        ("registration_reported", registered(established_on="2001-01-01")),
        ("revenue_reported", None),
    ],
)
def test_an_older_report_that_comes_late_changes_nothing(enterprises, type_, report):
    report = report or {
        "enterprise_id": FIRM,
        "data_year": 2022,
        "source_class": "tax",
        "main_revenue_cny": "1",
        "reported_on": "2023-08-01",
    }
    enterprises.tell(type_, report | {"reported_on": "2023-08-02"})
    before = enterprises.read("get_firm_profile", enterprise_id=FIRM)
    assert "later report stands" in enterprises.tell(type_, report)
    assert enterprises.read("get_firm_profile", enterprise_id=FIRM) == before


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": "-1"}, "INVALID"),
        ({"amount": "1.005"}, "INVALID"),
        ({"currency": "yuan"}, "INVALID"),
        ({"kind": "promised"}, "INVALID"),
        ({"reported_on": "2023-08-23"}, "NOT_YET"),
        ({"enterprise_id": "330604001-E9"}, "NOT_YOUR_TOWNSHIP"),
    ],
)
def test_what_cannot_be_is_refused(enterprises, wrong, code):
    with pytest.raises(Answered) as caught:
        enterprises.tell("capital_reported", stated() | wrong)
    assert [each.code for each in caught.value.reasons] == [code]


REPORTS = [
    ("registration_reported", registered(established_on="2001-01-01", reported_on="2023-07-01")),
    ("registration_reported", registered()),
    ("capital_reported", stated()),
    ("capital_reported", stated(amount="2", reported_on="2023-07-01")),
    ("capital_reported", stated("paid_in", "5")),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations([*range(len(REPORTS))] * 2))
def test_in_whatever_order_they_come_the_same_stands(order):
    enterprises = Enterprises()
    for number in order:
        type_, data = REPORTS[number]
        enterprises.tell(type_, data, at=NOON + timedelta(minutes=number), id=f"e-{number}")
    kept = enterprises.read("get_firm_profile", enterprise_id=FIRM)
    assert kept["registration"]["established_on"] == "2015-01-01"
    assert [each["amount"] for each in kept["capital"]] == ["5.00", "10000000.00"]
