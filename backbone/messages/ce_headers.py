"""The headers of a message in the binary form of CloudEvents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from ..errors import Invalid, Reason
from .moments import SPEC

PREFIXES = ("ce-", "cloudevents_", "cloudevents:")


def each_of(headers: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The prefix, the attribute and the value of each header that is an attribute. No attributes are
    `data` and `data_base64`: in the binary form the body is the data."""
    for header, value in headers.items():
        low = header.lower()
        for prefix in PREFIXES:
            name = low[len(prefix) :]
            if low.startswith(prefix) and name not in ("data", "data_base64"):
                yield prefix, name, _moment(value) if name == "time" else value


def attributes_of(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for _, name, value in each_of(headers)}


def one_each(headers: Mapping[str, Any]) -> None:
    """Raise `Invalid` if an attribute is there twice, or under prefixes of two kinds."""
    prefixes: dict[str, str] = {}
    for prefix, name, _ in each_of(headers):
        if name in prefixes:
            raise Invalid([ambiguous(name[:60], "two headers have it")])
        if prefixes and prefix not in prefixes.values():
            either = f"headers begin with {prefix!r} and with {next(iter(prefixes.values()))!r}"
            raise Invalid([ambiguous(name[:60], either)])
        prefixes[name] = prefix


def _moment(value: Any) -> Any:
    """A header's time as RFC 3339 has it, where it is milliseconds since 1970 or AMQP's timestamp,
    which is in UTC."""
    if isinstance(value, int) and not isinstance(value, bool):
        with suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(value / 1000, UTC).isoformat()
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    return value


def ambiguous(field: str, how: str) -> Reason:
    return Reason(
        "AMBIGUOUS", f"It can be read in two ways: {how}. Say it once.", field=field, source=SPEC
    )
