"""One connection to the broker, with a queue of its own for what comes back. A line that broke is hung
up; the next use opens another."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import unquote, urlsplit

import amqp
import kombu
import kombu.exceptions

from . import tls

NO_ENTRY = (amqp.exceptions.AccessRefused, amqp.exceptions.NotAllowed)
BROKEN: tuple[type[Exception], ...] = (
    *kombu.Connection("amqp://").connection_errors,
    *kombu.Connection("amqp://").channel_errors,
    kombu.exceptions.OperationalError,
    amqp.exceptions.MessageNacked,
    OSError,
)
LOOKS_EVERY_S = 60.0
OPENS_WITHIN_S = 5.0
TAKEN_WITHIN_S = 3.0  # the broker's word that it has a message; longer, and the line is dead


class Line:
    """`exchange` and `key` say where its queue is bound; without a key, by its own name. Whatever goes
    wrong with it is one of `BROKEN`."""

    def __init__(
        self, uri: str, prefix: str, exchange: str, key: str = "", kept_s: int = 0
    ) -> None:
        self._nodes = [tls.options(each) for each in nodes(uri)]
        self._prefix, self._exchange, self._key = prefix, exchange, key
        self._kept_s, self.name = kept_s, ""
        name = urlsplit(uri).username
        self._user = unquote(name) if name else None
        self._connection: Any = None
        self._arrived: list[Any] = []

    def send(self, body: bytes, until: float, **where: Any) -> None:
        """Returns when the broker has it. A message that nobody would get is not taken."""
        opened = self._open(until)
        opened.Producer(self._channel).publish(
            body,
            mandatory=True,
            retry=False,
            content_encoding="utf-8",
            user_id=self._user,  # who sends it; the broker holds this against the connection
            timeout=_within(TAKEN_WITHIN_S, until),
            confirm_timeout=_within(TAKEN_WITHIN_S, until),
            **where,
        )

    def wait(self, until: float, wanted: Callable[[Any], bool]) -> Any:
        """The first message that is wanted, or none by then. Others are dropped."""
        opened = self._open(until)
        while True:
            while self._arrived:
                message = self._arrived.pop(0)
                if wanted(message):
                    return message
            try:
                self._drain(opened, _within(LOOKS_EVERY_S, until))
            except TimeoutError:
                if time.monotonic() >= until:
                    return None

    def _drain(self, opened: Any, seconds: float) -> None:
        """kombu would open another connection in the place of one that broke, without our queue."""
        if not opened.connected:
            raise ConnectionResetError("the connection to the broker broke")
        opened.drain_events(timeout=seconds)

    def queue(self, until: float) -> str:
        """The name of its queue, which is there when this returns."""
        self._open(until)
        return self.name

    def hang_up(self) -> None:
        """Let the connection go; one that does not answer is left to the system."""
        opened, self._connection = self._connection, None
        if opened is not None:
            with suppress(*BROKEN):
                opened.collect(1)

    def close(self) -> None:
        """End it as a program should that leaves, and leave no queue behind."""
        opened, self._connection = self._connection, None
        if opened is not None:
            with suppress(*BROKEN):
                if opened.connected:
                    self._consumer.cancel()  # first, or the broker would complain that its queue is gone
                    self._channel.queue_delete(self.name)
            with suppress(*BROKEN):
                opened.release()

    def _open(self, until: float) -> Any:
        if self._connection is None:
            self._connection = self._dial(until)
            self._arrived = []
            self._channel = self._connection.channel()
            self._listen(self._connection)
        return self._connection

    def _dial(self, until: float) -> Any:
        """A connection to one of the nodes, in a random order. Raises what the last of them said."""
        last, *others = random.sample(self._nodes, len(self._nodes))
        for each in others:
            with suppress(*BROKEN):
                return _opened(*each, until)
        return _opened(*last, until)

    def _listen(self, opened: Any) -> None:
        """Declare the queue; one that is kept outlives the connection, with what comes meanwhile."""
        if not self.name or not self._kept_s:
            self.name = f"{self._prefix}{uuid.uuid4()}"
        kept = (
            {"expires": self._kept_s} if self._kept_s else {"exclusive": True, "auto_delete": True}
        )
        queue = kombu.Queue(
            self.name,
            durable=bool(self._kept_s),
            channel=self._channel,
            queue_arguments={"x-queue-type": "classic"},
            **kept,
        )
        queue.declare()
        queue.bind_to(self._exchange, self._key or self.name)
        self._consumer = opened.Consumer(
            [queue], channel=self._channel, on_message=self._arrived.append, no_ack=True
        )
        self._consumer.consume()


def _opened(uri: str, tls_options: dict[str, Any], until: float) -> Any:
    opened = kombu.Connection(
        uri,
        connect_timeout=_within(OPENS_WITHIN_S, until),
        transport_options={"confirm_publish": True},
        **tls_options,
    )
    return opened.ensure_connection(max_retries=1, interval_start=0, interval_step=0)


def nodes(uri: str) -> list[str]:
    """The URI of each node of a cluster: `amqp://user:password@one:5672,two:5672/vhost` names two."""
    where = urlsplit(uri)
    login, at, hosts = where.netloc.rpartition("@")
    return [where._replace(netloc=f"{login}{at}{host}").geturl() for host in hosts.split(",")]


def _within(seconds: float, until: float) -> float:
    """So many seconds, and no longer than until then; never none, which would be for ever."""
    return max(0.01, min(seconds, until - time.monotonic()))
