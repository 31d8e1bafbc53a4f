"""Which plans of platforms, and which pieces of progress, another list of kinds would refuse: asked, and
never done."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.projects.platforms.platform import PLATFORM_BOOK
from tests.support.rulebooks import compared, in_force, turned

from .zone import PROGRESS, YOUTH_VALLEY, Zone

TODAY = date(2023, 8, 1)
KINDS = ("industrial", "infrastructure", "service")


@pytest.fixture(scope="module")
def zone():
    """A target of industrial projects, and one of them that landed."""
    zone = Zone()
    zone.call("record_platform_progress", **PROGRESS)
    return zone


def taken(zone, method, **given):
    try:
        zone.call(method, **given)
    except Answered as problem:
        return f"refused: {problem}"
    return "taken"


def test_a_kind_that_is_no_more_leaves_plan_and_progress_without_one(zone):
    changes = {"project_kinds": {"service": "service project"}}
    sides, facts = compared(zone, "platforms", changes)
    found = zone.read("compare_rules", topic="platforms", after={"changes": changes})

    assert turned(sides) == {
        "plan": ("would be taken", "would be refused"),
        "progress R1": ("would be taken", "would be refused"),
    }
    reasons = [each["after"]["reason"] for each in found["verdict_changes"]]
    assert {each["code"] for each in reasons} == {"PROJECT_KIND_UNKNOWN"}
    assert facts == []


@settings(max_examples=8, deadline=None)
@given(st.sets(st.sampled_from(KINDS), min_size=1))
def test_what_would_be_refused_is_refused_once_the_list_is_there(zone, kinds):
    changes = {"project_kinds": {each: each for each in kinds}}
    sides, _ = compared(zone, "platforms", changes)
    with in_force(PLATFORM_BOOK, TODAY, changes):
        assert compared(zone, "platforms", changes) == ({}, [])
        now = {
            "plan": taken(zone, "record_platform", **YOUTH_VALLEY),
            "progress R1": taken(zone, "record_platform_progress", **PROGRESS),
        }

    says = {verdict: after for verdict, (_, after) in turned(sides).items()}
    for verdict, answer in now.items():
        kept = says.get(verdict, "would be taken")
        code = "taken" if kept == "would be taken" else "PROJECT_KIND_UNKNOWN"
        assert code in answer
