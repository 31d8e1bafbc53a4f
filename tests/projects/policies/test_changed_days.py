"""Who would be told of the end of a policy by other days: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.policies.condition import POLICY_BOOK
from tests.support.rulebooks import compared, in_force, turned

from ..desk import at
from .office import Office

TODAY = date(2025, 10, 20)


def recorded() -> Office:
    """A policy that ends on 31 December."""
    office = Office()
    office.policy()
    office.moment = at(str(TODAY))
    return office


@pytest.fixture(scope="module")
def office():
    return recorded()


@settings(max_examples=8, deadline=None)
@given(st.integers(50, 100))
def test_the_end_is_told_as_was_foretold_once_the_edition_is_there(office, days):
    changes = {"told_days_before": days}
    sides, facts = compared(office, "policies", changes)
    with in_force(POLICY_BOOK, TODAY, changes):
        assert compared(office, "policies", changes) == ({}, [])
        fresh = recorded()
        fresh.tick("look_for_ending_policies")
        told = fresh.facts_named("policy_ending")

    is_near = days >= (date(2025, 12, 31) - TODAY).days
    says = {"end policy": ("not near", "ending")} if is_near else {}
    assert {name: both for name, both in turned(sides).items() if name == "end policy"} == says
    assert ([each["data"] for each in facts], bool(told)) == (told, is_near)


def test_an_end_that_was_told_and_is_not_near_by_fewer_days_is_taken_back():
    office = recorded().on("2025-11-20")
    sides, facts = compared(office, "policies", {"told_days_before": 10})

    assert turned(sides)["end policy"] == ("ending", "not near")
    assert [each["type"] for each in facts] == ["projects.policy_ending_lifted"]
