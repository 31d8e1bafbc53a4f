"""Who would be told what by other rules of alerts, or of silence: asked, and never done."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backbone.errors import Answered
from services.notify.alerts.rules import ALERT_RULES, Severity
from services.notify.feeds.feed import FEED_RULES
from tests.support.rulebooks import compared, in_force, turned

from .conftest import Notify, desk
from .facts import NOON, fact
from .test_feeds import LAST, XIAOYUE, heard, on

RELEASED = "parcels.land_released"
SEVERITY = "alerts.release_ready.severity"
TODAY = NOON.date()


def listening() -> Notify:
    """Two desks, of which one wants to hear of what is grave alone, and a township that reported once."""
    notify = Notify()
    for name in ("all", "grave"):
        least = "critical" if name == "grave" else "info"
        notify.call("subscribe", **desk(name, min_severity=least))
    heard(notify)
    return notify


@pytest.fixture(scope="module")
def notify():
    return listening()


def test_a_graver_alert_reaches_the_desk_that_wants_grave_ones_alone(notify):
    sides, facts = compared(notify, "alerts", {SEVERITY: "critical"})

    assert sides == {
        ("all", RELEASED): ("told (info)", "told (critical)"),
        ("grave", RELEASED): ("not told", "told (critical)"),
    }
    assert facts == []


def test_of_a_fact_that_raises_no_alert_any_more_nobody_is_told(notify):
    written = ALERT_RULES.written(ALERT_RULES.first_day(TODAY))
    written["alerts"] = [each for each in written["alerts"] if each["on"] != RELEASED]
    found = notify.read("compare_rules", topic="alerts", after={"edition": written})

    assert {each["verdict"] for each in found["verdict_changes"]} == {RELEASED}
    assert [each["after"] for each in found["verdict_changes"]] == [None, None]


@settings(max_examples=6, deadline=None)
@given(st.sampled_from(Severity))
def test_whoever_is_told_by_an_edition_gets_the_alert_once_it_is_there(severity):
    notify, changes = listening(), {SEVERITY: severity.value}
    sides, _ = compared(notify, "alerts", changes)
    with in_force(ALERT_RULES, TODAY, changes):
        assert compared(notify, "alerts", changes) == ({}, [])
        before = {each["delivery_id"] for each in notify.deliveries()}
        notify.hear_facts(fact(RELEASED, 500, parcel_id="330604006-0999", case_id="330604006-C9"))
        new = [each for each in notify.deliveries() if each["delivery_id"] not in before]

    says = {"all": "told (info)", "grave": "not told"}
    says |= {name: after for (name, _), (_, after) in sides.items()}
    assert {name for name, said in says.items() if said != "not told"} == {
        each["subscription_id"] for each in new
    }


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 60), st.integers(0, 20))
def test_a_silent_township_is_told_of_as_was_foretold(days, more):
    changes = {"reminders": [{"level": "a", "days": days}, {"level": "b", "days": days + more}]}
    notify = listening()
    notify.now = NOON + timedelta(days=30)  # nobody was told yet
    sides, facts = compared(notify, "feeds", changes)
    with in_force(FEED_RULES, LAST, changes):
        assert compared(notify, "feeds", changes) == ({}, [])
        fresh = listening()
        levels = on(fresh, 30)

    says = turned(sides).get("silence", ("heard of late",) * 2)[1]
    assert says == (f"silent: {levels[0]}" if levels else "heard of late")
    assert [(each["type"], each["data"]["level"]) for each in facts] == [
        ("notify.feed_silent", level) for level in levels
    ]
    assert {thing for thing, _ in sides} <= {XIAOYUE}


def test_why_nothing_is_compared_by_the_other_rulebooks_is_told(notify):
    with pytest.raises(Answered, match="those who have stay"):
        compared(notify, "subscriptions", {"most_active": 5})
