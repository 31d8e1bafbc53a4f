"""What waits for another report, and when each report that waited came to have its effect.

Both follow from the changes of the things that keep the reports, by the words of their receipts: a report
has its effect when its receipt would first say nothing of what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias, TypeVar

import msgspec

from .times import SOURCE, WaitingReport

T = TypeVar("T")
Changes: TypeAlias = Iterable[Mapping[str, Any]]
SAYS_SO = "waits"  # how every receipt begins that says what its report waits for


class Awaited(NamedTuple):
    """A thing that must have been reported itself before a report has its effect, and what the receipt says
    until then."""

    kind: type
    identity: str
    note: str


class Kept(NamedTuple):
    """A report as the thing `thing_id` keeps it. `key` tells it from the others there; `note` is what its
    receipt says as long as it has no effect, beside what is said of what it awaits."""

    key: Hashable
    report: str
    thing: str
    thing_id: str
    sent_at: datetime
    note: str | None = None
    awaited: Awaited | None = None


ThereSince: TypeAlias = Callable[[Awaited], datetime | None]


class Traced(NamedTuple):
    """A report that a thing keeps, or kept, with the event that brought it. `note` says what it lacks today,
    `effect_at` when it first lacked nothing; a report that a later one replaced waits for nothing."""

    kept: Kept
    event_id: str | None
    source: str | None
    note: str | None
    effect_at: datetime | None

    def is_of(self, township: str) -> bool:
        """Whether the township sent it."""
        return self.source == f"{SOURCE}{township}"

    def until(self, moment: datetime) -> Traced:
        """As it is where it is not kept from then on: an effect that was still to come never came."""
        is_past = self.effect_at is not None and self.effect_at <= moment
        return self._replace(note=None, effect_at=self.effect_at if is_past else None)

    def waiting(self, township: str, now: datetime) -> Iterator[WaitingReport]:
        """That it waits, if it does, and is the township's."""
        note = self.note or ""
        if self.effect_at is None and note.startswith(SAYS_SO) and self.is_of(township):
            yield WaitingReport(
                report=self.kept.report,
                event_id=self.event_id,
                thing=self.kept.thing,
                thing_id=self.kept.thing_id,
                sent_at=self.kept.sent_at,
                waiting_s=max(0, round((now - self.kept.sent_at).total_seconds())),
                waits_for=note,
            )


def traced(
    changes: Changes,
    kind: type[T],
    reports_of: Callable[[T], Iterable[Kept]],
    there_since: ThereSince,
) -> list[Traced]:
    """The reports that a thing of the kind ever kept, by its changes. A report came with the event of the
    first change after which it is there."""
    state: dict[str, Any] = {}
    found: dict[Hashable, Traced] = {}
    for change in changes:
        state |= change["changed"]
        by, at = change["by"], datetime.fromisoformat(change["at"])
        found = {key: each.until(at) for key, each in found.items()}
        for kept in reports_of(msgspec.convert(state, kind)):
            new = Traced(kept, by["id"], by["source"], None, None)
            held = found.get(kept.key, new)
            there = there_since(kept.awaited) if kept.awaited else at
            effect_at = None if kept.note or there is None else max(at, there)
            lacks = kept.awaited.note if kept.awaited and there is None else kept.note
            found[kept.key] = held._replace(
                kept=kept, note=lacks, effect_at=held.effect_at or effect_at
            )
    return list(found.values())


def effects_of(reports: Iterable[Traced], township: str) -> dict[str, datetime | None]:
    """The moment of the effect of each report of the township, by the id of its event; none of one that has
    none as yet."""
    return {
        each.event_id: each.effect_at for each in reports if each.event_id and each.is_of(township)
    }


def lacks_something(kept: Kept, missing: Mapping[type, set[str]]) -> bool:
    """Whether a report has no effect today, where the `missing` things of each kind were not reported."""
    awaited = kept.awaited
    return bool(kept.note or (awaited and awaited.identity in missing[awaited.kind]))
