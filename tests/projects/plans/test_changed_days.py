"""Of which offer plans it would be told by other days that they lie: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.plans.rulebook import PLAN_BOOK
from tests.support.rulebooks import compared, in_force, turned

from ..desk import at
from .office import Office

TODAY = date(2023, 8, 20)
DAYS = "lies_after_days.submitted"


def submitted() -> Office:
    """An offer plan that has waited since 25 July."""
    office = Office()
    office.submit()
    office.moment = at(str(TODAY))
    return office


@pytest.fixture(scope="module")
def office():
    return submitted()


@settings(max_examples=6, deadline=None)
@given(st.integers(20, 40))
def test_a_plan_lies_as_was_foretold_once_the_edition_is_there(office, days):
    sides, facts = compared(office, "plans", {DAYS: days})
    with in_force(PLAN_BOOK, TODAY, {DAYS: days}):
        assert compared(office, "plans", {DAYS: days}) == ({}, [])
        fresh = submitted()
        fresh.tick("look_for_lying_plans")
        told = fresh.facts_named("offer_plan_lies")

    says = turned(sides).get("lies", (None, "lies from 2023-08-25 on"))[1]
    assert says.startswith("lies since") is bool(told)
    assert [each["data"] for each in facts] == told


def test_a_plan_that_was_told_to_lie_and_does_not_is_taken_back():
    office = submitted().on("2023-08-26")
    office.tick("look_for_lying_plans")
    sides, facts = compared(office, "plans", {DAYS: 60})

    assert turned(sides) == {"lies": ("lies since 2023-08-25", "lies from 2023-09-24 on")}
    assert [each["type"] for each in facts] == ["projects.offer_plan_lies_lifted"]
