"""Small things that every room uses: names and digests, things as plain values, JSON."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from typing import Any

import msgspec
import orjson


def to_json(value: Any) -> bytes:
    return orjson.dumps(value, default=str)


@cache
def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def digest_of(*parts: str) -> str:
    """A name for these, the same whenever it is asked for: 128 bits in hexadecimal."""
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]


def dump(thing: Any) -> Any:
    """A thing or a fact as plain JSON-able values: decimals are text, dates ISO 8601."""
    return msgspec.to_builtins(thing)
