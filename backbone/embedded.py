"""A broker in this process: what we use of RabbitMQ, as a kombu transport, for the first run and tests.

`register()` makes `embedded://name` a URI that kombu and nameko understand; connections of the same
name share one broker. It is woken by what happens, it does not poll, and it keeps nothing. What it
models is held against RabbitMQ itself by `tests/backbone/test_broker_semantics.py`.
"""

from __future__ import annotations

import heapq
import itertools
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import amqp
import kombu.transport
from amqp.exceptions import NotFound, PreconditionFailed
from kombu.transport import base, pyamqp
from kombu.transport.base import to_rabbitmq_queue_arguments


def register() -> None:
    """Let kombu know the transport. Harmless when done again."""
    kombu.transport.TRANSPORT_ALIASES["embedded"] = "backbone.embedded:Transport"


def reset(name: str) -> None:
    """Forget a broker and all that it holds."""
    _brokers.pop(name, None)


_brokers: dict[str, Broker] = {}


def broker(name: str) -> Broker:
    return _brokers.setdefault(name, Broker())


# --- the broker


@dataclass
class Letter:
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
    letters: deque[Letter] = field(default_factory=deque)
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

    def publish(self, letter: Letter) -> tuple[bool, bool]:
        """Whether the message reached a queue, and whether every queue took it."""
        if letter.exchange not in self.exchanges:
            raise NotFound(f"no exchange '{letter.exchange}'", (60, 40), "")
        reached = self.route(letter.exchange, letter.routing_key)
        taken = [self._enqueue(self.queues[name], _copy(letter)) for name in sorted(reached)]
        return bool(reached), all(taken)

    def _enqueue(self, queue: Queue, letter: Letter) -> bool:
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

    def _expire(self, queue: Queue, letter: Letter) -> None:
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

    def _dead_letter(self, queue: Queue, letter: Letter, reason: str) -> None:
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
        self.publish(Letter(letter.body, properties, exchange, key))

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

    def give_back(self, queue: Queue, letters: list[Letter]) -> None:
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

    def reject(self, queue: Queue, letter: Letter) -> None:
        self._dead_letter(queue, letter, "rejected")


def _copy(letter: Letter) -> Letter:
    properties = dict(letter.properties)
    properties["application_headers"] = dict(letter.headers)
    return Letter(letter.body, properties, letter.exchange, letter.routing_key)


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


# --- the wire, which is none


