"""Reports of a firm that carry their own day: of two of one thing the later said one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

Report = TypeVar("Report", bound=Any)
Held = TypeVar("Held")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Said:
    """When something was reported: `on` is the day of the report, `at` when the event happened."""

    on: date
    at: datetime
    event_id: str


def with_later(held: tuple[Report, ...], new: Report) -> tuple[Report, ...]:
    """The reports with one more. Each has a `key`, what it is about, and `said`; of two with one key
    the later said one stands, in whatever order they arrive."""
    known = next((each for each in held if each.key == new.key), None)
    if known is not None and known.said > new.said:
        return held
    others = [each for each in held if each.key != new.key]
    return tuple(sorted([*others, new], key=lambda each: each.key))


def in_force(reports: Iterable[Report], day: date) -> Report | None:
    """Of reports with a first day `valid_from` the last one to begin by that day, or none."""
    begun = [each for each in reports if each.valid_from <= day]
    return max(begun, key=lambda each: (each.valid_from, each.said), default=None)


def last_begun(periods: Iterable[tuple[date, Held]], day: date) -> tuple[date, Held] | None:
    """Of periods, the oldest first, each with the day from which what stands of it holds, the newest
    that had begun by that day. A correction is about its period, so it holds from the first day of
    that, whenever it was decided: grades and codes of a firm are both read so."""
    begun = [each for each in periods if each[0] <= day]
    return begun[-1] if begun else None
