"""Keeps a publisher that floods from holding up the others.

So many events a second of one publisher are decided as they come (`PUBLISHER_PER_S`, and two seconds of
that at once). What comes faster goes on, unread, to `<service>.overflow.v1`, of which the same consumer
takes a few messages beside those of the inbox.

Order holds because a publisher goes straight only while nothing of it is left in the overflow. At first
nobody knows, so its first event goes there as well, behind whatever a process before us left. Nothing is
lost: a message leaves the inbox when the broker has confirmed that it lies in the overflow; a crash in
between leaves it in both, and the second is found to be done.

A broker that is short of memory or disk lets nobody publish, and so nothing be moved. Then all is decided as
it comes, if nothing lies in the overflow that would have to go before it: what lies in the inbox may be what
the broker is short by.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from .. import metrics
from ..amqp.origin import came_by, is_ours
from ..amqp.publisher import Publisher
from ..amqp.topology import DELIVERY, queue_name
from ..errors import Unavailable
from ..logs import log
from ..messages.outgoing import OutgoingMessage
from . import batches
from .inbox import Inbox
from .incoming import OVERFLOWED, IncomingMessage

AT_ONCE_S = 2  # seconds' worth of its share that a publisher may send at once
ASK_EVERY_S = 30  # a broker that takes nothing, whether it does again
SPLIT_AFTER_S = 30  # nothing of what was moved came back: another process takes from the overflow
STRAIGHT, TO_MOVE, PERHAPS_MOVED, MOVED = "straight", "to move", "perhaps moved", "moved"
UNDER_WAY = TO_MOVE, PERHAPS_MOVED
# whoever is on no list, or came round the entrance: together they are one publisher
UNKNOWN = "unknown"


class FairShare:
    """Takes the messages of an inbox and of its overflow, for one consumer of both."""

    def __init__(
        self,
        inbox: Inbox,
        overflow: str,
        publisher: Publisher,
        is_through: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`overflow` is the name of the queue; `is_through` says whether nothing lies there, nor is at hand
        from there behind what is taken now."""
        self.inbox, self.overflow, self.publisher, self.clock = inbox, overflow, publisher, clock
        self.is_through = is_through
        # it leads to no queue, and our user may publish it
        name = queue_name(inbox.service, "nowhere")
        self._probe = OutgoingMessage(DELIVERY, name, b"{}", mandatory=False)
        self._takes_nothing_until = 0.0
        self._cut_off: set[str] = set()  # tokens of moves of which the broker may have copies
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
                if _moved_as(message)[0] in self._cut_off:
                    message.headers["x-again"] = True
        until = self._move(messages)
        kept = [number for number, each in enumerate(messages[:until]) if each.way[0] == STRAIGHT]

        def told(decided: int) -> None:
            done(kept[decided] if decided < len(kept) else until)

        batches.take(self.inbox, [messages[number] for number in kept], told)
        for number in kept:
            self._forget(messages[number])
        if until < len(messages):
            raise Unavailable(
                f"the broker takes nothing, and what lies in {self.overflow} has to go first; is its memory "
                "or its disk full?"
            )

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

    def _move(self, messages: list[Any]) -> int:
        """Have the broker take into the overflow those of the messages that are too much. Answers how many of
        all, from the first, are done with or may be decided. Raises `Unavailable`: some may be there then."""
        under_way = [n for n, each in enumerate(messages) if each.way[0] in UNDER_WAY]
        if not under_way:
            return len(messages)
        moving = [messages[number] for number in under_way]
        if not self._takes():
            self._came_back = self.clock()  # it says nothing of another process
            first = under_way[0]
            if any(_moved_as(each)[0] for each in messages[first:]) or not self.is_through():
                self._takes_nothing_until = self.clock()  # the next try asks: it waits for that
                return first
            self._let_past(moving)
            return len(messages)
        if self.clock() > self._came_back + SPLIT_AFTER_S:
            raise RuntimeError(f"another process takes from {self.overflow}; it is to have both")
        if self._sent(moving):
            self.inbox.declare()
            raise Unavailable(f"{self.overflow} was missing and has been declared again")
        for message in moving:
            message.way = MOVED, message.way[1]
            metrics.overflowed.labels(self.inbox.service, message.way[1]).inc()
        return len(messages)

    def _takes(self) -> bool:
        """Whether the broker takes messages, as far as is known: finding out that it does not takes time."""
        if self.clock() < self._takes_nothing_until:
            return False
        if self.publisher.takes(self._probe):
            return True
        self._takes_nothing_until = self.clock() + ASK_EVERY_S
        log.warning("shares_not_kept", queue=self.inbox.queue)
        return False

    def _let_past(self, messages: list[Any]) -> None:
        """Have these decided, for nothing of their publishers lies in the overflow. If an earlier attempt to
        move them comes to something yet, what arrives is our own copy."""
        if any(each.way[0] == PERHAPS_MOVED for each in messages):
            self._cut_off.add(self._token)
            self._token = uuid.uuid4().hex
        self._left = dict.fromkeys(self._left, 0)
        for message in messages:
            message.way = STRAIGHT, message.way[1]

    def _sent(self, messages: list[Any]) -> object:
        """Send them on. Answers what no queue has taken."""
        for tries_left in (1, 0):  # the first may only show that an old connection was closed
            moved = [self._moved(each) for each in messages]
            for message in messages:
                message.way = PERHAPS_MOVED, message.way[1]
            try:
                return self.publisher.publish(moved)
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
        token, publisher = _moved_as(message)
        if token == self._token:
            self._left[publisher] -= 1
            self._came_back = self.clock()


def _moved_as(message: Any) -> tuple[str, str]:
    """The token and the publisher under which a message came by the overflow; nothing of another."""
    if message.delivery_info["exchange"] != DELIVERY:
        return "", ""
    token, _, publisher = str(message.headers.get(OVERFLOWED, "")).partition(" ")
    return token, publisher
