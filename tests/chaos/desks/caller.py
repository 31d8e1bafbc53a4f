"""How a desk asks the services: until it is answered."""

from __future__ import annotations

import json
import time
import uuid
from contextlib import suppress
from typing import Any

import kombu

ANSWERS_S = 6
PATIENCE_S = 240
AGAIN = ("Unavailable", "DeadlineExceeded")


class Refusal(Exception):
    """A service said no: its kind of error, and the sentence."""


class Caller:
    """An internal system that calls until it is answered, whatever breaks."""

    def __init__(self, uri: str, user: str | None = None) -> None:
        """`user`, if given, is said to be the one who calls."""
        self.uri, self.user = uri, user
        self._connection: kombu.Connection | None = None

    def call(self, service: str, method: str, **arguments: Any) -> Any:
        """The answer. Raises `Refusal` for a no, and `TimeoutError` after four minutes without one."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                answer = self._ask(service, method, arguments)
            except (TimeoutError, OSError, kombu.exceptions.KombuError, *self._broken()):
                self.close()
                time.sleep(0.3)
                continue
            if answer["error"] is None:
                return answer["result"]
            kind, said = answer["error"]["exc_type"], answer["error"]["value"]
            if kind not in AGAIN:
                raise Refusal(f"{service}.{method}: {kind}: {said}")
            time.sleep(0.3)
        raise TimeoutError(f"{service}.{method} was not answered")

    def close(self) -> None:
        if self._connection:
            with suppress(Exception):
                self._connection.release()
        self._connection = None

    def _broken(self) -> tuple[type[Exception], ...]:
        return kombu.Connection(self.uri).recoverable_connection_errors

    def _ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        if self._connection is None:
            self._open()
        call_id, found = str(uuid.uuid4()), []
        self._answers = {call_id: found.append}
        self._producer.publish(
            {"args": [], "kwargs": arguments},
            exchange="nameko-rpc",
            routing_key=f"{service}.{method}",
            serializer="json",
            reply_to=self._name,
            correlation_id=call_id,
            headers={"x-deadline": int(time.time()) + ANSWERS_S},
            user_id=self.user,
        )
        until = time.monotonic() + ANSWERS_S
        while not found:
            self._connection.drain_events(timeout=max(0.1, until - time.monotonic()))
            if time.monotonic() > until and not found:
                raise TimeoutError("no answer")
        return found[0]

    def _open(self) -> None:
        options = {"read_timeout": ANSWERS_S, "write_timeout": ANSWERS_S}
        self._connection = kombu.Connection(self.uri, transport_options=options, connect_timeout=5)
        channel = self._connection.channel()
        self._name = f"desk-{uuid.uuid4()}"
        queue = kombu.Queue(self._name, exclusive=True, auto_delete=True, channel=channel)
        queue.declare()
        queue.bind_to("nameko-rpc", routing_key=self._name)
        self._producer = kombu.Producer(channel)
        consumer = kombu.Consumer(channel, [queue], on_message=self._heard, no_ack=True)
        consumer.consume()
        self._consumer = consumer

    def _heard(self, message: Any) -> None:
        take = self._answers.get(message.properties.get("correlation_id"))
        if take:
            take(json.loads(message.body))
