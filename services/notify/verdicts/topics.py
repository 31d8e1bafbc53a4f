"""The rulebooks of notify by which things are compared."""

from __future__ import annotations

from pathlib import Path

from park.verdicts.topic import Topic, Topics, judged_by

from ..alerts.rules import ALERT_RULES
from ..feeds.feed import FEED_RULES, TownshipFeed
from ..subscriptions.subscription import Subscription, SubscriptionState
from .feeds import by_reminders, silence_told
from .subscriptions import by_alert_rules

FOLDER = Path(__file__).parents[1] / "rulebook"
TOPICS: Topics = {
    "alerts": Topic(
        rulebook=ALERT_RULES,
        thing="subscription",
        judges="of which facts a subscription is told, and how grave each is",
        kind=Subscription,
        where={"state": SubscriptionState.ACTIVE},
        judge=judged_by(by_alert_rules),
    ),
    "feeds": Topic(
        rulebook=FEED_RULES,
        thing="township_feed",
        judges="for which level a township has been silent long enough, and when the next one is told",
        kind=TownshipFeed,
        judge=judged_by(by_reminders, silence_told),
    ),
}
