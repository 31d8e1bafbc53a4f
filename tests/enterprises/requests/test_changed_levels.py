"""How late other levels would find open requests, and who would be told: asked, and never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.enterprises.requests.levels import DESK
from tests.support.rulebooks import compared, in_force

from .desk import REQUEST, Desk, moment, received

TODAY = date(2026, 9, 20)


def late() -> Desk:
    """A request that was to be handed over by 15 September."""
    desk = Desk("2026-09-14")
    desk.report("received", received())
    desk.now = moment(str(TODAY))
    return desk


@pytest.fixture(scope="module")
def desk():
    return late()


def test_a_level_that_comes_later_presses_nobody_yet(desk):
    sides, facts = compared(desk, "service_desk", {"levels.supervised": 9})

    assert sides == {(REQUEST, "late"): ("late: supervised", "late: reminder")}
    assert [(each["type"], each["data"]["level"]) for each in facts] == [
        ("enterprises.request_escalated", "reminder")
    ]


@settings(max_examples=15, deadline=None)
@given(st.integers(-5, 9), st.integers(0, 9))
def test_the_desk_is_told_what_was_foretold_once_the_edition_is_there(desk, one, more):
    changes = {"levels": {"reminder": one, "supervised": one + more}}
    sides, _ = compared(desk, "service_desk", changes)
    with in_force(DESK, TODAY, changes):
        assert compared(desk, "service_desk", changes) == ({}, [])
        fresh = late()
        fresh.tick("escalate_requests")
        levels = [each["level"] for each in fresh.facts_named("request_escalated")]

    says = sides.get((REQUEST, "late"), ("late: supervised",) * 2)[1]
    assert says == (f"late: {levels[0]}" if levels else "in time")


def test_a_level_that_is_no_more_is_reached_by_nobody(desk):
    told = late()
    told.tick("escalate_requests")
    sides, facts = compared(told, "service_desk", {"levels": {"reminder": 1}})

    assert (list(sides.values()), facts) == ([("late: supervised", "late: reminder")], [])
