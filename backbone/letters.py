"""A message as it came, and as it reads: an event, or what is wrong with it.

`Letter` is the bytes and what the broker and we ourselves wrote on them; `Reader` reads it in any form
of CloudEvents and holds its envelope against what the feed asks. Nothing is decided here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import marshmallow
import msgspec

from .envelope import LARGEST, PREFIXES, Event, decode, told
from .errors import Invalid, Reason
from .logs import digest, log
from .parking import Parked, plain
from .store import Shelf
from .topology import Feed
from .work import PARK_TIME

TOO_LARGE = Reason("TOO_LARGE", f"An event is at most {LARGEST:,} bytes long.", "body")
FAST_CLOCK = timedelta(hours=1)  # by so much a publisher's clock may be ahead of ours
NOT_YET = Reason(
    "NOT_YET",
    "time has not come; it is when the thing happened. A report of the future would outlast every "
    "true one.",
    "time",
)
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


class Letter(msgspec.Struct, gc=False):
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
    def of(cls, message: Any) -> Letter:
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
    def of_parked(cls, parked: Parked) -> Letter:
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


class Read(msgspec.Struct):
    """A letter read as an event, or what is wrong with it."""

    letter: Letter
    feed: Feed | None
    publisher: str
    type: str
    event: Event
    problem: Invalid | None = None
    handler: Handler | None = None
    marks: tuple[str, str, str] = ("", "", "")  # see `Reader._marks`
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


class Reader:
    """Reads what comes to one queue of one service."""

    def __init__(
        self,
        queue: str,
        shelf: Shelf,
        handlers: Mapping[tuple[str, str], Handler],
        feeds: Iterable[Feed],
        types: Mapping[str, Sequence[str]],
        clock: Callable[[], datetime],
    ) -> None:
        """`types` are those that any service hears of each feed, by the feed's name, and those that
        each service announces, by its name."""
        self._queue, self._shelf, self.handlers = queue, shelf, handlers
        self._types, self._clock = types, clock
        self._feeds = {feed.exchange: feed for feed in feeds}
        self._sources = {source for source, _ in handlers}

    def read(self, letter: Letter) -> Read:
        """The letter as an event, or with what is wrong with it."""
        feed, now = self._feeds.get(letter.exchange), self._clock()
        publisher, _, kind = letter.routing_key.partition(".")
        source = feed.name if feed else letter.exchange.removesuffix(".events")
        kind = kind if feed else letter.routing_key
        handler = self.handlers.get((source, kind)) or self.handlers.get((source, "#"))
        nobody = Event(id=letter.fingerprint, source=f"/{letter.exchange}", type=kind)
        read = Read(letter, feed, publisher if feed else source, kind, nobody, handler=handler)
        read.is_astray = bool(feed) and not handler and kind in self._types.get(source, ())
        try:
            if len(letter.body) > LARGEST:
                raise Invalid([TOO_LARGE])
            read.event = decode(
                letter.body,
                letter.content_type,
                letter.headers,
                read.publisher,
                letter.content_encoding,
            )
            read.told = read.event.id, read.event.source
            if feed:
                self._held_against(feed, read, now)
        except Invalid as problem:
            read.problem = problem
            read.told = told(letter.body[:LARGEST], letter.content_type, letter.headers)
        except Exception:  # noqa: BLE001 - whatever the bytes were, they are answered
            log.exception(
                "reading_failed", service=self._shelf.service, fingerprint=letter.fingerprint
            )
            read.problem = Invalid([Reason("UNREADABLE", "This is no CloudEvent.", "body")])
        if feed.knows(read.publisher, now.date()) if feed else source in self._sources:
            read.who = read.publisher
        read.kind = self._kind(handler, source, kind)
        read.named = self._shelf.named(read.event.data)
        read.marks = self._marks(letter, read.event)
        read.line_id = self._line_id(read)
        return read

    def _kind(self, handler: Handler | None, source: str, kind: str) -> str:
        """The type as a label. Who hears whatever a service announces hears made-up types, too."""
        if handler and handler.type == "#" and kind not in self._types.get(source, ()):
            return "other"
        return kind if handler else "unknown"

    def _line_id(self, read: Read) -> str | None:
        """The line that the message would wait in: that of the first thing which its data name, or
        of its subject."""
        if read.problem:
            return None
        cls, identity = read.named[0] if read.named else (None, None)
        subject = f"{cls.__name__} {identity}" if cls else read.event.subject
        return digest(f"{self._queue} {subject}", 32) if subject else None

    def _held_against(self, feed: Feed, read: Read, now: datetime) -> None:
        """What the feed's contract asks of the envelope."""
        if not read.type:
            raise Invalid([_unknown_publisher(feed)])
        event, reasons = read.event, []
        today = now.astimezone(PARK_TIME).date()
        has_come = event.time is not None and event.time <= now
        day = event.time.astimezone(PARK_TIME).date() if event.time and has_come else today
        if not feed.knows(read.publisher, day):
            known_now = feed.knows(read.publisher, today)
            reasons.append(_unknown_then(feed, day) if known_now else _unknown_publisher(feed))
        if event.source != f"{feed.source}{read.publisher}":
            reasons.append(_wrong_source(feed, read.publisher))
        if event.type != read.type:
            reasons.append(_wrong_type(read.type))
        if event.time is None:
            reasons.append(Reason("MISSING_ATTRIBUTE", "An event says when it happened.", "time"))
        elif event.time > now + FAST_CLOCK:
            reasons.append(NOT_YET)
        if read.handler is None and not read.is_astray:
            reasons.append(_unheard(self._types.get(feed.name, ())))
        if reasons:
            raise Invalid(reasons)

    def _marks(self, letter: Letter, event: Event) -> tuple[str, str, str]:
        """The marks that this message was done, that these very bytes were refused, and that this
        try of it failed and was dealt with."""
        mark, event_id = self._shelf.mark, event.identity
        these_bytes = mark(self._queue, event_id, letter.fingerprint)
        tried = f"{these_bytes}:{letter.replays}.{letter.attempt}"
        return mark(self._queue, event_id), these_bytes, tried


def _unknown_publisher(feed: Feed) -> Reason:
    return Reason(
        "UNKNOWN_PUBLISHER",
        f"The routing key must begin with the code of a known {feed.name}, followed by a dot and the "
        "event's type.",
        field="routing_key",
    )


def _unknown_then(feed: Feed, day: date) -> Reason:
    return Reason(
        "UNKNOWN_PUBLISHER",
        f"This {feed.name} is on the list today, but was not on {day}; is that when it happened?",
        field="time",
    )


def _wrong_source(feed: Feed, publisher: str) -> Reason:
    return Reason(
        "WRONG_SOURCE",
        f"source must be {feed.source}{publisher[:20]}, the code that the routing key begins with.",
        field="source",
    )


def _wrong_type(kind: str) -> Reason:
    return Reason(
        "WRONG_TYPE",
        f"type must be {kind[:60]}, as the routing key says after the code.",
        field="type",
    )


def _unheard(types: Sequence[str]) -> Reason:
    there_are = f"; there are {', '.join(types)}" if types else ""
    return Reason("UNKNOWN_TYPE", f"No service reads events of this type{there_are}.", "type")
