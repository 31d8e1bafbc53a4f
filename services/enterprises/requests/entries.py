"""What is said of a request, one entry for each report. The state follows from them, in any order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import msgspec

from backbone.records import record
from park.time import day_of

from .words import EntryKind, RequestKind, Satisfaction


@record
class Receipt:
    """What the firm asks for. `counted_from` is the day from which the first step of the clock counts,
    where that is not the day of the request. The contact is masked."""

    enterprise_id: str
    kind: RequestKind
    topic: str
    summary: str
    clock: str = "service"
    counted_from: date | None = None
    contact_name: str | None = None
    contact_phone: str | None = None


@record
class Entry:
    """`at` is when it happened, `said_at` when it was reported last, `known_at` when it was first heard
    of here; `by` is a township, or `desk`. The other fields belong to the kinds of which they speak."""

    kind: EntryKind
    at: datetime
    said_at: datetime
    known_at: datetime
    by: str
    receipt: Receipt | None = None
    lead: str | None = None
    departments: tuple[str, ...] = ()
    department: str | None = None
    until_on: date | None = None
    approved: bool = False
    satisfaction: Satisfaction | None = None
    text: str | None = None

    @property
    def on(self) -> date:
        return day_of(self.at)

    @property
    def turn(self) -> tuple[Any, ...]:
        """Where it stands among the others: by when it happened, never by when it was heard of. Two
        copies of one report stand in one place."""
        said = replace(self, said_at=self.at, known_at=self.at, by="")
        return self.at, self.kind.place, msgspec.json.encode(said)


def with_entry(entries: tuple[Entry, ...], new: Entry) -> tuple[Entry, ...]:
    """The entries with one more, as they happened."""
    by_turn = {entry.turn: entry for entry in entries}
    held = by_turn.get(new.turn, new)
    by_turn[new.turn] = replace(held, said_at=max(held.said_at, new.said_at))
    return tuple(by_turn[turn] for turn in sorted(by_turn))


def receipt_of(entries: Iterable[Entry]) -> Entry | None:
    """The receipt in force: the one that was reported last."""
    receipts = [entry for entry in entries if entry.receipt]
    return max(receipts, key=lambda entry: (entry.said_at, entry.turn), default=None)
