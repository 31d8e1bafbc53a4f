"""What parcels announces of a heartbeat."""

from __future__ import annotations

from datetime import datetime

from backbone.records import record


@record
class HeartbeatHeard:
    """`parcels.heartbeat_heard`: what was sent like a report of a township has come as far as here."""

    sent_at: datetime


EMITTED = (HeartbeatHeard,)
