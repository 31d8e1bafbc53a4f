"""A kind of thing that a service keeps: its key, its indexes, and how one of them is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

import msgspec

from ..plain import snake
from ..settings import DAY_S

HIDDEN = "****"
SEPARATOR = "\x1f"  # sorts before every printable character, so that "a" comes before "a b"


@dataclass(frozen=True)
class Collection:
    """A kind of thing that a service keeps.

    `type` is a frozen dataclass and `key` its id field. `filters` and `orders` name fields or
    properties by which it can be listed; every kind can be listed by `key` and by `updated_at`.
    A kind with `lifetime_days` is forgotten after them, and cannot be listed; so is, after a day, a
    thing of which the property `ended_by` is true. `history=False` is for things that never change.
    Of a kind with `totals` the store keeps how many things there are for each combination of these
    fields' values, and of each field of `sums` the sum, to a millionth (`totals.py`).
    `hidden` names fields that are kept to be used, and that are masked wherever things of any kind are
    shown alike (what would follow, what changed, why): a person, a secret.
    """

    type: type
    key: str
    filters: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    lifetime_days: int | None = None
    ended_by: str | None = None
    history: bool = True
    totals: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    stored_as: str = ""  # in the keys of Redis; the type's name if none is given

    def __post_init__(self) -> None:
        if self.totals and (self.lifetime_days is not None or self.ended_by is not None):
            raise ValueError(f"{self.type.__name__}: what is forgotten by itself has no totals")

    @cached_property
    def name(self) -> str:
        return self.stored_as or snake(self.type.__name__)

    @cached_property
    def decoder(self) -> Any:
        return msgspec.json.Decoder(self.type)

    @property
    def ordered_by(self) -> tuple[str, ...]:
        return ("key", "updated_at", *self.orders)

    def lifetime_s(self, thing: Any) -> int:
        """How long Redis keeps it as it is now; 0 is for good."""
        if self.ended_by is not None:
            return DAY_S if getattr(thing, self.ended_by) else 0
        return (self.lifetime_days or 0) * DAY_S

    def id_of(self, thing: Any) -> str:
        return str(getattr(thing, self.key))

    def shown(self, name: str, value: Any) -> Any:
        """The value of a field for whoever asks about things of any kind."""
        return HIDDEN if name in self.hidden and value is not None else value

    def places(self, thing: Any, updated_at: str) -> set[tuple[str, str]]:
        """Where `thing` stands in the indexes: (index, member) pairs."""
        if self.lifetime_days is not None or self.ended_by is not None:
            return set()
        identity = self.id_of(thing)
        values = {"key": "", "updated_at": updated_at}
        values |= {order: sortable(getattr(thing, order)) for order in self.orders}
        members = [(order, f"{value}{SEPARATOR}{identity}") for order, value in values.items()]
        groups = ["", *self._groups(thing)]
        return {(order + group, member) for order, member in members for group in groups}

    def _groups(self, thing: Any) -> Iterator[str]:
        for name in self.filters:
            value = getattr(thing, name)
            for each in value if isinstance(value, tuple | frozenset) else (value,):
                yield f":{name}={filterable(each)}"


def sortable(value: Any) -> str:
    """Text that sorts as the value does. Numbers must not be negative; none comes first."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return f"{value:030.6f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def filterable(value: Any) -> str:
    value = value.value if isinstance(value, Enum) else value
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class Versioned(msgspec.Struct, frozen=True, gc=False):
    """A thing as Redis holds it: version 0 means that it is not there."""

    version: int = 0
    thing: Any = None
    updated_at: str = ""
