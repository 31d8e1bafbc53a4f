"""Which teams other rules of the pipeline would tell that nothing is planned: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.projects.pipeline.rulebook import PIPELINE
from tests.support.rulebooks import compared, in_force, turned

from .desk import InvestmentDesk
from .test_next_steps import TIMER

TODAY = date(2024, 3, 10)


def opened() -> InvestmentDesk:
    """A project of 1 March for which nothing is planned."""
    desk = InvestmentDesk()
    desk.on("2024-03-01").project(opened_on="2024-03-01")
    return desk.on(str(TODAY))


@pytest.fixture(scope="module")
def known():
    return opened()


def test_a_stage_that_is_closed_asks_for_no_next_step(known):
    sides, facts = compared(known, "pipeline", {"closed": ["lead"]})

    assert turned(sides) == {
        "state": ("open", "closed"),
        "next_step": ("missing from 2024-03-15 on", None),
    }
    assert facts == []


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 20))
def test_the_team_is_told_as_was_foretold_once_the_edition_is_there(known, days):
    changes = {"next_step_days": days}
    sides, facts = compared(known, "pipeline", changes)
    with in_force(PIPELINE, TODAY, changes):
        assert compared(known, "pipeline", changes) == ({}, [])
        fresh = opened()
        fresh.tick(TIMER)
        told = fresh.facts_named("next_step_missing")

    says = turned(sides).get("next_step", (None, "missing from 2024-03-15 on"))[1]
    assert says.startswith("missing since") is bool(told)
    assert [each["data"] for each in facts] == told
