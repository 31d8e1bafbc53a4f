"""A broker in memory, as a kombu transport: for tests and for a first look, nothing durable.

`register()` makes `embedded://name` a URI that kombu and nameko understand; connections of the same
name meet at the same broker."""

from __future__ import annotations

import itertools
import socket
import threading
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

import amqp
import kombu.transport
from amqp.exceptions import NotFound, PreconditionFailed
from kombu.transport import base, pyamqp
from kombu.transport.base import to_rabbitmq_queue_arguments

from .broker import Broker, Consumer, Queue, QueuedMessage, _copy


def register() -> None:
    """Let kombu know the transport. Harmless when done again."""
    kombu.transport.TRANSPORT_ALIASES["embedded"] = "backbone.testing.transport:Transport"


def reset(name: str) -> None:
    """Forget a broker and all that it holds."""
    _brokers.pop(name, None)


_brokers: dict[str, Broker] = {}


def broker(name: str) -> Broker:
    return _brokers.setdefault(name, Broker())


class Channel(base.StdChannel):  # type: ignore[misc]  # kombu has no types
    """A channel as kombu uses one. Deliveries wait in the connection until they are drained."""

    Message = pyamqp.Message

    def __init__(self, connection: EmbeddedConnection) -> None:
        self.connection: Any = connection
        self.broker = connection.broker
        self.is_open = True
        self.events: dict[str, set[Callable[..., None]]] = defaultdict(set)
        self.consumers: dict[str, tuple[Queue, Consumer]] = {}
        self.unacked: dict[int, tuple[Queue, QueuedMessage, Consumer | None]] = {}
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
            letter = _copy(QueuedMessage(body, properties, exchange, routing_key))
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

    def receive(self, queue: Queue, letter: QueuedMessage, consumer: Consumer) -> None:
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

    def _message(self, letter: QueuedMessage, tag: int, consumer_tag: str) -> Any:
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

    def _settle(self, tag: int, multiple: bool) -> list[tuple[Queue, QueuedMessage]]:
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
        by_queue: dict[str, tuple[Queue, list[QueuedMessage]]] = {}
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


class EmbeddedConnection:
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

    Connection = EmbeddedConnection
    default_port = 0
    connection_errors = amqp.Connection.connection_errors
    channel_errors = amqp.Connection.channel_errors
    recoverable_connection_errors = amqp.Connection.recoverable_connection_errors
    recoverable_channel_errors = amqp.Connection.recoverable_channel_errors
    driver_type = driver_name = "embedded"
    implements = base.Transport.implements.extend(heartbeats=False, asynchronous=False)

    def driver_version(self) -> str:
        return "1"

    def establish_connection(self) -> EmbeddedConnection:
        options = self.client.transport_options or {}
        opened = EmbeddedConnection(
            broker(self.client.hostname or "default"), bool(options.get("confirm_publish"))
        )
        opened.client = self.client
        return opened

    def create_channel(self, connection: EmbeddedConnection) -> Channel:
        return connection.channel()

    def drain_events(self, connection: EmbeddedConnection, **options: Any) -> None:
        connection.drain_events(**options)

    def close_connection(self, connection: EmbeddedConnection) -> None:
        connection.close()

    def verify_connection(self, connection: EmbeddedConnection) -> bool:
        return connection.connected

    def _collect(self, connection: EmbeddedConnection | None) -> None:
        if connection is not None:
            connection.close()
