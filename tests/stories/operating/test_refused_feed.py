"""A township whose reports are mostly refused is told of it."""

from __future__ import annotations

from tests.support.eventually import eventually


def test_whoever_subscribed_to_a_township_is_told_that_it_is_mostly_refused(park, story):
    own = {"channel": "log", "address": "own", "townships": [story.township]}
    kinds = ["feed_mostly_refused"]
    subscribed = story.write("notify", "subscribe", name="its office", kinds=kinds, **own)

    told = story.write("notify", "tell_mostly_refused", township=story.township)

    asked = {"kind": kinds[0], "township": story.township}
    [alert] = eventually(lambda: park.call("notify", "list_alerts", filter=asked)["items"])
    assert alert["data"] == {"on": told["on"]}
    assert subscribed["subscription_id"] in alert["recipients"]
