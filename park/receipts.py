"""What a receipt says of a report in which a person's number was masked."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import wraps
from typing import Any, TypeVar

from .masking import MASKED

Service = TypeVar("Service", bound=type)
FEED = "township"


def says_what_was_masked(service: Service) -> Service:
    """Decorates a service: the receipt's note of each report of a township names the fields in which a
    number was masked, beside what its handler says."""
    for name, method in inspect.getmembers(service, callable):
        heard = getattr(method, "nameko_entrypoints", ())
        if any(getattr(each, "source", None) == FEED for each in heard):
            setattr(service, name, _saying(method))
    return service


def _saying(method: Callable[..., Any]) -> Callable[[Any, Any], str | None]:
    @wraps(method)
    def handle(self: Any, event: Any) -> str | None:
        note, masked = method(self, event), note_of(event.data)
        return f"{note} {masked}" if note and masked else note or masked

    return handle


def note_of(data: Any) -> str | None:
    """The sentence about what was masked in the data of an event, as its contract loaded them."""
    names = ", ".join(dict.fromkeys(_masked(data, "")))
    if not names:
        return None
    return (
        f"The number of an identity card or a mobile phone is kept masked in {names}, but for its last 4 "
        "characters."
    )


def _masked(value: Any, name: str) -> Iterator[str]:
    """The names of the fields whose texts hold a masked number."""
    if isinstance(value, str):
        if MASKED.search(value):
            yield name
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _masked(inner, key)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _masked(inner, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _masked(getattr(value, field.name), field.name)
