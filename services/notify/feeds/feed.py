"""The feed of a township: when something last came of its reports, and what was told of its silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook, hold_within


@record
class Reminder:
    """After so many days of silence this level is told."""

    level: str
    days: int

    def __post_init__(self) -> None:
        hold_within(0, 3660, days=self.days)


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
        return self.told_on(left[0]) if left else date.max

    def told_on(self, reminder: Reminder) -> date:
        return self.last_on + timedelta(days=reminder.days)

    def told_by(
        self, today: date, rules: Rulebook[FeedRules] = FEED_RULES
    ) -> tuple[TownshipFeed, Reminder | None]:
        """The feed after today's reminder: the last of those that have come, if any has."""
        reminders = rules.on(self.last_on).reminders
        come = [each for each in reminders if self.told_on(each) <= today]
        told = max(self.told, len(come))
        return replace(self, told=told), come[-1] if told > self.told else None
