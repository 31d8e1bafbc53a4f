"""A hold [预留]: a plot is kept for one project until a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record

from .rulebook import HoldKind


class HoldEnd(StrEnum):
    RELEASED = "released"  # somebody gave the plot free
    EXPIRED = "expired"  # its last day is over
    PLOT_GONE = (
        "plot_gone"  # the plot was taken off offer: withdrawn, split, merged, or somebody's now
    )


@record
class PlotHold:
    """The newest hold of the plot of a listing: both days are included. `hold_no` counts its holds and
    their changes; `end` says how it ended, once that was told, and `end_reasons` why the plot was gone then.
    `warnings` say that it lasts longer than is usual.
    `release_no` is the release under which the plot was on offer. Of the person the first character is
    kept."""

    listing_id: str
    hold_no: int
    hold_kind: HoldKind
    project_id: str
    team: str
    person: str | None = None
    held_on: date
    until_on: date
    end: HoldEnd | None = None
    release_no: int | None = None
    end_reasons: tuple[Reason, ...] = ()
    warnings: tuple[Reason, ...] = ()

    @property
    def expires_on(self) -> date:
        """The day on which its end is to be told; the last day that there is, once it was."""
        return date.max if self.end else self.until_on + timedelta(days=1)

    def holds_on(self, day: date) -> bool:
        return self.end is None and day <= self.until_on

    def ended(self, end: HoldEnd, reasons: tuple[Reason, ...] = ()) -> PlotHold:
        return replace(self, end=end, end_reasons=reasons)
