"""Messages set aside for a person: why, what they were to the byte, and what was done with them.

A message is parked when no further try can help. It can be listed, shown, replayed (it goes back to
the queue that it came from, as it was) and discarded with a reason; each is audited.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import isfinite
from typing import Any

import msgspec

from .atomic import Batch
from .errors import NotFound, Reason, Refused
from .settings import Settings
from .store import Shelf, reaching_redis
from .work import Posting


@dataclass(frozen=True, kw_only=True)
class Parked:
    """One message set aside. `body` is Base64 of the bytes as they came."""

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

    @property
    def bytes(self) -> bytes:
        return base64.b64decode(self.body)

    def posting(self) -> Posting:
        """The message as it goes back to its queue: its own bytes, a fresh count of tries."""
        headers = self.headers | {
            "x-exchange": self.exchange,
            "x-routing-key": self.routing_key,
            "x-replay": self.replays + 1,
        }
        return Posting("", self.queue, self.bytes, self.content_type or "", headers)


def identity_of(queue: str, routing_key: str, body: bytes, event: str) -> str:
    """The id of a parked message: the same message parked again is the same entry."""
    return hashlib.sha256(
        b"\n".join((f"{queue} {routing_key} {event}".encode(), body))
    ).hexdigest()[:16]


class Lot:
    """The parking lot of one service."""

    def __init__(
        self,
        shelf: Shelf,
        settings: Settings,
        check: Callable[[Parked], None] = lambda _: None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.shelf, self.settings, self.check, self.clock = shelf, settings, check, clock

    # --- written in the commit of the message's step

    def put(self, parked: Parked) -> Callable[[Batch], None]:
        """What a commit does to park this."""

        def write(batch: Batch) -> None:
            batch.set(self._key(parked.parked_id), f"1 {msgspec.json.encode(parked).decode()}")
            batch.add(self.index, parked.parked_id, parked.parked_at.timestamp())

        return write

    # --- for an operator

    def entries(self, limit: int = 100) -> list[dict[str, Any]]:
        """What is parked, oldest first, without the bytes."""
        members = self.shelf.call("zrange", self.index, 0, limit - 1)
        found = [self._get(member.decode()) for member in members]
        hidden = {"body", "headers"}
        return [
            {
                name: value
                for name, value in msgspec.to_builtins(parked).items()
                if name not in hidden
            }
            for parked in found
            if parked
        ]

    def get(self, parked_id: str) -> Parked:
        """The message, or `NotFound`."""
        if found := self._get(parked_id):
            return found
        raise NotFound.of("parked message", "parked_id")

    def show(self, parked_id: str) -> dict[str, Any]:
        """All of it: the bytes as text where they are text, and in Base64."""
        parked = self.get(parked_id)
        shown: dict[str, Any] = msgspec.to_builtins(parked)
        return shown | {"text": parked.bytes.decode(errors="replace")}

    def replay(self, parked_id: str, by: str) -> None:
        """Send it back to its queue as it was. Refused while the contract still says no to it."""
        parked = self.get(parked_id)
        if self.clock() - parked.parked_at > timedelta(days=self.settings.parked_days):
            raise Refused(
                [
                    Reason(
                        "TOO_OLD",
                        f"It was parked more than {self.settings.parked_days} days ago; a copy of it "
                        "may have been done and forgotten. Send it anew under a new id, or discard it.",
                    )
                ]
            )
        self.check(parked)
        self._leave(
            parked,
            {"action": "replayed", "by": by},
            lambda batch: batch.append(self.shelf.outbox, parked.posting().entry()),
        )

    def discard(
        self, parked_id: str, by: str, reason: str, also: Callable[[Batch], None] | None = None
    ) -> None:
        """Give it up, for a reason that stays on record."""
        deed = {"action": "discarded", "by": by, "reason": reason}
        self._leave(self.get(parked_id), deed, also)

    def audit(self, limit: int = 100) -> list[dict[str, str]]:
        """What was done with parked messages, newest first."""
        found = self.shelf.call("xrevrange", self._audit, count=limit)
        return [{k.decode(): v.decode() for k, v in entry.items()} for _, entry in found]

    # --- within

    def _leave(
        self, parked: Parked, deed: dict[str, str], also: Callable[[Batch], None] | None
    ) -> None:
        batch = Batch()
        batch.expect_version(self._key(parked.parked_id), 1)
        batch.delete(self._key(parked.parked_id))
        batch.remove(self.index, parked.parked_id)
        at = self.clock().isoformat(timespec="seconds")
        batch.append(self._audit, {"at": at, "parked_id": parked.parked_id, **deed})
        if also:
            also(batch)
        with reaching_redis():
            verdict, _ = self.shelf.atomic.commit(batch)
        if verdict != "done":
            raise NotFound.of("parked message", "parked_id")

    def _get(self, parked_id: str) -> Parked | None:
        raw = self.shelf.call("get", self._key(parked_id))
        return msgspec.json.decode(raw.split(b" ", 1)[1], type=Parked) if raw else None

    def _key(self, parked_id: str) -> str:
        return self.shelf.key("parked", "message", parked_id)

    @property
    def index(self) -> str:
        return self.shelf.key("parked", "index")

    @property
    def _audit(self) -> str:
        return self.shelf.key("parked", "audit")


def plain(value: Any) -> Any:
    """What a client sent beside a message, as JSON and UTF-8 can hold it: a publisher may send a
    header that neither can, and it must not hold up the messages beside it."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, datetime):  # AMQP's own timestamp, which is in UTC
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, dict):
        return {plain(str(name)): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return value
    if value is None or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)
