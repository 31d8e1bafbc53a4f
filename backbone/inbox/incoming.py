"""A message as it came, and as it reads.

`IncomingMessage` is the bytes, and what the broker and we ourselves wrote on them. `DecodedMessage` is
the same as an event, or with what is wrong with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import marshmallow
import msgspec

from ..amqp.origin import came_by, is_ours
from ..amqp.topology import Feed
from ..errors import Invalid
from ..messages.ce_headers import PREFIXES
from ..messages.envelope import Event
from ..messages.foreign import plain
from ..parking.parked import MessageSequence, Parked

OWN_HEADERS = ("x-attempt", "x-exchange", "x-routing-key", "x-replay")
OVERFLOWED = "x-overflowed"  # by which process, and whose; see `fair_share.py`
# what we and the broker write on a message, or the broker acts upon; it is not passed on with the next try
NOT_THEIRS = (
    *OWN_HEADERS,
    OVERFLOWED,
    "x-again",
    "x-death",
    "x-first-death",
    "x-last-death",
    "x-delivery-count",
    "CC",  # further routing keys, by which the broker would bring the next try to others, too
    "BCC",
)


@dataclass(frozen=True)
class Handler:
    """Which method of the service hears what, the contract of its data, and the field of the data that
    says in which sequence a message waits."""

    source: str
    type: str
    schema: marshmallow.Schema
    method: str
    in_order_of: str | None = None


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
    delivery: dict[str, Any] = {}  # how the broker delivered it
    content_encoding: str | None = None
    fingerprint: str = ""
    body_sha256: str = ""

    def __post_init__(self) -> None:
        attributes = sorted(
            each for each in self.headers.items() if each[0].lower().startswith(PREFIXES)
        )  # in binary form the headers say much
        head = f"{self.routing_key}\n{attributes or ''}"
        self.fingerprint = hashlib.sha256(head.encode() + self.body).hexdigest()
        self.body_sha256 = hashlib.sha256(self.body).hexdigest()

    @classmethod
    def of(cls, message: Any, service: str) -> IncomingMessage:
        """As it was delivered to a service."""
        headers = plain(dict(message.headers)) if message.headers else {}
        delivery = message.delivery_info
        entrance = came_by(message, service)
        ours = is_ours(entrance)
        own = {name: headers.get(name) for name in OWN_HEADERS} if ours else {}
        if not ours and "." not in delivery["routing_key"]:  # a fact of a service, announced again
            own = {"x-replay": headers.get("x-replay")}
        return cls(
            body=_bytes(message.body),
            content_type=_plain_text(message.content_type),
            headers={k: v for k, v in headers.items() if not k.startswith(NOT_THEIRS)},
            exchange=str(own.get("x-exchange") or entrance),
            routing_key=_plain_text(str(own.get("x-routing-key") or delivery["routing_key"])),
            attempt=_count(own.get("x-attempt"), 1),
            replays=_count(own.get("x-replay"), 0),
            again=bool(delivery.get("redelivered") or (ours and headers.get("x-again", True))),
            delivery=delivery,
            content_encoding=_encoding(getattr(message, "properties", None) or {}),
        )

    def may_be_done(self) -> None:
        """It may have been done just now: if it is found to be, nobody sent it again."""
        self.again = self.delivery["redelivered"] = True

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
def _plain_text(text: str | None) -> Any:
    return plain(text)


def _encoding(properties: Mapping[str, Any]) -> str | None:
    encoding = properties.get("content_encoding")
    return encoding.strip().lower() if isinstance(encoding, str) else None


def _count(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _bytes(body: Any) -> bytes:
    return body if isinstance(body, bytes) else str(body).encode()


class DecodedMessage(msgspec.Struct):
    """A message as an event, or with what is wrong with it."""

    incoming: IncomingMessage
    feed: Feed | None
    source: str  # the feed or the service that it is from, as `hears` names it
    publisher: str
    type: str
    event: Event
    problem: Invalid | None = None
    handler: Handler | None = None
    marks: tuple[str, str, str] = ("", "", "")  # see `Decoder._marks`
    things: list[tuple[Any, str]] = []  # those that its data name, as type and id
    sequence_id: str | None = None  # of those that wait for each other
    claimed_identity: tuple[str | None, str | None] = (None, None)  # its id and source, if readable
    failure: Exception | None = None  # why it could not be committed
    is_astray: bool = False  # it came here only because the queue of who hears it is missing
    publisher_label: str = "unknown"  # a known publisher, so that no stranger can fill the labels
    type_label: str = "unknown"  # a known type, likewise

    @property
    def references(self) -> Iterator[tuple[Any, str]]:
        """What deciding this message will look at first, as far as it can be told."""
        yield from self.things
        if self.sequence_id:
            yield MessageSequence, self.sequence_id

    @property
    def parked_id(self) -> str:
        """The id that it has, or would have, on the parking lot: the same bytes of the same event
        in the same queue are the same entry."""
        return self.marks[1].rsplit(":", 1)[1][:16]
