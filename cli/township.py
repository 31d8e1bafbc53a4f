"""Publishing as a township does: an event out, its receipt back."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import kombu

from backbone.amqp.connection import connection
from backbone.messages.envelope import Event, encode, encode_binary

# the services declare it: a township's user may not
RECEIPTS = kombu.Exchange("township.receipts", type="topic", durable=True, no_declare=True)


def publish_and_wait(
    uri: str, township: str, event: Event, wait_s: float, prefix: str = ""
) -> dict[str, Any] | None:
    """Publish with confirm, and answer the data of the receipt, or none within `wait_s` seconds.

    With a `prefix` (`ce-`, `cloudEvents_`, `cloudEvents:`) in binary form, its attributes in headers
    that begin so; else structured.
    """
    body, headers = encode_binary(event, prefix) if prefix else (encode(event), {})
    with connection(uri, confirms=True) as opened:
        queue = kombu.Queue(
            f"receipts-{township}-{uuid.uuid4()}", RECEIPTS, township, exclusive=True
        )
        receipts = opened.SimpleQueue(queue, no_ack=True)
        opened.Producer().publish(
            body,
            headers=headers,
            exchange="township.events",
            routing_key=f"{township}.{event.type}",
            content_type="application/json" if prefix else "application/cloudevents+json",
            content_encoding="utf-8",
            delivery_mode=2,
        )
        return _receipt_of(receipts, event.id, time.monotonic() + wait_s)


def _receipt_of(receipts: Any, event_id: str, until: float) -> dict[str, Any] | None:
    while (left := until - time.monotonic()) > 0:
        try:
            message = receipts.get(timeout=left)
        except receipts.Empty:
            break
        data: dict[str, Any] = json.loads(message.body)["data"]
        if data["event_id"] == event_id:
            return data
    return None
