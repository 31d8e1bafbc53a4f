"""The end of the chain: how old the newest heartbeat is that came through each service before this one.

Nothing of it is kept: the metric is all. It is this process's own, and deciding a heartbeat anew says the
same of it again. A process that takes no events grows old, so the youngest of several counts.
"""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any

from backbone import hears, metrics
from backbone.messages.envelope import Event

from . import schemas

_newest: dict[str, datetime] = {}


class Heartbeats:
    """The part of notify that looks at the clock when a heartbeat comes."""

    store: Any  # within a handler, the unit of work

    @hears("parcels", "heartbeat_heard", schemas.HeartbeatHeard)
    def hear_parcels_beat(self, event: Event) -> None:
        """The platform's heartbeat came through parcels."""
        self._note("parcels", event)

    @hears("projects", "heartbeat_heard", schemas.HeartbeatHeard)
    def hear_projects_beat(self, event: Event) -> None:
        """The platform's heartbeat came through parcels and projects."""
        self._note("projects", event)

    def _note(self, service: str, event: Event) -> None:
        if self.store.supposes:
            return
        sent_at = event.data["sent_at"]
        newest = _newest[service] = max(sent_at, _newest.get(service, sent_at))
        age = metrics.heartbeat_age.labels(service)
        age.set_function(lambda: time.time() - newest.timestamp())
