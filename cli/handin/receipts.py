"""The receipts of the townships of a file, over a connection of its own."""

from __future__ import annotations

import time
import uuid
from typing import Any

import kombu
import msgspec

from backbone.amqp.connection import close, connect
from backbone.amqp.frames import BufferedTransport

from ..township import RECEIPTS

AT_ONCE_S = 1e-3


class Receipts:
    """Queues of our own, gone when we are: what it would have told a run that was killed, its next
    run is told again."""

    def __init__(self, uri: str) -> None:
        self._connection = connect(uri)
        self._channel = self._connection.channel()
        self._buffered = BufferedTransport(self._connection)
        self._townships: set[str] = set()
        self._arrived: list[bytes] = []
        self._consumer = kombu.Consumer(
            self._channel, [], on_message=lambda m: self._arrived.append(m.body), no_ack=True
        )

    def hear(self, township: str) -> None:
        """Receipts of this township come here, too, from now on, by a queue that its user may have."""
        if township in self._townships:
            return
        name = f"receipts-{township}-{uuid.uuid4()}"
        queue = kombu.Queue(
            name, RECEIPTS, township, exclusive=True, durable=False, auto_delete=True
        )
        self._consumer.add_queue(queue)
        self._consumer.consume()
        self._townships.add(township)

    def take(self, wait_s: float = 0) -> list[dict[str, Any]]:
        """The data of what has arrived; of what arrives first within `wait_s` seconds, if nothing
        has."""
        until = time.monotonic() + wait_s
        while self._drained(AT_ONCE_S) or (
            not self._arrived and self._drained(until - time.monotonic())
        ):
            pass
        arrived, self._arrived = self._arrived, []
        return [msgspec.json.decode(body)["data"] for body in arrived]

    def _drained(self, wait_s: float) -> bool:
        if wait_s <= 0:
            return False
        try:
            self._connection.drain_events(timeout=wait_s)
            self._buffered.take_in()
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        close(self._connection)
