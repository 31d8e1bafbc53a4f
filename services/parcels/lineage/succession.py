"""A succession: parcels that took the place of others, by a split or a merge, and its corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record

from ..words import Said


class SuccessionKind(StrEnum):
    SPLIT = "split"
    MERGE = "merge"


@record
class Plot:
    """A parcel with the area that it had in a succession, in m²."""

    parcel_id: str
    area_m2: Decimal


@record
class Correction:
    """What the land desk found to be wrong: the results as they are from now on, or none of them."""

    results: tuple[Plot, ...]
    reason: str
    said: Said

    @property
    def undoes(self) -> bool:
        return not self.results


@record
class Succession:
    """`results` took the place of `sources` on the day `said.on`. It is never written over: what was
    wrong is corrected by a correction of its own day. `said` is none where nobody kept the day."""

    succession_id: str
    township: str
    kind: SuccessionKind
    sources: tuple[Plot, ...]
    results: tuple[Plot, ...]
    said: Said | None
    case_id: str | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def parcel_ids(self) -> tuple[str, ...]:
        return tuple(plot.parcel_id for plot in (*self.sources, *self.results))

    @property
    def is_undone(self) -> bool:
        return any(correction.undoes for correction in self.corrections)

    @property
    def results_now(self) -> tuple[Plot, ...]:
        """The results as they were last corrected; none if it was undone."""
        return self.corrections[-1].results if self.corrections else self.results

    def as_on(self, day: date) -> Succession | None:
        """As it stood on the day, with the corrections of days up to that; none before its own day."""
        if (day_of(self) or date.min) > day:
            return None
        return replace(self, corrections=tuple(e for e in self.corrections if e.said.on <= day))

    def made(self, parcel_ids: set[str]) -> bool:
        return any(plot.parcel_id in parcel_ids for plot in self.results)

    def ended(self, parcel_ids: set[str]) -> bool:
        return any(plot.parcel_id in parcel_ids for plot in self.sources)

    def corrected(self, correction: Correction) -> Succession:
        return replace(self, corrections=(*self.corrections, correction))


def day_of(succession: Succession) -> date | None:
    return succession.said.on if succession.said else None


def not_there_yet(
    named: Iterable[Succession], parcel_id: str, on: date, field: str
) -> Reason | None:
    """A parcel that a split or a merge made ends on the day of that, or later; one that is whole again
    since its split was undone, on the day of the undoing, or later. `named` are successions that name it."""
    days = [_there_since(each, parcel_id) for each in named]
    first = max(filter(None, days), default=None)
    if first is None or first <= on:
        return None
    return Reason(
        "NOT_THERE_YET",
        f"There is {parcel_id} since {first}; give that day or a later one.",
        field=field,
    )


def _there_since(succession: Succession, parcel_id: str) -> date | None:
    """The day from which the succession has the parcel there; none if it says nothing of that."""
    if succession.ended({parcel_id}):
        undone = [each.said.on for each in succession.corrections if each.undoes]
        return max(undone, default=None)
    return None if succession.is_undone else day_of(succession)
