"""What notify hears of the other services."""

from __future__ import annotations

from typing import Any

from backbone import hears
from backbone.messages.envelope import Event

from ..feeds.entrypoints import Feeds
from . import schemas
from .dispatch import dispatch


class Dispatch(Feeds):
    """The part of notify that turns facts into alerts, and alerts into deliveries."""

    store: Any

    @hears("parcels", "#", schemas.AnyFact)
    def hear_parcels(self, event: Event) -> None:
        """Land was reported, remediated, released, blocked or revoked."""
        self._heard(event)

    @hears("enterprises", "#", schemas.AnyFact)
    def hear_enterprises(self, event: Event) -> None:
        """A firm was registered, or its standing changed."""
        self._heard(event)

    @hears("projects", "#", schemas.AnyFact)
    def hear_projects(self, event: Event) -> None:
        """A lead was registered; a listing was drafted, matched, published or withdrawn."""
        self._heard(event)

    @hears("notify", "feed_silent", schemas.AnyFact)
    def hear_silence(self, event: Event) -> None:
        """Nothing has been heard of a township for too long."""
        dispatch(self.store, event)

    @hears("notify", "feed_heard_again", schemas.AnyFact)
    def hear_return(self, event: Event) -> None:
        """A township that was silent reports again."""
        dispatch(self.store, event)

    @hears("notify", "feed_mostly_refused", schemas.AnyFact)
    def hear_refusals(self, event: Event) -> None:
        """Most of what a township reports is refused."""
        dispatch(self.store, event)

    @hears("notify", "alarm_raised", schemas.AnyFact)
    def hear_alarm(self, event: Event) -> None:
        """Prometheus wakes operations."""
        dispatch(self.store, event)

    @hears("notify", "alarm_over", schemas.AnyFact)
    def hear_alarm_over(self, event: Event) -> None:
        """What Prometheus woke operations for is over."""
        dispatch(self.store, event)

    def _heard(self, event: Event) -> None:
        self.follow_feed(event)
        dispatch(self.store, event)
