"""Keeps a publisher that floods from holding up the others.

So many events a second of one publisher are decided as they come (`PUBLISHER_PER_S`, and two seconds of
that at once). What comes faster goes on, unread, to `<service>.overflow.v1`, of which the same consumer
takes a few messages beside those of the inbox.

Order holds because a publisher goes straight only while nothing of it is left in the overflow. At first
nobody knows, so its first event goes there as well, behind whatever a process before us left. Nothing is
lost: a message leaves the inbox when the broker has confirmed that it lies in the overflow; a crash in
between leaves it in both, and the second is found to be done.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from .. import metrics
from ..amqp.origin import came_by, is_ours
from ..amqp.topology import DELIVERY
from ..errors import Unavailable
from ..messages.outgoing import OutgoingMessage
from . import batches
from .inbox import Inbox
from .incoming import OVERFLOWED, IncomingMessage

AT_ONCE_S = 2  # seconds' worth of its share that a publisher may send at once
SPLIT_AFTER_S = 30  # nothing of what was moved came back: another process takes from the overflow
STRAIGHT, TO_MOVE, PERHAPS_MOVED, MOVED = "straight", "to move", "perhaps moved", "moved"
# whoever is on no list, or came round the entrance: together they are one publisher
UNKNOWN = "unknown"


class FairShare:
    """Takes the messages of an inbox and of its overflow, for one consumer of both."""

    def __init__(
        self,
        inbox: Inbox,
        overflow: str,
        send: Callable[[list[OutgoingMessage]], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`overflow` is the name of the queue; `send` publishes, and returns when the broker has it."""
        self.inbox, self.overflow, self.send, self.clock = inbox, overflow, send, clock
        self.per_s, self._zone = inbox.settings.publisher_per_s, inbox.settings.zone
        self._feeds = {feed.exchange: feed for feed in inbox.decoder.feeds}
        self._facts = {f"{source}.events" for source, _ in inbox.decoder.handlers}
        self.start_over()

    def start_over(self) -> None:
        """Know nothing of what lies in the overflow: others may have taken from it."""
        self._token = uuid.uuid4().hex
        self._left: dict[str, int] = {}  # of each publisher what we moved and is not yet done
        self._free_at: dict[str, float] = {}  # when all that each has sent is within its share
        self._came_back = self.clock()

    def take(self, messages: list[Any], done: Callable[[int], object] = lambda _: None) -> None:
        """Move what is too much, and decide the rest in its order, as `batches.take` does."""
        today = datetime.now(self._zone).date()
        for message in messages:
            if not message.way:
                publisher = self._publisher(message, today)
                message.way = self._way(publisher) if publisher else (STRAIGHT, "")
        self._move([each for each in messages if each.way[0] in (TO_MOVE, PERHAPS_MOVED)])
        kept = [number for number, each in enumerate(messages) if each.way[0] == STRAIGHT]

        def told(decided: int) -> None:
            done(kept[decided] if decided < len(kept) else len(messages))

        batches.take(self.inbox, [messages[number] for number in kept], told)
        for number in kept:
            self._forget(messages[number])

    def _publisher(self, message: Any, today: Any) -> str | None:
        """Who sent it just now; none if it comes from inside, or there is no bound."""
        entrance = came_by(message, self.inbox.service)
        feed = self._feeds.get(entrance)
        if not self.per_s or is_ours(entrance) or (not feed and entrance in self._facts):
            return None
        if not feed:
            return UNKNOWN
        code = str(message.delivery_info["routing_key"]).partition(".")[0]
        return code if feed.knows(code, today) else UNKNOWN

    def _way(self, publisher: str) -> tuple[str, str]:
        """Which way the next message of a publisher goes. It keeps to it, whatever keeps it waiting."""
        now = self.clock()
        free_at = max(now, self._free_at.get(publisher, now)) + 1 / self.per_s
        if self._left.get(publisher) == 0 and free_at <= now + AT_ONCE_S:
            self._free_at[publisher] = free_at
            return STRAIGHT, publisher
        if not any(self._left.values()):
            self._came_back = now
        self._left[publisher] = self._left.get(publisher, 0) + 1
        return TO_MOVE, publisher

    def _move(self, messages: list[Any]) -> None:
        """Have the broker take these into the overflow. Raises `Unavailable`: some may be there then."""
        if not messages:
            return
        if self.clock() > self._came_back + SPLIT_AFTER_S:
            raise RuntimeError(f"another process takes from {self.overflow}; it is to have both")
        if self._sent(messages):
            self.inbox.declare()
            raise Unavailable(f"{self.overflow} was missing and has been declared again")
        for message in messages:
            message.way = MOVED, message.way[1]
            metrics.overflowed.labels(self.inbox.service, message.way[1]).inc()

    def _sent(self, messages: list[Any]) -> object:
        """Send them on. Answers what no queue has taken."""
        for tries_left in (1, 0):  # the first may only show that an old connection was closed
            moved = [self._moved(each) for each in messages]
            for message in messages:
                message.way = PERHAPS_MOVED, message.way[1]
            try:
                return self.send(moved)
            except Unavailable:
                if not tries_left:
                    raise
        return None

    def _moved(self, message: Any) -> OutgoingMessage:
        incoming = IncomingMessage.of(message, self.inbox.service)
        way, publisher = message.way
        headers = incoming.headers | {
            "x-exchange": incoming.exchange,
            "x-routing-key": incoming.routing_key,
            "x-again": incoming.again or way == PERHAPS_MOVED,
            OVERFLOWED: f"{self._token} {publisher}",
        }
        return OutgoingMessage(
            DELIVERY, self.overflow, incoming.body, incoming.content_type or "", headers
        )

    def _forget(self, message: Any) -> None:
        """Of what came by the overflow and is done, the publisher has one less there."""
        if message.delivery_info["exchange"] != DELIVERY:
            return
        token, _, publisher = str(message.headers.get(OVERFLOWED, "")).partition(" ")
        if token == self._token:
            self._left[publisher] -= 1
            self._came_back = self.clock()
