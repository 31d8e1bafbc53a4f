"""A message that the relay is to publish, and how it lies in the outbox."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec
import orjson

from ..plain import to_json


class OutgoingMessage(msgspec.Struct, frozen=True, gc=False):
    """A message that the relay is to publish, after a delay if `delay_s` is more than 0."""

    exchange: str
    routing_key: str
    body: bytes
    content_type: str = "application/json"
    headers: dict[str, Any] = {}
    mandatory: bool = True
    delay_s: float = 0
    correlation_id: str | None = None  # of the call that this answers

    def entry(self) -> dict[bytes, bytes]:
        """As it lies in the outbox: how to send it, on a line of its own, and the body."""
        how = {
            "exchange": self.exchange,
            "routing_key": self.routing_key,
            "content_type": self.content_type,
            "mandatory": self.mandatory,
            "delay_s": self.delay_s,
        }
        address = to_json(how | {"headers": self.headers}) if self.headers else _address(**how)
        return {b"posting": address + b"\n" + self.body}

    @classmethod
    def of(cls, entry: dict[bytes, bytes]) -> OutgoingMessage:
        how, _, body = entry[b"posting"].partition(b"\n")
        return cls(body=body, **_how(how))


@lru_cache(1000)  # most messages differ in their body alone
def _address(**how: Any) -> bytes:
    return to_json(how)


@lru_cache(1000)
def _how(address: bytes) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(address)
    return found
