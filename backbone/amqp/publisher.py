"""Publishing in order, and waiting for the broker's confirms."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import suppress
from itertools import takewhile
from typing import Any

import eventlet
import kombu

from ..errors import Unavailable
from ..messages.outgoing import OutgoingMessage
from .connection import CONNECTION_ERRORS, close, connect, refusal
from .consumer import AT_ONCE_S
from .frames import BufferedTransport

CONFIRM_WITHIN_S = 30
TAKES_WITHIN_S = 10  # it writes nothing for the answer, so that a busy one is quick enough


class Unconfirmed(Exception):
    """The broker takes messages and does not say that it has them."""


class Publisher:
    """Publishes postings in order and returns when the broker has taken all of them.

    The connection stays open until then: a quorum queue may drop what was published over a channel
    that is closed before it was confirmed.
    """

    def __init__(self, uri: str, heartbeat_s: int = 0) -> None:
        self.uri = uri
        self.heartbeat_s = heartbeat_s
        self._connection: kombu.Connection | None = None
        self._channel: Any = None
        self._buffered: Any = None
        self._answers: Confirms | None = None

    def takes(self, probe: OutgoingMessage) -> bool:
        """Whether the broker takes messages now. While it is short of memory or disk it reads nothing more
        over a connection that has published. It is asked with a message that leads to no queue, twice: the
        first over a connection may get through."""
        for _ in range(2):  # the first may only show that an old connection was closed
            try:
                self.publish([probe, probe], TAKES_WITHIN_S)
            except Unavailable as problem:
                if isinstance(problem.__cause__, Unconfirmed):
                    return False
            else:
                break
        return True

    def publish(
        self, postings: Sequence[OutgoingMessage], within_s: float = CONFIRM_WITHIN_S
    ) -> list[str]:
        """Publish and wait for the confirms. Answers the routing keys that nobody listens to.

        Raises `Unavailable` when the broker did not confirm; any of the postings may have arrived.
        """
        try:
            with eventlet.Timeout(within_s, Unconfirmed()):
                answers = self._open()
                answers.refused, answers.returned = 0, []
                self._buffered.hold()
                for posting in postings:
                    self._send(answers, posting)
                self._buffered.flush()
                while answers.missing:
                    self._connection.drain_events()  # type: ignore[union-attr]  # opened above
        except Unconfirmed as problem:
            self.close()
            raise Unavailable(
                f"no confirm of the broker in {within_s} s; is its memory or its disk full?"
            ) from problem
        except CONNECTION_ERRORS as problem:
            self.close()
            silent = f"the broker does not answer ({type(problem).__name__})"
            raise Unavailable(refusal(problem, self.uri) or silent) from problem
        except BaseException:
            self.close()  # some of the batch may be on its way: never go on over this connection
            raise
        if answers.refused:
            raise Unavailable(
                "the broker took not all messages: a queue is full, or has lost its leader"
            )
        return answers.returned

    def _open(self) -> Confirms:
        if self._answers is None:
            self._connection = opened = connect(self.uri, self.heartbeat_s)
            self._channel = opened.channel()
            self._buffered = BufferedTransport(opened)
            self._answers = Confirms(self._channel)
        return self._answers

    def _send(self, answers: Confirms, posting: OutgoingMessage) -> None:
        answers.expect_one()
        self._buffered.publish(self._channel, posting)

    def beat(self) -> None:
        """Tell the broker that we live, and hear what it has to say."""
        if self._connection is not None and self.heartbeat_s:
            try:
                self._connection.heartbeat_check()
                with suppress(socket.timeout):
                    self._connection.drain_events(timeout=AT_ONCE_S)
            except CONNECTION_ERRORS:
                self.close()

    def close(self) -> None:
        opened, self._connection = self._connection, None
        self._channel = self._answers = None
        if opened is not None:
            close(opened)


class Confirms:
    """What the broker says of the messages that it is sent over one channel. Of no other: while a
    connection is closed it may still say something of the messages that it was sent."""

    def __init__(self, channel: Any) -> None:
        self._sent = 0
        self.missing: dict[int, None] = {}  # numbers of messages, in order
        self.refused = 0
        self.returned: list[str] = []  # routing keys
        channel.confirm_select()
        channel.events["basic_ack"].add(self._on_ack)
        channel.events["basic_nack"].add(self._on_nack)
        channel.events["basic_return"].add(self._on_return)

    def expect_one(self) -> None:
        """One more message is sent next."""
        self._sent += 1
        self.missing[self._sent] = None

    def _on_ack(self, tag: int, multiple: bool) -> None:
        if multiple:
            for each in list(takewhile(lambda number: number <= tag, self.missing)):
                del self.missing[each]
        else:
            self.missing.pop(tag, None)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        self.refused += 1
        self._on_ack(tag, multiple)

    def _on_return(self, _problem: Any, _exchange: str, routing_key: str, _message: Any) -> None:
        self.returned.append(routing_key)
