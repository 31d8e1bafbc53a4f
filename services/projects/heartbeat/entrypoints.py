"""The platform's heartbeat goes on from parcels to notify."""

from __future__ import annotations

from typing import Any

from backbone import hears
from backbone.messages.envelope import Event

from . import facts, schemas

EMITTED = facts.EMITTED


class Heartbeats:
    """The part of projects that passes heartbeats on."""

    store: Any  # within a handler, the unit of work

    @hears("parcels", "heartbeat_heard", schemas.HeartbeatHeard)
    def pass_heartbeat_on(self, event: Event) -> None:
        """The platform's heartbeat came through parcels."""
        self.store.announce(facts.HeartbeatHeard(sent_at=event.data["sent_at"]))
