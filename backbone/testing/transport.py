"""A broker in memory, as a kombu transport: for tests and for a first look, nothing durable.

`register()` makes `embedded://name` a URI that kombu and nameko understand; connections of the same
name meet at the same broker."""

from __future__ import annotations

import socket
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

import amqp
import kombu.transport
from kombu.transport import base

from .broker import Broker
from .channel import Channel


def register() -> None:
    """Let kombu know the transport. Harmless when done again."""
    kombu.transport.TRANSPORT_ALIASES["embedded"] = "backbone.testing.transport:Transport"


def reset(name: str) -> None:
    """Forget a broker and all that it holds."""
    _brokers.pop(name, None)


_brokers: dict[str, Broker] = {}


def broker(name: str) -> Broker:
    return _brokers.setdefault(name, Broker())


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