class Channel(base.StdChannel):  # type: ignore[misc]  # kombu has no types
    """A channel as kombu uses one. Deliveries wait in the connection until they are drained."""

    Message = pyamqp.Message

    def __init__(self, connection: Wire) -> None:
        self.connection: Any = connection
        self.broker = connection.broker
        self.is_open = True
        self.events: dict[str, set[Callable[..., None]]] = defaultdict(set)
        self.consumers: dict[str, tuple[Queue, Consumer]] = {}
        self.unacked: dict[int, tuple[Queue, Letter, Consumer | None]] = {}
        self.confirms = connection.confirm_publish
        self._limit = 0
        self._tags, self._published, self._names = (itertools.count(1) for _ in range(3))

    # --- declaring

    def exchange_declare(
        self, exchange: str, type: str = "", passive: bool = False, arguments: Any = None, **_: Any
    ) -> None:
        with self._open():
            self.broker.declare_exchange(exchange, type, arguments or {}, passive)

    def exchange_bind(
        self, destination: str, source: str = "", routing_key: str = "", **_: Any
    ) -> None:
        with self._open():
            self.broker.bind("exchange", destination, source, routing_key)

    def exchange_unbind(
        self, destination: str, source: str = "", routing_key: str = "", **_: Any
    ) -> None:
        with self._open():
            self.broker.unbind("exchange", destination, source, routing_key)

    def exchange_delete(self, exchange: str, **_: Any) -> None:
        with self._open():
            self.broker.delete_exchange(exchange)

    def queue_declare(
        self,
        queue: str = "",
        passive: bool = False,
        exclusive: bool = False,
        auto_delete: bool = False,
        arguments: Any = None,
        **_: Any,
    ) -> Any:
        name = queue or f"amq.gen-{id(self)}-{next(self._names)}"
        with self._open():
            owner = self.connection if exclusive else None
            declared = self.broker.declare_queue(name, arguments or {}, passive, owner, auto_delete)
        return amqp.protocol.queue_declare_ok_t(*declared)

    def queue_bind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        with self._open():
            self.broker.bind("queue", queue, exchange, routing_key)

    def queue_unbind(self, queue: str, exchange: str = "", routing_key: str = "", **_: Any) -> None:
        with self._open():
            self.broker.unbind("queue", queue, exchange, routing_key)

    def queue_delete(self, queue: str, **_: Any) -> int:
        with self._open():
            return self.broker.delete_queue(queue)

    def queue_purge(self, queue: str, **_: Any) -> int:
        with self._open():
            letters = self._queue(queue).letters
            count = len(letters)
            letters.clear()
        return count

    def prepare_queue_arguments(self, arguments: Any, **options: Any) -> Any:
        return to_rabbitmq_queue_arguments(arguments, **options)

    # --- publishing

    def prepare_message(
        self,
        body: Any,
        priority: Any = None,
        content_type: Any = None,
        content_encoding: Any = None,
        headers: Any = None,
        properties: Any = None,
    ) -> Any:
        return amqp.Message(
            body,
            priority=priority,
            content_type=content_type,
            content_encoding=content_encoding,
            application_headers=headers,
            **properties or {},
        )

    def confirm_select(self, nowait: bool = False) -> None:
        self.confirms = True

    def basic_publish(
        self,
        message: Any,
        exchange: str = "",
        routing_key: str = "",
        mandatory: bool = False,
        **_: Any,
    ) -> None:
        body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
        properties = {k: v for k, v in message.properties.items() if v is not None}
        with self._open():
            letter = _copy(Letter(body, properties, exchange, routing_key))
            reached, taken = self.broker.publish(letter)
        if mandatory and not reached:
            self._returned(message, exchange, routing_key)
        if self.confirms:
            for confirmed in tuple(self.events["basic_ack" if taken else "basic_nack"]):
                confirmed(next(self._published), False)

    _basic_publish = basic_publish

    def _returned(self, message: Any, exchange: str, routing_key: str) -> None:
        problem = amqp.exceptions.ChannelError("NO_ROUTE", (50, 60), "312")
        if not self.events["basic_return"]:
            raise problem
        for callback in tuple(self.events["basic_return"]):
            callback(problem, exchange, routing_key, message)

    # --- consuming

    def basic_qos(self, prefetch_size: int, prefetch_count: int, a_global: bool) -> None:
        self._limit = prefetch_count

    def basic_consume(
        self,
        queue: str,
        no_ack: bool = False,
        consumer_tag: str = "",
        callback: Any = None,
        **_: Any,
    ) -> str:
        tag = consumer_tag or f"ctag-{id(self)}-{next(self._names)}"
        with self._open():
            found = self._queue(queue)
            consumer = Consumer(tag, self, callback, no_ack, self._limit)
            self.consumers[tag] = (found, consumer)
            found.consumers.append(consumer)
            self.broker.deliver(found)
        return tag

    def basic_cancel(self, consumer_tag: str, **_: Any) -> None:
        with self.broker.lock:
            if consumer_tag not in self.consumers:
                return
            queue, consumer = self.consumers.pop(consumer_tag)
            if consumer in queue.consumers:
                queue.consumers.remove(consumer)
                if queue.auto_delete and not queue.consumers:
                    self.broker.delete_queue(queue.name)

    def receive(self, queue: Queue, letter: Letter, consumer: Consumer) -> None:
        """Called by the broker with a message for one of our consumers."""
        tag = next(self._tags)
        if not consumer.no_ack:
            self.unacked[tag] = (queue, letter, consumer)
            consumer.unacked += 1
        self.connection.arrived(consumer.callback, self._message(letter, tag, consumer.tag))

    def basic_get(self, queue: str, no_ack: bool = False, **_: Any) -> Any:
        with self._open():
            found = self._queue(queue)
            if not found.letters:
                return None
            letter, tag = found.letters.popleft(), next(self._tags)
            if not no_ack:
                self.unacked[tag] = (found, letter, None)
        return self._message(letter, tag, "")

    def _message(self, letter: Letter, tag: int, consumer_tag: str) -> Any:
        properties = dict(letter.properties)
        properties["application_headers"] = dict(letter.headers)
        message = amqp.Message(letter.body, channel=self)
        message.properties = properties
        message.delivery_info = {
            "consumer_tag": consumer_tag,
            "delivery_tag": tag,
            "redelivered": letter.redelivered,
            "exchange": letter.exchange,
            "routing_key": letter.routing_key,
        }
        return message

    def message_to_python(self, raw_message: Any) -> Any:
        return self.Message(raw_message, channel=self)

    # --- settling

    def basic_ack(self, delivery_tag: int, multiple: bool = False, **_: Any) -> None:
        with self._open():
            for queue in {q.name: q for q, _ in self._settle(delivery_tag, multiple)}.values():
                self.broker.deliver(queue)

    def basic_reject(self, delivery_tag: int, requeue: bool = False) -> None:
        with self._open():
            for queue, letter in self._settle(delivery_tag, False):
                if requeue:
                    self.broker.give_back(queue, [letter])
                else:
                    self.broker.reject(queue, letter)
                    self.broker.deliver(queue)

    def basic_recover(self, requeue: bool = True) -> None:
        with self.broker.lock:
            self._give_back()

    def _settle(self, tag: int, multiple: bool) -> list[tuple[Queue, Letter]]:
        tags = [each for each in self.unacked if each <= tag] if multiple else [tag]
        if not multiple and tag not in self.unacked:
            raise PreconditionFailed(f"unknown delivery tag {tag}", (60, 80), "")
        settled = []
        for each in tags:
            queue, letter, consumer = self.unacked.pop(each)
            if consumer:
                consumer.unacked -= 1
            settled.append((queue, letter))
        return settled

    def _give_back(self) -> None:
        by_queue: dict[str, tuple[Queue, list[Letter]]] = {}
        for _, (queue, letter, consumer) in sorted(self.unacked.items()):
            by_queue.setdefault(queue.name, (queue, []))[1].append(letter)
            if consumer:
                consumer.unacked -= 1
        self.unacked.clear()
        for queue, letters in by_queue.values():
            self.broker.give_back(queue, letters)

    # --- life

    def close(self) -> None:
        if not self.is_open:
            return
        self.is_open = False
        with self.broker.lock:
            for tag in list(self.consumers):
                self.basic_cancel(tag)
            self._give_back()
            self.connection.forget(self)
            self.connection = None

    def flow(self, active: bool) -> None:
        """Nothing flows here that could be stopped."""

    def _queue(self, name: str) -> Queue:
        if name not in self.broker.queues:
            raise NotFound(f"no queue '{name}'", (50, 10), "")
        return self.broker.queues[name]

    def _open(self) -> threading.RLock:
        if not self.is_open:
            raise amqp.exceptions.RecoverableConnectionError("the channel is closed")
        return self.broker.lock


