"""What other terms of honours and of capital would make of firms, and who would be told how far ahead:
asked, and never done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enterprises.deadlines.told import AHEAD
from services.enterprises.honours.honours import HONOUR_KINDS
from services.enterprises.profile.rulebook import CAPITAL_TERMS
from tests.support.rulebooks import compared, in_force

from ..conftest import Enterprises
from ..honours.test_honours import honour
from ..reports import FIRM, firm
from .test_told_ahead import KINDS, look

TODAY = date(2026, 8, 21)
HONOUR = "little_giant national 2023"
YEARS, WITHIN = "little_giant.valid_years", "within_years"


def reported() -> Enterprises:
    """A firm with an honour of September 2023 and capital that is owed since July 2024."""
    enterprises = Enterprises()
    enterprises.now = datetime(TODAY.year, TODAY.month, TODAY.day, 4, tzinfo=UTC)
    enterprises.report(firm())
    of_2023 = {"year": 2023, "granted_on": "2023-09-01", "expires_on": None}
    enterprises.tell("honour_reported", honour(**of_2023))
    about = {"enterprise_id": FIRM, "reported_on": "2025-01-01"}
    enterprises.tell("registration_reported", about | {"established_on": "2024-07-01"})
    owed = {"kind": "subscribed", "amount": "100", "valid_from": "2024-07-01"}
    enterprises.tell("capital_reported", about | owed)
    return enterprises


@pytest.fixture
def enterprises():
    return reported()


def told(enterprises):
    """What the clock tells now, by fact and day."""
    before = len(enterprises.facts)
    enterprises.now += timedelta(hours=1)
    enterprises.tick("tell_deadlines")
    found = [(name, fact) for name, fact in enterprises.facts[before:] if name in KINDS]
    return sorted((f"enterprises.{name}", fact["due_on"]) for name, fact in found)


def days_of(facts):
    return sorted((each["type"], each["data"]["due_on"]) for each in facts)


def test_a_shorter_term_ends_an_honour_and_takes_back_what_was_told_of_it(enterprises):
    assert look(enterprises) == [("honour_due", "expiry", "2026-08-31")]
    sides, facts = compared(enterprises, "honours", {YEARS: 2})

    assert sides == {
        (FIRM, f"honour {HONOUR}"): ("stands", "does not stand"),
        (FIRM, f"term {HONOUR}"): ("until 2026-08-31", "until 2025-08-31"),
    }
    assert days_of(facts) == [("enterprises.honour_due_lifted", "2026-08-31")]


def test_why_an_honour_ends_is_told_by_the_years_that_its_kind_is_valid(enterprises):
    asked = {"topic": "honours", "after": {"changes": {YEARS: 2}}}
    found = enterprises.read("compare_rules", **asked)["verdict_changes"]

    whys = {(s["figure"], s["unit"]) for each in found for s in (each["before"], each["after"])}
    assert whys == {("3", "years"), ("2", "years")}


def test_a_shorter_law_makes_capital_overdue_and_says_who_is_told(enterprises):
    sides, facts = compared(enterprises, "capital", {WITHIN: 2})

    assert sides == {(FIRM, "capital"): ("ahead by 2029-07-01", "overdue by 2026-07-01")}
    [fact] = facts
    assert (fact["type"], fact["data"]["level"]) == ("enterprises.capital_due", "overdue")


def test_the_law_of_a_day_of_before_names_no_end_for_capital(enterprises):
    asked = {"before": {"first_day": "2024-07-01"}, "after": {"first_day": "2014-03-01"}}
    found = enterprises.read("compare_rules", topic="capital", **asked)

    [change] = found["verdict_changes"]
    assert [change[side]["says"] for side in ("before", "after")] == [
        "ahead by 2029-07-01",
        "nothing due",
    ]
    assert "2013" in change["after"]["source"]


def test_more_days_ahead_tell_what_is_not_near_yet(enterprises):
    sides, facts = compared(enterprises, "deadlines", {"capital_days": 1200, "expiry_days": 5})

    assert sides == {
        (FIRM, "capital ahead"): (None, "told, due 2029-07-01"),
        (FIRM, "expiry " + HONOUR): ("told, due 2026-08-31", None),
    }
    assert days_of(facts) == [("enterprises.capital_due", "2029-07-01")]


RULEBOOKS = {
    "honours": (HONOUR_KINDS, st.fixed_dictionaries({YEARS: st.integers(1, 8)})),
    "capital": (
        CAPITAL_TERMS,
        st.fixed_dictionaries({WITHIN: st.integers(1, 8), "new_from": st.dates().map(str)}),
    ),
    "deadlines": (
        AHEAD,
        st.fixed_dictionaries(
            {name: st.integers(0, 1500) for name in ("expiry_days", "capital_days")}
        ),
    ),
}


@pytest.mark.parametrize("topic", RULEBOOKS)
@settings(max_examples=12, deadline=None)
@given(st.data())
def test_what_is_foretold_is_what_is_said_and_told_once_the_edition_is_there(topic, data):
    rulebook, editions = RULEBOOKS[topic]
    changes, enterprises = data.draw(editions), reported()
    on = date(2023, 9, 1) if topic == "honours" else TODAY
    told(enterprises)
    sides, facts = compared(enterprises, topic, changes)
    with in_force(rulebook, on, changes):
        assert compared(enterprises, topic, changes) == ({}, [])
        honours = enterprises.read("honours_of", enterprise_id=FIRM)["honours"]
        capital = enterprises.read("capital_of", enterprise_id=FIRM)["capital_due"]
        assert told(enterprises) == days_of(facts)
    says = {verdict: after for (_, verdict), (_, after) in sides.items()}
    if topic == "honours":
        assert says.get(f"term {HONOUR}", "until 2026-08-31") == f"until {honours[0]['expires_on']}"
        assert (says.get(f"honour {HONOUR}", "stands") == "stands") is honours[0]["stands"]
    elif topic == "capital":
        due_on = capital[0]["due_on"] if capital else None
        assert (due_on or "nothing due") in says.get("capital", "ahead by 2029-07-01")
