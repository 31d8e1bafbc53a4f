"""What the days of silence of any rulebook make of the feeds of townships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings
from park.why.said import OURS

from ..feeds.facts import silent_of
from ..feeds.feed import FeedRules, TownshipFeed


def by_reminders(feeds: Iterable[TownshipFeed], rules: Rulebook[FeedRules], on: date) -> Rulings:
    """Of each feed the gravest level for which it has been silent long enough, and the next one."""
    found: dict[tuple[str, str], Ruling] = {}
    for feed in feeds:
        days = [(feed.told_on(each), each.level) for each in rules.on(feed.last_on).reminders]
        come = [level for day, level in days if day <= on]
        left = [f"{level} on {day}" for day, level in days if day > on]
        says = f"silent: {come[-1]}" if come else "heard of late"
        found[feed.feed_id, "silence"] = Ruling(says=says, source=OURS)
        found[feed.feed_id, "next"] = Ruling(says=left[0] if left else "none left", source=OURS)
    return found


def silence_told(
    feeds: Iterable[TownshipFeed],
    before: Rulebook[FeedRules],
    after: Rulebook[FeedRules],
    on: date,
) -> Iterator[Any]:
    """The facts of townships that would be told to be silent by the other days, beside those by these."""
    for feed in feeds:
        now, _ = feed.told_by(on, before)
        _, reminder = now.told_by(on, after)
        if reminder:
            yield silent_of(feed, reminder, on)
