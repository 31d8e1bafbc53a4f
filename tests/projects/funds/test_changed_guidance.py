"""What other guidance would warn funds of: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.funds.fund import FUND_BOOK
from tests.support.rulebooks import compared, in_force, turned

from .test_funds import FundDesk

SET_UP = date(2023, 6, 8)
GUIDANCE = ("barred_purposes", "reinvestment", "limited_levels")


def desk() -> FundDesk:
    """A fund of the county for talent projects, set up before there was any guidance."""
    desk = FundDesk()
    desk.fund(reinvestment_multiple="2")
    return desk


@pytest.fixture(scope="module")
def known():
    return desk()


def changes_of(names, words):
    asked = {"words": words, "source": "a notice"}
    return {name: asked if name in names else None for name in GUIDANCE}


def test_the_guidance_of_2025_warns_a_fund_of_2023_and_says_who_is_told(known):
    asked = {"before": {"first_day": "2023-01-01"}, "after": {"first_day": "2025-01-07"}}
    found = known.read("compare_rules", topic="funds", **asked)

    [change] = found["verdict_changes"]
    says = [change[side]["says"] for side in ("before", "after")]
    assert says == ["none", "REINVESTMENT_CONDITION, FUND_OF_LIMITED_LEVEL"]
    assert change["after"]["source"] == "国办发〔2025〕1号"
    [fact] = found["supposed_facts"]
    assert fact["type"] == "projects.fund_warned"


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(GUIDANCE)), st.sampled_from([["county"], ["talent_projects"], []]))
def test_the_fund_is_warned_of_what_was_foretold_once_the_edition_is_there(known, names, words):
    changes = changes_of(names, words)
    sides, facts = compared(known, "funds", changes, SET_UP)
    with in_force(FUND_BOOK, SET_UP, changes):
        assert compared(known, "funds", changes, SET_UP) == ({}, [])
        fresh = desk()
        [fund] = fresh.read("list_funds")["items"]
    codes = ", ".join(each["code"] for each in fund["warnings"]) or "none"

    assert turned(sides).get("warnings", ("none", "none")) == ("none", codes)
    assert bool(facts) is (codes != "none")
