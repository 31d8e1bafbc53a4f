"""Values that a stranger sent, made plain: text that is text, numbers that are finite, nothing too deep."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isfinite
from typing import Any


def plain(value: Any, depth: int = 10) -> Any:
    """What a client sent beside a message, as JSON and UTF-8 can hold it: a publisher may send a
    header that neither can, and it must not hold up the messages beside it. What lies deeper than
    `depth` is left out."""
    if depth < 0:
        return "…"
    if isinstance(value, bytes):
        return _legible(value)
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, datetime):  # AMQP's own timestamp, which is in UTC
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, dict):
        return {_name(plain(name)): plain(each, depth - 1) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each, depth - 1) for each in value]
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return value
    if value is None or (isinstance(value, float) and isfinite(value)):
        return value
    return str(value)


def _name(name: Any) -> str:
    """The name of a header, no longer than AMQP can hold."""
    return str(name).encode()[:255].decode(errors="ignore")


def _legible(text: bytes) -> Any:
    """A text; or its bytes in a table where it is none, so that no two of them become one text."""
    try:
        return text.decode()
    except UnicodeDecodeError:
        return {"not_utf_8": text[:100].hex()}
