"""The feed of a township: when something last came of its reports, and what was told of its silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook


@record
class Reminder:
    """After so many days of silence this level is told."""

    level: str
    days: int


@record
class FeedRules:
    reminders: tuple[Reminder, ...]


FEED_RULES = Rulebook(Path(__file__).parents[1] / "rulebook" / "feeds", FeedRules)


@record
class TownshipFeed:
    """`feed_id` is the code of the township; `told` counts what was told of the silence since `last_on`."""

    feed_id: str
    last_on: date
    told: int = 0

    @property
    def tell_on(self) -> date:
        """The day of the next reminder, if nothing comes; the last day that there is, if none is left."""
        left = FEED_RULES.on(self.last_on).reminders[self.told :]
        return self.last_on + timedelta(days=left[0].days) if left else date.max

    def told_by(self, today: date) -> tuple[TownshipFeed, Reminder | None]:
        """The feed after today's reminder: the last of those that have come, if any has."""
        come = [r for r in FEED_RULES.on(self.last_on).reminders if self._is_come(r, today)]
        told = max(self.told, len(come))
        return replace(self, told=told), come[-1] if told > self.told else None

    def _is_come(self, reminder: Reminder, today: date) -> bool:
        return self.last_on + timedelta(days=reminder.days) <= today
