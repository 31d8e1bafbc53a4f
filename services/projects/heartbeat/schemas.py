"""What is heard of a heartbeat."""

from __future__ import annotations

from backbone.messages.contract import Fact
from park.fields import Moment


class HeartbeatHeard(Fact):
    sent_at = Moment(required=True)
