"""A service that answers what a test tells it to, and remembers how it was asked."""

from __future__ import annotations

import json
import time
import uuid
from contextlib import suppress
from typing import Any, Self

import eventlet
import kombu

SILENCE: dict[str, Any] = {}
CALLS = kombu.Exchange("nameko-rpc", type="topic", durable=True)


def yes(result: Any) -> dict[str, Any]:
    return {"result": result, "error": None}


def no(exc_type: str, *reasons: dict[str, str], value: str = "so it is") -> dict[str, Any]:
    error = {"exc_type": exc_type, "exc_path": "", "exc_args": [list(reasons)], "value": value}
    return {"result": None, "error": error}


class Scripted:
    """One answer after the other, the last one for ever; `SILENCE` answers nothing. Use as a context
    manager."""

    def __init__(self, uri: str, *answers: dict[str, Any], slow_s: float = 0) -> None:
        self.uri, self.answers, self.slow_s = uri, list(answers), slow_s
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        self._connection = kombu.Connection(self.uri)
        bound = [kombu.binding(CALLS, f"{service}.*") for service in ("parcels", "notify")]
        queue = kombu.Queue(f"rpc-{uuid.uuid4().hex}", bindings=bound, auto_delete=True)
        self._consumer = self._connection.Consumer([queue], on_message=self._hear, no_ack=True)
        self._consumer.consume()
        self._thread = eventlet.spawn(self._run)
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.kill()
        self._connection.release()

    def _run(self) -> None:
        while True:
            with suppress(TimeoutError):
                self._connection.drain_events(timeout=0.2)

    def _hear(self, message: Any) -> None:
        self.asked.append(json.loads(message.body)["kwargs"])
        self.headers.append(
            {**message.headers, "routing_key": message.delivery_info["routing_key"]}
        )
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is SILENCE:
            return
        time.sleep(self.slow_s)
        self._connection.Producer().publish(
            answer,
            exchange=CALLS.name,
            routing_key=message.properties["reply_to"],
            correlation_id=message.properties["correlation_id"],
            serializer="json",
        )
