"""The contract of a heartbeat."""

from __future__ import annotations

from backbone.messages.contract import Contract
from park.fields import Moment


class Heartbeat(Contract):
    sent_at = Moment(required=True)
