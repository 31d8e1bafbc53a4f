"""The townships [乡镇街道] that report to the platform, by code and by day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .table import rows

HEARTBEAT = "heartbeat"  # it sends as a township does, and is none: the platform itself
ABOVE = re.compile(r"^(?:浙江省?)?(?:绍兴市?)?(?:上虞[区市]?)?(?=.{2})")
KIND = re.compile(r"(?:街道办事处|办事处|街道办|街道|镇人民政府|乡人民政府|镇政府|乡政府|镇|乡)$")


@dataclass(frozen=True, slots=True)
class Township:
    """`code` has 9 digits. It holds from `valid_from` up to the day before `valid_to`."""

    code: str
    name: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


def find(code: str, on: date) -> Township | None:
    """The township that had this code on that day."""
    return next((each for each in _ALL if each.code == code and each.holds(on)), None)


@lru_cache(8)  # each event asks
def codes(on: date) -> frozenset[str]:
    """The codes in use on that day."""
    return frozenset(each.code for each in _ALL if each.holds(on))


def named(name: str, on: date) -> Township | None:
    """The township that a name means on that day: the whole name, or the name without what kind of
    office it is (小越 and 小越镇 for 小越街道), with or without district and city before it."""
    stems = _stems(name)
    meant = [each for each in _ALL if each.holds(on) and each.name in stems]
    meant = meant or [each for each in _ALL if each.holds(on) and stems & _stems(each.name)]
    return meant[0] if len(meant) == 1 else None


def _stems(name: str) -> frozenset[str]:
    return frozenset(_stems_of(ABOVE.sub("", name.strip())))


def _stems_of(name: str) -> Iterator[str]:
    yield name
    if short := KIND.sub("", name):
        yield short


def _township(row: dict[str, str]) -> Township:
    ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return Township(row["code"], row["name"], date.fromisoformat(row["valid_from"]), ends)


_ALL = tuple(_township(row) for row in rows("townships.csv"))
