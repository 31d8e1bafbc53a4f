"""What notify announces about the feeds of townships. It hears of it itself, and tells people."""

from __future__ import annotations

from datetime import date

from backbone.records import record

from .feed import Reminder, TownshipFeed


@record
class FeedSilent:
    """`notify.feed_silent`: nothing has come of any report of the township for so many days."""

    township: str
    last_on: date
    level: str
    silent_days: int


@record
class FeedHeardAgain:
    """`notify.feed_heard_again`: a township whose silence was told reports again."""

    township: str
    last_on: date
    heard_on: date


@record
class FeedMostlyRefused:
    """`notify.feed_mostly_refused`: more than half of what the township reported of late was refused."""

    township: str
    on: date


EMITTED = (FeedSilent, FeedHeardAgain, FeedMostlyRefused)


def silent_of(feed: TownshipFeed, reminder: Reminder, today: date) -> FeedSilent:
    return FeedSilent(
        township=feed.feed_id,
        last_on=feed.last_on,
        level=reminder.level,
        silent_days=(today - feed.last_on).days,
    )
