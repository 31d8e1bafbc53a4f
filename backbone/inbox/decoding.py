"""Decodes the messages of one queue, and holds each envelope against what its feed asks.

Nothing is decided here: a message that cannot be read carries its problem on."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from msgspec import structs

from ..amqp.topology import Feed
from ..errors import Invalid, Reason
from ..logs import digest, log
from ..messages.envelope import LARGEST, Event, claimed_identity, decode
from ..messages.trace import trace_in
from ..plain import snake
from ..settings import Settings
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
    """Decodes the messages of one queue of one service."""

    def __init__(
        self,
        queue: str,
        repository: Repository,
        settings: Settings,
        handlers: Mapping[tuple[str, str], Handler],
        feeds: Iterable[Feed],
        types: Mapping[str, Sequence[str]],
        clock: Callable[[], datetime],
    ) -> None:
        """`types` are those that any service hears of each feed, by the feed's name, and those that
        each service announces, by its name. Raises `TypeError` for a handler that has to say in the
        order of what it hears, and does not."""
        self._queue, self._repository, self.handlers = queue, repository, handlers
        self._types, self._clock, self._zone = types, clock, settings.zone
        # of several kinds with one key the one that it is named for comes first: messages wait for it
        keys = [(cls, each.key) for cls, each in repository.collections.items()]
        self._keys = sorted(keys, key=lambda each: f"{snake(each[0].__name__)}_id" != each[1])
        for handler in handlers.values():
            self._is_in_order(handler)
        self.feeds = tuple(feeds)
        self._feeds = {feed.exchange: feed for feed in self.feeds}
        self._sources = {source for source, _ in handlers}

    def read(self, incoming: IncomingMessage) -> DecodedMessage:
        """The message as an event, or with what is wrong with it."""
        now = self._clock()
        message = self._as_routed(incoming)
        try:
            self._decode(message)
            if message.feed:
                self._held_against(message.feed, message, now)
        except Invalid as problem:
            message.problem = problem
            message.claimed_identity = claimed_identity(
                incoming.body[:LARGEST], incoming.content_type, incoming.headers
            )
        except Exception:  # noqa: BLE001 - whatever the bytes were, they are answered
            log.exception(
                "reading_failed", service=self._repository.service, fingerprint=incoming.fingerprint
            )
            message.problem = Invalid([Reason("UNREADABLE", "This is no CloudEvent.", "body")])
        if self._is_known(message, now):
            message.publisher_label = message.publisher
        message.type_label = self._type_label(message)
        message.things = self._things(message.event.data)
        message.marks = self._marks(incoming, message.event)
        message.sequence_id = self._sequence_id(message)
        return message

    def _as_routed(self, incoming: IncomingMessage) -> DecodedMessage:
        """What exchange and routing key say: the feed, the publisher and the handler."""
        feed = self._feeds.get(incoming.exchange)
        source = feed.name if feed else incoming.exchange.removesuffix(".events")
        publisher, _, type_ = incoming.routing_key.partition(".")
        if not feed:
            publisher, type_ = source, incoming.routing_key
        handler = self.handlers.get((source, type_)) or self.handlers.get((source, "#"))
        unread = Event(id=incoming.fingerprint, source=f"/{incoming.exchange}", type=type_)
        message = DecodedMessage(
            incoming, feed, source, publisher, type_, event=unread, handler=handler
        )
        message.is_astray = bool(feed) and not handler and type_ in self._types.get(source, ())
        return message

    def _decode(self, message: DecodedMessage) -> None:
        """Read the bytes. Raises `Invalid` for what is no event."""
        incoming = message.incoming
        if len(incoming.body) > LARGEST:
            raise Invalid([TOO_LARGE])
        message.event = decode(
            incoming.body,
            incoming.content_type,
            incoming.headers,
            message.publisher,
            incoming.content_encoding,
        )
        if incoming.headers and not message.event.traceparent:
            message.event = structs.replace(message.event, **trace_in(incoming.headers))
        message.claimed_identity = message.event.id, message.event.source

    def _is_known(self, message: DecodedMessage, now: datetime) -> bool:
        if message.feed:
            return message.feed.knows(message.publisher, now.date())
        return message.source in self._sources

    def _type_label(self, message: DecodedMessage) -> str:
        """The type as a label. Who hears whatever a service announces hears made-up types, too."""
        handler, type_ = message.handler, message.type
        if handler and handler.type == "#" and type_ not in self._types.get(message.source, ()):
            return "other"
        return type_ if handler else "unknown"

    def _things(self, data: Any) -> list[tuple[type, str]]:
        """The things whose key these data name (`parcel_id`), as type and id."""
        if not isinstance(data, dict):
            return []
        found = ((cls, data.get(key)) for cls, key in self._keys)
        return [(cls, identity) for cls, identity in found if isinstance(identity, str)]

    def _sequence_id(self, message: DecodedMessage) -> str | None:
        """The sequence that the message waits in: that of what its handler names, else of the thing
        that its data name, else of its subject. What came by a way round, or to a service that does not hear
        it, is in none: nothing is to wait behind it."""
        is_from_us = message.source in self._sources or message.source in self._types
        if message.problem or message.is_astray or not (message.feed or is_from_us):
            return None
        cls, identity = self._in_order_of(message)
        subject = f"{cls.__name__} {identity}" if cls else identity
        return digest(f"{self._queue} {subject}", 32) if subject else None

    def _in_order_of(self, message: DecodedMessage) -> tuple[type | None, str | None]:
        """The thing, or only the id, that all messages of one sequence are about."""
        name = message.handler.in_order_of if message.handler else None
        for cls, identity in message.things:
            if name in (None, self._repository.collections[cls].key):
                return cls, identity
        data = message.event.data
        named = data.get(name) if name and isinstance(data, dict) else None
        return None, named if isinstance(named, str) else message.event.subject

    def _is_in_order(self, handler: Handler) -> None:
        """Raise `TypeError` if a message could wait in either of two sequences, or in that of a field
        which its contract does not have."""
        names = {field.data_key or name for name, field in handler.schema.fields.items()}
        keys = sorted(names & {each.key for each in self._repository.collections.values()})
        if handler.in_order_of is None and len(keys) > 1:
            either = " or ".join(f"in_order_of={key!r}" for key in keys)
            raise TypeError(
                f"{handler.method} hears data that name {len(keys)} things: say {either}."
            )
        if handler.in_order_of is not None and handler.in_order_of not in names:
            field = f"in_order_of={handler.in_order_of!r}"
            raise TypeError(
                f"{handler.method} has {field}, a field that its contract does not have."
            )

    def _held_against(self, feed: Feed, message: DecodedMessage, now: datetime) -> None:
        """What the feed's contract asks of the envelope."""
        if not message.type:
            raise Invalid([_unknown_publisher(feed)])
        event, reasons = message.event, []
        today = now.astimezone(self._zone).date()
        has_come = event.time is not None and event.time <= now
        day = event.time.astimezone(self._zone).date() if event.time and has_come else today
        if not feed.knows(message.publisher, day):
            known_now = feed.knows(message.publisher, today)
            reasons.append(_unknown_then(feed, day) if known_now else _unknown_publisher(feed))
        if event.source != f"{feed.source}{message.publisher}":
            reasons.append(_wrong_source(feed, message.publisher))
        if event.type != message.type:
            reasons.append(_wrong_type(message.type))
        if event.time is None:
            reasons.append(Reason("MISSING_ATTRIBUTE", "An event says when it happened.", "time"))
        elif event.time > now + FAST_CLOCK:
            reasons.append(NOT_YET)
        if message.handler is None and not message.is_astray:
            reasons.append(_unheard(message.type, self._types.get(feed.name, ())))
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


def _unheard(type_: str, types: Sequence[str]) -> Reason:
    near = " or ".join(difflib.get_close_matches(type_, types, 2))
    meant = f" Did you mean {near}?" if near else ""
    there_are = f"; there are {', '.join(types)}" if types else ""
    return Reason(
        "UNKNOWN_TYPE", f"No service reads events of this type{there_are}.{meant}", "type"
    )
