"""What became of a plot on offer: the facts of its listing, each with its day and the moment it was said.

The entries may be heard in any order and twice: they are put in the order in which they were said, and what
stood on a day, as known at a moment, is told anew from them each time.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record

from ..listings.notice import SupplyForm, SupplyWay
from .plan import regions_of


class PlotStep(StrEnum):
    RELEASED = "released"  # a draft of a listing
    OFFERED = "offered"
    WAY_CHANGED = "way_changed"
    AWARDED = "awarded"
    CONTRACTED = "contracted"
    UNSOLD = "unsold"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"


@record
class PlotEntry:
    """One fact: the day that it is about, and the moment at which it was said. `notice_version` is 0 where
    it is of no notice."""

    plot_step: PlotStep
    on: date
    known_at: datetime
    notice_version: int = 0
    area_m2: Decimal | None = None
    target_use: str | None = None
    supply_way: SupplyWay | None = None
    supply_form: SupplyForm | None = None


@record
class Round:
    """What came of one notice, by a day. `ended_by` is none while the notice, or its award, stands."""

    notice_version: int
    area_m2: Decimal
    target_use: str | None
    supply_way: SupplyWay
    offered_on: date
    awarded_on: date | None = None
    contracted_on: date | None = None
    ended_by: PlotStep | None = None
    ended_on: date | None = None

    def day_of(self, step: PlotStep) -> date | None:
        """The day of a step that stands."""
        if self.ended_by:
            return None
        days = {
            PlotStep.OFFERED: self.offered_on,
            PlotStep.AWARDED: self.awarded_on,
            PlotStep.CONTRACTED: self.contracted_on,
        }
        return days[step]


@record
class SuppliedPlot:
    """A listing, as the plan of the year sees it."""

    listing_id: str
    parcel_id: str
    township: str
    entries: tuple[PlotEntry, ...] = ()

    @property
    def regions(self) -> tuple[str, str]:
        """The district and the city in which it lies."""
        return regions_of(self.township)

    def with_entry(self, entry: PlotEntry) -> SuppliedPlot:
        found = sorted({*self.entries, entry}, key=_as_said)
        return replace(self, entries=tuple(found))

    def told_by(self, on: date, known_at: datetime) -> tuple[PlotEntry, ...]:
        """What had happened by the end of the day and was known at the moment, in the order it was said."""
        return tuple(each for each in self.entries if each.on <= on and each.known_at <= known_at)

    def state(self, on: date, known_at: datetime) -> PlotStep | None:
        """How the plot stood: its last step."""
        steps = [each.plot_step for each in self.told_by(on, known_at)]
        known = [each for each in steps if each is not PlotStep.WAY_CHANGED]
        return known[-1] if known else None

    def rounds(self, on: date, known_at: datetime) -> tuple[Round, ...]:
        """What came of each notice, in their order. A step whose notice was not heard of yet waits for it."""
        told, found = self.told_by(on, known_at), dict[int, Round]()
        for entry in told:
            if entry.plot_step is PlotStep.OFFERED:
                found[entry.notice_version] = self._opened(entry)
            elif entry.plot_step is PlotStep.WITHDRAWN:
                found |= {n: _ended(each, entry) for n, each in found.items() if _is_open(each)}
            elif begun := found.get(entry.notice_version):
                found[entry.notice_version] = _after(begun, entry)
        return tuple(found[number] for number in sorted(found))

    def _opened(self, entry: PlotEntry) -> Round:
        """The notice; before it said so itself, the use of the land stood in its release."""
        drafts = [e for e in self.entries if e.target_use and e.known_at <= entry.known_at]
        return Round(
            notice_version=entry.notice_version,
            area_m2=entry.area_m2 or Decimal(0),
            target_use=drafts[-1].target_use if drafts else None,
            supply_way=entry.supply_way or SupplyWay.LISTING,
            offered_on=entry.on,
        )


def _as_said(entry: PlotEntry) -> tuple[datetime, int, int]:
    return entry.known_at, list(PlotStep).index(entry.plot_step), entry.notice_version


def _is_open(found: Round) -> bool:
    return found.ended_by is None and found.awarded_on is None


def _ended(found: Round, entry: PlotEntry) -> Round:
    return replace(found, ended_by=entry.plot_step, ended_on=entry.on)


def _after(found: Round, entry: PlotEntry) -> Round:
    """The notice after one more step of it."""
    if entry.plot_step is PlotStep.AWARDED:
        return replace(found, awarded_on=entry.on)
    if entry.plot_step is PlotStep.CONTRACTED:
        return replace(found, contracted_on=entry.on)
    if entry.plot_step is PlotStep.WAY_CHANGED:
        return replace(found, supply_way=entry.supply_way or found.supply_way)
    return _ended(found, entry)
