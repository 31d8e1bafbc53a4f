"""Reports of a firm that carry their own day: of two of one thing the later said one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

Report = TypeVar("Report", bound=Any)


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
