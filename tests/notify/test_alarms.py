"""An alarm of operations is told once to whoever subscribed, and its end to whoever was told it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backbone.errors import Answered

from .conftest import Notify, desk

RAISED = {
    "alarm_id": "b2f5a0c1d3e4f567",
    "alarm": "ServiceNotReady",
    "level": "critical",
    "summary": "A service cannot work, and says why at /readyz.",
    "where": "instance=parcels:8001 service=parcels",
    "runbook": "http://localhost:8005/runbooks/service-not-ready.md",
    "started_at": "2023-09-11T09:30:00Z",
}
OVER = {
    **{name: RAISED[name] for name in ("alarm_id", "alarm", "where", "started_at")},
    "ended_at": "2023-09-11T09:41:00Z",
}


@pytest.fixture
def notify() -> Notify:
    notify = Notify()
    notify.call("subscribe", **desk("night", kinds=["alarm_raised"], min_severity="critical"))
    notify.call("subscribe", **desk("day", kinds=["release_ready"]))
    return notify


def tell(notify: Notify, method: str, *, time: int = 0, **given: Any) -> None:
    """Have it told, so many seconds after another."""
    notify.now += timedelta(seconds=time)
    notify.call(method, **given)
    notify.hear_itself()


def told(notify: Notify) -> list[tuple[str, str, list[str]]]:
    return [(each["kind"], each["severity"], each["recipients"]) for each in notify.alerts()]


def test_it_reaches_whoever_subscribed_with_what_it_means_and_where_to_read_on(notify):
    tell(notify, "raise_alarm", **RAISED)

    assert told(notify) == [("alarm_raised", "critical", ["night"])]
    [alert] = notify.alerts()
    assert alert["text"].startswith(RAISED["summary"])
    assert RAISED["where"] in alert["text"]
    assert f"What to do is in {RAISED['runbook']}." in alert["text"]


def test_without_a_page_nothing_is_said_of_one(notify):
    tell(notify, "raise_alarm", **{**RAISED, "runbook": None})

    assert "What to do" not in notify.alerts()[0]["text"]


def test_told_again_by_another_alertmanager_it_is_one_alert(notify):
    for _ in range(2):
        tell(notify, "raise_alarm", **RAISED)

    assert told(notify) == [("alarm_raised", "critical", ["night"])]


def test_its_end_is_told_to_whoever_was_told_of_it_whatever_they_subscribed_to(notify):
    tell(notify, "raise_alarm", **RAISED)
    tell(notify, "end_alarm", time=60, **OVER)

    assert sorted(told(notify)) == [
        ("alarm_over", "info", ["night"]),
        ("alarm_raised", "critical", ["night"]),
    ]


def test_one_that_matters_less_reaches_nobody_who_wants_the_critical_ones(notify):
    tell(notify, "raise_alarm", **{**RAISED, "level": "warning"})

    assert told(notify) == [("alarm_raised", "warning", [])]


def test_nothing_is_over_before_it_began(notify):
    with pytest.raises(Answered, match=r"ended_at.*Give a moment from started_at on"):
        notify.call("end_alarm", **{**OVER, "ended_at": "2023-09-11T09:29:59Z"})
