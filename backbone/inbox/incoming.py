"""A message as it came, and as it reads.

`IncomingMessage` is the bytes, and what the broker and we ourselves wrote on them. `DecodedMessage` is
the same as an event, or with what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import marshmallow
import msgspec

from ..amqp.topology import Feed
from ..errors import Invalid
from ..messages.ce_headers import PREFIXES
from ..messages.envelope import Event
from ..messages.foreign import plain
from ..parking.parked import Parked

OWN_HEADERS = ("x-attempt", "x-exchange", "x-routing-key", "x-replay")
# what we and the broker write on a message; it is not passed on with the next try
NOT_THEIRS = (*OWN_HEADERS, "x-death", "x-first-death", "x-last-death", "x-delivery-count")


@dataclass(frozen=True)
class Handler:
    """Which method of the service hears what, and the contract of its data."""

    source: str
    type: str
    schema: marshmallow.Schema
    method: str


class IncomingMessage(msgspec.Struct, gc=False):
    """A message as it came. `exchange` and `routing_key` are those it was first sent with."""

    body: bytes
    content_type: str | None
    headers: dict[str, Any]
    exchange: str
    routing_key: str
    attempt: int = 1
    replays: int = 0
    again: bool = False  # it may be a copy that we made ourselves
    came: dict[str, Any] = {}  # how the broker delivered it
    content_encoding: str | None = None
    fingerprint: str = ""
    body_sha256: str = ""

    def __post_init__(self) -> None:
        named = sorted(
            each for each in self.headers.items() if each[0].lower().startswith(PREFIXES)
        )  # in binary form the headers say much
        said = f"{self.routing_key}\n{named or ''}"
        self.fingerprint = hashlib.sha256(said.encode() + self.body).hexdigest()
        self.body_sha256 = hashlib.sha256(self.body).hexdigest()

    @classmethod
    def of(cls, message: Any) -> IncomingMessage:
        headers = plain(dict(message.headers)) if message.headers else {}
        came = message.delivery_info
        ours = came["exchange"] == "" or came["exchange"].startswith("tenglong_")
        said = {name: headers.get(name) for name in OWN_HEADERS} if ours else {}
        return cls(
            body=_bytes(message.body),
            content_type=_plain_text(message.content_type),
            headers={k: v for k, v in headers.items() if not k.startswith(NOT_THEIRS)},
            exchange=str(said.get("x-exchange") or came["exchange"]),
            routing_key=_plain_text(str(said.get("x-routing-key") or came["routing_key"])),
            attempt=_count(said.get("x-attempt"), 1),
            replays=_count(said.get("x-replay"), 0),
            again=bool(came.get("redelivered") or ours),
            came=came,
            content_encoding=_encoding(getattr(message, "properties", None) or {}),
        )

    def may_be_done(self) -> None:
        """It may have been done just now: if it is found to be, nobody sent it again."""
        self.again = self.came["redelivered"] = True

    @classmethod
    def of_parked(cls, parked: Parked) -> IncomingMessage:
        return cls(
            parked.bytes,
            parked.content_type,
            dict(parked.headers),
            parked.exchange,
            parked.routing_key,
            replays=parked.replays,
        )


@lru_cache(1000)  # there are few of them
def _plain_text(said: str | None) -> Any:
    return plain(said)


def _encoding(properties: Mapping[str, Any]) -> str | None:
    said = properties.get("content_encoding")
    return said.strip().lower() if isinstance(said, str) else None


def _count(said: Any, otherwise: int) -> int:
    return said if isinstance(said, int) else otherwise


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else str(body).encode()


class DecodedMessage(msgspec.Struct):
    """A message read as an event, or what is wrong with it."""

    incoming: IncomingMessage
    feed: Feed | None
    publisher: str
    type: str
    event: Event
    problem: Invalid | None = None
    handler: Handler | None = None
    marks: tuple[str, str, str] = ("", "", "")  # see `Decoder._marks`
    named: list[tuple[Any, str]] = []  # the things that its data name
    line_id: str | None = None
    told: tuple[str | None, str | None] = (None, None)  # its id and source, where they can be read
    failure: Exception | None = None  # why it could not be committed
    is_astray: bool = False  # it came here only because the queue of who hears it is missing
    who: str = "unknown"  # the publisher as a label, if it is known, so that nobody can fill them
    kind: str = "unknown"  # the type as a label, likewise

    @property
    def parked_id(self) -> str:
        """The id that it has, or would have, on the parking lot: the same bytes of the same event
        in the same queue are the same entry."""
        return self.marks[1].rsplit(":", 1)[1][:16]
