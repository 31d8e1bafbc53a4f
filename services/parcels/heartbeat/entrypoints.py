"""The platform's heartbeat comes by the way of every report, and goes on by the way of every fact."""

from __future__ import annotations

from typing import Any

from backbone import hears
from backbone.messages.envelope import Event
from park.rules import refuse

from . import facts, schemas
from .rules import not_the_platform

EMITTED = facts.EMITTED


class Heartbeats:
    """The part of parcels that passes heartbeats on."""

    store: Any  # within a handler, the unit of work

    @hears("township", "heartbeat", schemas.Heartbeat)
    def pass_heartbeat_on(self, event: Event) -> None:
        """The platform's own heartbeat, which no township sends."""
        refuse(not_the_platform(event.publisher))
        self.store.announce(facts.HeartbeatHeard(sent_at=event.data["sent_at"]))
