"""A parked message, and the sequence of those that wait behind it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ..messages.outgoing import OutgoingMessage
from ..records import record


@dataclass(frozen=True, kw_only=True)
class Parked:
    """One parked message. `body` is Base64 of the bytes as they came."""

    parked_id: str
    parked_at: datetime
    queue: str
    exchange: str
    routing_key: str
    body: str
    content_type: str | None
    headers: dict[str, Any] = field(default_factory=dict)
    event_id: str | None = None
    event_source: str | None = None
    cause: str
    sentence: str
    attempts: int
    replays: int = 0
    line_id: str | None = None

    @property
    def bytes(self) -> bytes:
        return base64.b64decode(self.body)

    def outgoing(self) -> OutgoingMessage:
        """The message as it goes back to its queue: its own bytes, a fresh count of tries."""
        headers = self.headers | {
            "x-exchange": self.exchange,
            "x-routing-key": self.routing_key,
            "x-replay": self.replays + 1,
        }
        return OutgoingMessage("", self.queue, self.bytes, self.content_type or "", headers)


@record
class MessageSequence:
    """Messages of one subject in one queue, by their `parked_id`. The first holds up the others;
    `by` is who has it done again (a person, or the service itself), empty while nobody has."""

    line_id: str
    ids: tuple[str, ...] = ()
    by: str = ""

    @property
    def is_over(self) -> bool:
        return not self.ids

    def holds_up(self, parked_id: str) -> bool:
        return bool(self.ids) and self.ids[0] != parked_id

    def with_(self, parked_id: str) -> MessageSequence:
        """The sequence with this message in its place. A first message holds up the others."""
        ids = self.ids if parked_id in self.ids else (*self.ids, parked_id)
        return replace(self, ids=ids, by=self.by if self.holds_up(parked_id) else "")
