"""Feeds: a township from which nothing is heard is told of, and so is its return; and one that is mostly
refused."""

from __future__ import annotations

from typing import Any

from backbone import Collection, command, every, reads
from backbone.messages.envelope import Event
from park.rules import refuse
from park.time import day_of

from . import facts, schemas
from .feed import TownshipFeed
from .rules import no_such_township

TOWNSHIPS = "/townships/"
LOOK_EVERY_S = 3600
MOST = 1000  # townships
KEPT = (Collection(TownshipFeed, key="feed_id", orders=("tell_on", "last_on")),)
EMITTED = facts.EMITTED


class Feeds:
    """The part of notify that notices when a township falls silent."""

    store: Any  # within a handler, the unit of work

    get_township_feed, list_township_feeds, township_feed_history = reads(TownshipFeed)

    def follow_feed(self, event: Event) -> None:
        """A fact that came of a township's report says that its feed is alive. Written once a day, in
        whatever order facts are heard."""
        source, on = event.causation_source or "", day_of(event.time or self.store.now)
        if not source.startswith(TOWNSHIPS):
            return
        township = source.removeprefix(TOWNSHIPS)
        known = self.store.get(TownshipFeed, township)
        if known and on <= known.last_on:
            return
        self.store.save(TownshipFeed(feed_id=township, last_on=on))
        if known and known.told:
            self.store.announce(
                facts.FeedHeardAgain(township=township, last_on=known.last_on, heard_on=on)
            )

    @every(LOOK_EVERY_S)
    def look_for_silent_feeds(self, _: Event) -> None:
        """Tell of each township that has been silent for too long, once for each level."""
        today = self.store.today
        for feed in self.store.find(TownshipFeed, MOST, "tell_on"):
            if feed.tell_on > today:
                return
            after, reminder = feed.told_by(today)
            self.store.save(after)
            if reminder:
                self.store.announce(facts.silent_of(feed, reminder, today))

    @command(schemas.TellMostlyRefused, answers=facts.FeedMostlyRefused)
    def tell_mostly_refused(self, request: dict[str, Any]) -> Any:
        """Have the township told, and whoever else wants to know of it, that most of what it reports is
        refused today. Raises `Refused` for a township that there is not."""
        township, today = request["township"], self.store.today
        refuse(no_such_township(township, today))
        told = facts.FeedMostlyRefused(township=township, on=today)
        self.store.announce(told)
        return self.store.dump(told)
