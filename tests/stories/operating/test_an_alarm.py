"""An alarm of operations reaches whoever subscribed, and its end whoever was told of it."""

from __future__ import annotations

from typing import Any

from tests.support.eventually import eventually


def test_whoever_subscribed_to_alarms_is_told_of_one_and_then_that_it_is_over(park, story):
    own = {"channel": "log", "address": "night", "kinds": ["alarm_raised"]}
    subscribed = story.write("notify", "subscribe", name="night desk", **own)
    alarm = {
        "alarm_id": "b2f5a0c1",
        "alarm": "QueueGrows",
        "where": "queue=parcels.inbox.v1",
        "started_at": "2023-09-11T09:30:00Z",
    }

    def is_told(kind: str) -> bool:
        found: list[dict[str, Any]] = park.call("notify", "list_alerts", filter={"kind": kind})[
            "items"
        ]
        return any(subscribed["subscription_id"] in each["recipients"] for each in found)

    story.write("notify", "raise_alarm", **alarm, level="critical", summary="Reports wait.")
    eventually(lambda: is_told("alarm_raised"))

    story.write("notify", "end_alarm", **alarm, ended_at="2023-09-11T09:41:00Z")
    eventually(lambda: is_told("alarm_over"))
