"""Which winners would be told to settle by other rules of contests: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.contests.contest import CONTEST_BOOK
from tests.support.rulebooks import compared, in_force, turned

from ..desk import at
from .hall import Hall

TODAY = date(2023, 10, 1)  # fifty days before its winner is to settle


def won() -> Hall:
    hall = Hall()
    hall.project()
    hall.entry()
    hall.moment = at(str(TODAY))
    return hall


@pytest.fixture(scope="module")
def known():
    return won()


def test_another_stage_that_counts_as_landed_settles_the_winner(known):
    sides, facts = compared(known, "contests", {"landed": ["signed"]})

    [(verdict, (before, after))] = turned(sides).items()
    assert (verdict, before, after[:3], facts) == ("landed", "not yet", "on ", [])


@settings(max_examples=15, deadline=None)
@given(st.integers(30, 70))
def test_the_winner_is_told_of_as_was_foretold_once_the_edition_is_there(known, days):
    changes = {"remind_days": days}
    sides, facts = compared(known, "contests", changes)
    with in_force(CONTEST_BOOK, TODAY, changes):
        assert compared(known, "contests", changes) == ({}, [])
        fresh = won()
        fresh.tick("remind_of_settlements")
        told = fresh.facts_named("settlement_due")

    assert [each["data"] for each in facts] == told
    assert turned(sides) == ({"settlement": ("nothing to tell", "due")} if told else {})
    assert bool(told) is (days >= 50)
