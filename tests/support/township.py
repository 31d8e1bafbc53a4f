"""A township's own system, written by somebody who has only read the contract: plain kombu."""

from __future__ import annotations

import json
import time as clock
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Self

import kombu

from .again import again
from .eventually import PATIENCE_S

STRUCTURED = "application/cloudevents+json"
TRIED_AGAIN = {"max_retries": 60, "interval_start": 0.1, "interval_step": 0.1, "interval_max": 1}


def _exchange(name: str, is_guest: bool = True) -> kombu.Exchange:
    return kombu.Exchange(f"township.{name}", type="topic", durable=True, no_declare=not is_guest)


RECEIPTS = _exchange("receipts")


class Township:
    """Publishes with confirms, tries again when the broker went away, and keeps its receipts.

    Its queue of receipts is durable: what is said while it is not connected is not lost.
    """

    def __init__(self, amqp_uri: str, code: str = "330604006", *, is_guest: bool = True) -> None:
        """As `guest` it declares the exchanges; another user may not."""
        self.code = code
        declared = [_exchange("events", is_guest), _exchange("receipts", is_guest)]
        self._exchanges = declared if is_guest else []
        self._connection = kombu.Connection(
            amqp_uri,
            transport_options={"confirm_publish": True},
            connect_timeout=5,
        )
        self._queue = kombu.Queue(
            f"receipts-{code}-{uuid.uuid4().hex[:8]}",
            # twice, as the queue that is made for it: a broker that is killed may forget a binding
            bindings=[kombu.binding(declared[1], key) for key in (code, f"{code}.#")],
            queue_arguments={"x-queue-type": "classic"},
        )
        self._received: list[dict[str, Any]] = []
        self._again(self._declare)()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.release()

    # --- what it says

    def publish(
        self,
        type: str,
        data: Any,
        id: str | None = None,
        mode: str = "structured",
        time: datetime | None = None,
        **attributes: Any,
    ) -> str:
        """Say that something happened. Answers the event's id.

        `mode` is "structured", or "binary ce-", "binary cloudEvents_", "binary cloudEvents:" with
        the prefix of the headers. Further CloudEvents attributes (`subject`, `source`) replace ours.
        """
        event = {
            "specversion": "1.0",
            "id": id or str(uuid.uuid4()),
            "source": f"/townships/{self.code}",
            "type": type,
            "time": (time or datetime.now(UTC)).isoformat(),
            **attributes,
        }
        key = f"{self.code}.{type}"
        if mode == "structured":
            self.publish_raw(key, json.dumps({**event, "data": data}), content_type=STRUCTURED)
        else:
            prefix = mode.removeprefix("binary ")
            headers = {prefix + name: value for name, value in event.items()}
            self.publish_raw(key, json.dumps(data), headers)
        return str(event["id"])

    def publish_raw(
        self,
        routing_key: str,
        body: bytes | str,
        headers: Mapping[str, Any] | None = None,
        content_type: str = "application/json",
    ) -> None:
        """Publish these very bytes."""
        self._again(self._send)(routing_key, body, dict(headers or {}), content_type)

    # --- what it is told

    def receipts(self, count: int = 1, timeout: float = PATIENCE_S) -> list[dict[str, Any]]:
        """Everything received so far, as whole CloudEvents; waits until there are `count`."""
        until = clock.monotonic() + timeout
        while len(self._received) < count:
            assert clock.monotonic() < until, (
                f"{len(self._received)} of {count} receipts within {timeout:g} s; "
                f"the last three: {self._received[-3:]}"
            )
            self._again(self._collect)()
        return list(self._received)

    def receipt(self, event_id: str, timeout: float = PATIENCE_S) -> dict[str, Any]:
        """The data of the receipt of one event; waits for it."""
        until = clock.monotonic() + timeout
        while clock.monotonic() < until:
            for receipt in self._received:
                if receipt["data"]["event_id"] == event_id:
                    data: dict[str, Any] = receipt["data"]
                    return data
            self._again(self._collect)()
        raise AssertionError(
            f"no receipt of {event_id} within {timeout:g} s, but {len(self._received)} others; "
            f"the last three: {self._received[-3:]}"
        )

    # --- the wire

    def _again(self, work: Any) -> Any:
        """`work`, tried again over a new connection when the broker goes away."""
        return again(self._connection, work, **TRIED_AGAIN)

    def _declare(self) -> None:
        channel = self._connection.default_channel
        for thing in (*self._exchanges, self._queue):
            thing(channel).declare()

    def _send(
        self, routing_key: str, body: bytes | str, headers: dict[str, Any], content_type: str
    ) -> None:
        self._connection.Producer().publish(
            body,
            exchange="township.events",
            routing_key=routing_key,
            headers=headers,
            content_type=content_type,
            content_encoding="utf-8" if isinstance(body, str) else "binary",
            delivery_mode="persistent",
        )

    def _collect(self) -> None:
        """Take what is there, or wait a moment for it."""
        message = self._queue(self._connection.default_channel).get()
        if message is None:
            clock.sleep(0.02)
            return
        self._received.append(json.loads(message.body))
        message.ack()