class Wire:
    """A connection: its channels, and what has arrived for them."""

    def __init__(self, broker: Broker, confirm_publish: bool) -> None:
        self.broker, self.confirm_publish = broker, confirm_publish
        self.connected = True
        self.client: Any = None
        self.channels: list[Channel] = []
        self._arrived: deque[tuple[Callable[[Any], None], Any]] = deque()
        self._wakeup = threading.Condition()

    def channel(self) -> Channel:
        self.channels.append(Channel(self))
        return self.channels[-1]

    def forget(self, channel: Channel) -> None:
        if channel in self.channels:
            self.channels.remove(channel)
        self._arrived = deque(each for each in self._arrived if each[1].channel is not channel)

    def arrived(self, callback: Callable[[Any], None], message: Any) -> None:
        with self._wakeup:
            self._arrived.append((callback, message))
            self._wakeup.notify()

    def drain_events(self, timeout: float | None = None) -> None:
        """Hand over one message; wait for it, or raise `socket.timeout`."""
        with self._wakeup:
            if not self._wakeup.wait_for(lambda: self._arrived or not self.connected, timeout):
                raise socket.timeout("nothing arrived")  # noqa: UP041 - what kombu's users catch
            if not self._arrived:
                raise amqp.exceptions.RecoverableConnectionError("the connection is closed")
            callback, message = self._arrived.popleft()
        callback(message)

    def send_heartbeat(self) -> None:
        """Nobody listens for one."""

    def close(self) -> None:
        for channel in list(self.channels):
            channel.close()
        with self.broker.lock:
            for name in [n for n, q in self.broker.queues.items() if q.owner is self]:
                self.broker.delete_queue(name)
        with self._wakeup:
            self.connected = False
            self._wakeup.notify_all()


class Transport(base.Transport):  # type: ignore[misc]  # kombu has no types
    """kombu's view of it. The host of the URI names the broker."""

    Connection = Wire
    default_port = 0
    connection_errors = amqp.Connection.connection_errors
    channel_errors = amqp.Connection.channel_errors
    recoverable_connection_errors = amqp.Connection.recoverable_connection_errors
    recoverable_channel_errors = amqp.Connection.recoverable_channel_errors
    driver_type = driver_name = "embedded"
    implements = base.Transport.implements.extend(heartbeats=False, asynchronous=False)

    def driver_version(self) -> str:
        return "1"

    def establish_connection(self) -> Wire:
        options = self.client.transport_options or {}
        opened = Wire(
            broker(self.client.hostname or "default"), bool(options.get("confirm_publish"))
        )
        opened.client = self.client
        return opened

    def create_channel(self, connection: Wire) -> Channel:
        return connection.channel()

    def drain_events(self, connection: Wire, **options: Any) -> None:
        connection.drain_events(**options)

    def close_connection(self, connection: Wire) -> None:
        connection.close()

    def verify_connection(self, connection: Wire) -> bool:
        return connection.connected

    def _collect(self, connection: Wire | None) -> None:
        if connection is not None:
            connection.close()
