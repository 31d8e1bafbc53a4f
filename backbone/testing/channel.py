"""A channel to the broker in memory, as kombu uses one: it declares, publishes, consumes, settles."""

from __future__ import annotations

import itertools
import threading
from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import amqp
from amqp.exceptions import NotFound, PreconditionFailed
from kombu.transport import base, pyamqp
from kombu.transport.base import to_rabbitmq_queue_arguments

from .broker import Consumer, Queue, QueuedMessage, _copy

if TYPE_CHECKING:
    from .transport import EmbeddedConnection


class Channel(base.StdChannel):  # type: ignore[misc]  # kombu has no types
    """Deliveries wait in the connection until they are drained."""

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
