"""The townships [乡镇街道] that report to the platform, by code and by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .table import rows


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


def codes(on: date) -> frozenset[str]:
    """The codes in use on that day."""
    return frozenset(each.code for each in _ALL if each.holds(on))


def _township(row: dict[str, str]) -> Township:
    ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else None
    return Township(row["code"], row["name"], date.fromisoformat(row["valid_from"]), ends)


_ALL = tuple(_township(row) for row in rows("townships.csv"))
