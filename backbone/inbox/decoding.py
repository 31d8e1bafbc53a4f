"""Decodes what comes to one queue, and holds its envelope against what the feed asks.

Nothing is decided here: a message that cannot be read carries its problem on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from ..amqp.topology import Feed
from ..errors import Invalid, Reason
from ..logs import digest, log
from ..messages.envelope import LARGEST, Event, decode, told
from ..plain import PARK_TIME
from ..store.repository import Repository
from .incoming import DecodedMessage, Handler, IncomingMessage

TOO_LARGE = Reason("TOO_LARGE", f"An event is at most {LARGEST:,} bytes long.", "body")
FAST_CLOCK = timedelta(hours=1)  # by so much a publisher's clock may be ahead of ours
NOT_YET = Reason(
    "NOT_YET",
    "time has not come; it is when the thing happened. A report of the future would outlast every "
    "true one.",
    "time",
)


class Decoder:
    """Reads what comes to one queue of one service."""

    def __init__(
        self,
        queue: str,
        repository: Repository,
        handlers: Mapping[tuple[str, str], Handler],
        feeds: Iterable[Feed],
        types: Mapping[str, Sequence[str]],
        clock: Callable[[], datetime],
    ) -> None:
        """`types` are those that any service hears of each feed, by the feed's name, and those that
        each service announces, by its name."""
        self._queue, self._repository, self.handlers = queue, repository, handlers
        self._types, self._clock = types, clock
        self._feeds = {feed.exchange: feed for feed in feeds}
        self._sources = {source for source, _ in handlers}

    def read(self, incoming: IncomingMessage) -> DecodedMessage:
        """The message as an event, or with what is wrong with it."""
        feed, now = self._feeds.get(incoming.exchange), self._clock()
        publisher, _, kind = incoming.routing_key.partition(".")
        source = feed.name if feed else incoming.exchange.removesuffix(".events")
        kind = kind if feed else incoming.routing_key
        handler = self.handlers.get((source, kind)) or self.handlers.get((source, "#"))
        nobody = Event(id=incoming.fingerprint, source=f"/{incoming.exchange}", type=kind)
        read = DecodedMessage(
            incoming, feed, publisher if feed else source, kind, nobody, handler=handler
        )
        read.is_astray = bool(feed) and not handler and kind in self._types.get(source, ())
        try:
            if len(incoming.body) > LARGEST:
                raise Invalid([TOO_LARGE])
            read.event = decode(
                incoming.body,
                incoming.content_type,
                incoming.headers,
                read.publisher,
                incoming.content_encoding,
            )
            read.told = read.event.id, read.event.source
            if feed:
                self._held_against(feed, read, now)
        except Invalid as problem:
            read.problem = problem
            read.told = told(incoming.body[:LARGEST], incoming.content_type, incoming.headers)
        except Exception:  # noqa: BLE001 - whatever the bytes were, they are answered
            log.exception(
                "reading_failed", service=self._repository.service, fingerprint=incoming.fingerprint
            )
            read.problem = Invalid([Reason("UNREADABLE", "This is no CloudEvent.", "body")])
        if feed.knows(read.publisher, now.date()) if feed else source in self._sources:
            read.who = read.publisher
        read.kind = self._kind(handler, source, kind)
        read.named = self._repository.named(read.event.data)
        read.marks = self._marks(incoming, read.event)
        read.line_id = self._line_id(read)
        return read

    def _kind(self, handler: Handler | None, source: str, kind: str) -> str:
        """The type as a label. Who hears whatever a service announces hears made-up types, too."""
        if handler and handler.type == "#" and kind not in self._types.get(source, ()):
            return "other"
        return kind if handler else "unknown"

    def _line_id(self, read: DecodedMessage) -> str | None:
        """The line that the message would wait in: that of the first thing which its data name, or
        of its subject."""
        if read.problem:
            return None
        cls, identity = read.named[0] if read.named else (None, None)
        subject = f"{cls.__name__} {identity}" if cls else read.event.subject
        return digest(f"{self._queue} {subject}", 32) if subject else None

    def _held_against(self, feed: Feed, read: DecodedMessage, now: datetime) -> None:
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

    def _marks(self, incoming: IncomingMessage, event: Event) -> tuple[str, str, str]:
        """The marks that this message was done, that these very bytes were refused, and that this
        try of it failed and was dealt with."""
        mark, event_id = self._repository.mark, event.identity
        these_bytes = mark(self._queue, event_id, incoming.fingerprint)
        tried = f"{these_bytes}:{incoming.replays}.{incoming.attempt}"
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
