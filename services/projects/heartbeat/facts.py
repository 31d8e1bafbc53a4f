"""What projects announces of a heartbeat."""

from __future__ import annotations

from datetime import datetime

from backbone.records import record


@record
class HeartbeatHeard:
    """`projects.heartbeat_heard`: a heartbeat has come through parcels as far as here."""

    sent_at: datetime


EMITTED = (HeartbeatHeard,)
