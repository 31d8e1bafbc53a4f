"""What is so from a day on, until something else is: operators, stars, areas."""

from __future__ import annotations

from datetime import date
from typing import Protocol, TypeVar

from ..words import Said


class Since(Protocol):
    @property
    def since(self) -> date: ...

    @property
    def said(self) -> Said: ...


S = TypeVar("S", bound=Since)


def with_entry(entries: tuple[S, ...], new: S) -> tuple[S, ...]:
    """The entries with this one, by their first day. Of two of one day the one said later stands."""
    by_day = {each.since: each for each in entries}
    held = by_day.get(new.since)
    if held is None or held.said <= new.said:
        by_day[new.since] = new
    return tuple(by_day[day] for day in sorted(by_day))


def on_day(entries: tuple[S, ...], day: date) -> S | None:
    """The entry of that day; before the first one, the first one, for nothing else is known."""
    begun = [each for each in entries if each.since <= day]
    return begun[-1] if begun else next(iter(entries), None)
