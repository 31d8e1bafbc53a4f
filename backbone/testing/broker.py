"""The exchanges and queues of the broker in memory. `channel.py` and `transport.py` are the way to them."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from amqp.exceptions import NotFound, PreconditionFailed

if TYPE_CHECKING:
    from .channel import Channel


@dataclass
class QueuedMessage:
    """A message on its way: properties as AMQP names them, headers among them."""

    body: bytes
    properties: dict[str, Any]
    exchange: str
    routing_key: str
    redelivered: bool = False
    deliveries: int = 0
    expires_at: float | None = None

    @property
    def headers(self) -> dict[str, Any]:
        found: dict[str, Any] = self.properties.setdefault("application_headers", {})
        return found


@dataclass
class Exchange:
    type: str
    arguments: dict[str, Any]
    bindings: list[tuple[str, str, str]] = field(default_factory=list)  # kind, target, key


@dataclass
class Consumer:
    tag: str
    channel: Channel
    callback: Callable[[Any], None]
    no_ack: bool
    limit: int
    unacked: int = 0


@dataclass
class Queue:
    name: str
    arguments: dict[str, Any]
    owner: Any = None
    auto_delete: bool = False
    letters: deque[QueuedMessage] = field(default_factory=deque)
    consumers: deque[Consumer] = field(default_factory=deque)


class Broker:
    """Exchanges, queues and what lies in them. One lock holds all of it."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.exchanges: dict[str, Exchange] = {"": Exchange("direct", {})}
        self.queues: dict[str, Queue] = {}
        self._due: list[tuple[float, int, str]] = []
        self._ticket = itertools.count()
        self._clock = threading.Condition(self.lock)
        self._keeper: threading.Thread | None = None

    # --- declaring

    def declare_exchange(
        self, name: str, kind: str, arguments: dict[str, Any], passive: bool
    ) -> None:
        known = self.exchanges.get(name)
        if passive or known:
            self._same(known, passive, name, kind in ("", known.type if known else kind))
            if known and not passive and known.arguments != arguments:
                raise PreconditionFailed(f"inequivalent arg for exchange '{name}'", (40, 10), "")
        else:
            self.exchanges[name] = Exchange(kind, arguments)

    def declare_queue(
        self, name: str, arguments: dict[str, Any], passive: bool, owner: Any, auto_delete: bool
    ) -> tuple[str, int, int]:
        known = self.queues.get(name)
        if passive or known:
            self._same(
                known, passive, name, passive or bool(known and known.arguments == arguments)
            )
        else:
            self.queues[name] = Queue(name, arguments, owner, auto_delete)
        queue = self.queues[name]
        return name, len(queue.letters), len(queue.consumers)

    def _same(self, known: Any, passive: bool, name: str, fits: bool) -> None:
        if known is None and passive:
            raise NotFound(f"no '{name}'", (50, 10), "")
        if known is not None and not fits:
            raise PreconditionFailed(f"inequivalent arg for '{name}'", (50, 10), "")

    def bind(self, kind: str, target: str, source: str, key: str) -> None:
        there = self.queues if kind == "queue" else self.exchanges
        if source not in self.exchanges or target not in there:
            raise NotFound(f"no '{source}' or no '{target}'", (50, 20), "")
        binding = (kind, target, key)
        if binding not in self.exchanges[source].bindings:
            self.exchanges[source].bindings.append(binding)

    def unbind(self, kind: str, target: str, source: str, key: str) -> None:
        if source in self.exchanges and (kind, target, key) in self.exchanges[source].bindings:
            self.exchanges[source].bindings.remove((kind, target, key))

    def delete_queue(self, name: str) -> int:
        queue = self.queues.pop(name, None)
        for exchange in self.exchanges.values():
            exchange.bindings = [b for b in exchange.bindings if b[:2] != ("queue", name)]
        return len(queue.letters) if queue else 0

    def delete_exchange(self, name: str) -> None:
        self.exchanges.pop(name, None)
        for exchange in self.exchanges.values():
            exchange.bindings = [b for b in exchange.bindings if b[:2] != ("exchange", name)]

    # --- routing

    def route(self, exchange: str, key: str) -> set[str]:
        """The queues that a message with this key reaches."""
        if exchange == "":
            return {key} if key in self.queues else set()
        return self._reached(exchange, key, set())

    def _reached(self, name: str, key: str, been: set[str]) -> set[str]:
        exchange = self.exchanges.get(name)
        if exchange is None or name in been:
            return set()
        been.add(name)
        hits = [b for b in exchange.bindings if _matches(exchange.type, b[2], key)]
        found = {target for kind, target, _ in hits if kind == "queue"}
        for kind, target, _ in hits:
            if kind == "exchange":
                found |= self._reached(target, key, been)
        alternate = exchange.arguments.get("alternate-exchange")
        return self._reached(alternate, key, been) if not hits and alternate else found

    def publish(self, letter: QueuedMessage) -> tuple[bool, bool]:
        """Whether the message reached a queue, and whether every queue took it."""
        if letter.exchange not in self.exchanges:
            raise NotFound(f"no exchange '{letter.exchange}'", (60, 40), "")
        reached = self.route(letter.exchange, letter.routing_key)
        taken = [self._enqueue(self.queues[name], _copy(letter)) for name in sorted(reached)]
        return bool(reached), all(taken)

    def _enqueue(self, queue: Queue, letter: QueuedMessage) -> bool:
        most = queue.arguments.get("x-max-length")
        if most is not None and len(queue.letters) >= most:
            if queue.arguments.get("x-overflow") == "reject-publish":
                return False
            self._dead_letter(queue, queue.letters.popleft(), "maxlen")
        self._expire(queue, letter)
        queue.letters.append(letter)
        self.deliver(queue)
        return True

    # --- time

    def _expire(self, queue: Queue, letter: QueuedMessage) -> None:
        given = [queue.arguments.get("x-message-ttl"), letter.properties.pop("expiration", None)]
        limits = [int(each) for each in given if each is not None]
        letter.expires_at = time.monotonic() + min(limits) / 1000 if limits else None
        if letter.expires_at is not None:
            heapq.heappush(self._due, (letter.expires_at, next(self._ticket), queue.name))
            self._clock.notify()
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep_time, daemon=True)
                self._keeper.start()

    def _keep_time(self) -> None:
        with self._clock:
            while True:
                wait = self._due[0][0] - time.monotonic() if self._due else None
                if wait is None or wait > 0:
                    self._clock.wait(wait)
                    continue
                _, _, name = heapq.heappop(self._due)
                if name in self.queues:
                    self._drop_expired(self.queues[name])

    def _drop_expired(self, queue: Queue) -> None:
        """From the head only, as RabbitMQ does."""
        while (
            queue.letters
            and (queue.letters[0].expires_at or time.monotonic() + 1) <= time.monotonic()
        ):
            self._dead_letter(queue, queue.letters.popleft(), "expired")

    def _dead_letter(self, queue: Queue, letter: QueuedMessage, reason: str) -> None:
        exchange = queue.arguments.get("x-dead-letter-exchange")
        if exchange is None or exchange not in self.exchanges:
            return
        key = queue.arguments.get("x-dead-letter-routing-key", letter.routing_key)
        headers = dict(letter.headers)
        death = {
            "queue": queue.name,
            "reason": reason,
            "count": 1,
            "exchange": letter.exchange,
            "routing-keys": [letter.routing_key],
        }
        headers["x-death"] = [death, *headers.get("x-death", [])]
        headers.setdefault("x-first-death-queue", queue.name)
        headers.setdefault("x-first-death-reason", reason)
        headers.setdefault("x-first-death-exchange", letter.exchange)
        properties = {**letter.properties, "application_headers": headers}
        self.publish(QueuedMessage(letter.body, properties, exchange, key))

    # --- delivering

    def deliver(self, queue: Queue) -> None:
        """Hand messages to consumers that may have more, in turn."""
        while queue.letters and (consumer := self._free(queue)):
            self._drop_expired(queue)
            if queue.letters:
                consumer.channel.receive(queue, queue.letters.popleft(), consumer)

    def _free(self, queue: Queue) -> Consumer | None:
        one_at_a_time = queue.arguments.get("x-single-active-consumer")
        for _ in range(min(1, len(queue.consumers)) if one_at_a_time else len(queue.consumers)):
            consumer = queue.consumers[0]
            if not one_at_a_time:
                queue.consumers.rotate(-1)
            if consumer.no_ack or not consumer.limit or consumer.unacked < consumer.limit:
                return consumer
        return None

    def give_back(self, queue: Queue, letters: list[QueuedMessage]) -> None:
        """Put messages back at the head, in their order, as a quorum queue does: behind those that
        came back before them. Those delivered too often are dead."""
        limit = queue.arguments.get("x-delivery-limit")
        at = sum(1 for _ in itertools.takewhile(attrgetter("redelivered"), queue.letters))
        for letter in letters:
            letter.redelivered, letter.deliveries = True, letter.deliveries + 1
            letter.headers["x-delivery-count"] = letter.deliveries
            if limit is not None and letter.deliveries > limit:
                self._dead_letter(queue, letter, "delivery_limit")
            else:
                queue.letters.insert(at, letter)
                at += 1
        self.deliver(queue)

    def reject(self, queue: Queue, letter: QueuedMessage) -> None:
        self._dead_letter(queue, letter, "rejected")


def _copy(letter: QueuedMessage) -> QueuedMessage:
    properties = dict(letter.properties)
    properties["application_headers"] = dict(letter.headers)
    return QueuedMessage(letter.body, properties, letter.exchange, letter.routing_key)


def _matches(kind: str, pattern: str, key: str) -> bool:
    if kind == "fanout":
        return True
    return _topic(pattern.split("."), key.split(".")) if kind == "topic" else pattern == key


def _topic(pattern: list[str], words: list[str]) -> bool:
    if not pattern:
        return not words
    if pattern[0] == "#":
        return any(_topic(pattern[1:], words[i:]) for i in range(len(words) + 1))
    return bool(words) and pattern[0] in ("*", words[0]) and _topic(pattern[1:], words[1:])
