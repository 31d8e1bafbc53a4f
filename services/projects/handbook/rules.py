"""Whether a plot can be had at a moment, and what speaks against it: one rule for each thing.

What projects knows itself is asked first; what only the land register knows needs its answer, and a plot
of which it said nothing is not shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook
from park.rules import Rule, broken
from park.time import day_of

from ..listings.listing import Listing, ListingState
from ..listings.release import Standing
from .hold import PlotHold
from .rulebook import HANDBOOK, HandbookRules, HoldKind


@record
class LandSaid:
    """What the land register says of a plot: how its release stands, and what lies on the parcel.
    `encumbrances` have `kind`, `from_on` and `to_on`; `plan_conditions` are as the register has them."""

    standing: Standing
    state: str
    on_registry: bool = False
    soil_case_open: bool = False
    encumbrances: tuple[tuple[str, date, date | None], ...] = ()
    plan_conditions: dict[str, Any] | None = None

    def encumbered(self, kind: str, day: date) -> tuple[date | None, ...]:
        """The last days of what is of this kind on that day."""
        return tuple(
            last
            for each, first, last in self.encumbrances
            if each == kind and first <= day <= (last or date.max)
        )


@record
class Plot:
    """A plot that somebody looks at. `project_id` is who looks, none for the handbook; `land` is none
    while the land register has not answered, and `silence` says why."""

    listing: Listing
    at: datetime
    hold: PlotHold | None = None
    project_id: str | None = None
    land: LandSaid | None = None
    silence: Reason | None = None

    @property
    def on(self) -> date:
        return day_of(self.at)

    @property
    def held(self) -> PlotHold | None:
        """The hold that is in force; none of land that is on offer no more, which nobody waits for."""
        hold = self.hold if self.listing.is_open else None
        return hold if hold and hold.holds_on(self.on) else None


@record
class Availability:
    """`bars` say why the plot cannot be had; `remarks` stand beside one that can."""

    bars: tuple[Reason, ...]
    remarks: tuple[Reason, ...] = ()

    @property
    def can_be_had(self) -> bool:
        return not self.bars


# --- what projects knows


def release_is_taken_back(plot: Plot) -> Reason | None:
    """Land without a release, or whose newest release was revoked, is not offered."""
    listing = plot.listing
    if listing.release is None:
        return Reason("NO_RELEASE", "No release of the land was heard of.")
    if not listing.is_revoked:
        return None
    return Reason("RELEASE_REVOKED", "The release of the land was taken back.")


def land_is_awarded(plot: Plot) -> Reason | None:
    if plot.listing.state is not ListingState.AWARDED:
        return None
    return Reason("AWARDED", "The land was awarded.")


def notice_is_not_out(plot: Plot) -> Reason | None:
    if plot.listing.state not in (ListingState.DRAFT, ListingState.UNSOLD):
        return None
    return Reason("NOTICE_NOT_OUT", "The land is released; its notice is not published yet.")


def applications_are_not_open(plot: Plot) -> Reason | None:
    notice = plot.listing.notice
    if not _under_notice(plot) or notice is None or plot.on >= notice.application_start_on:
        return None
    return Reason("APPLICATIONS_NOT_OPEN", f"One can apply from {notice.application_start_on} on.")


def applications_are_over(plot: Plot) -> Reason | None:
    notice = plot.listing.notice
    if not _under_notice(plot) or notice is None or plot.at <= notice.applications_close_at:
        return None
    return Reason("APPLICATIONS_OVER", f"One could apply until {notice.application_end_on}.")


def plot_is_held(plot: Plot) -> Reason | None:
    """A plot that is reserved for, or in talks with, another project."""
    held = plot.held
    if held is None or held.project_id == plot.project_id:
        return None
    reserved = held.hold_kind is HoldKind.RESERVED
    code, how = ("HELD", "reserved for") if reserved else ("IN_TALKS", "in talks with")
    return Reason(code, f"The plot is {how} another project until {held.until_on}.")


def plot_is_held_for_them(plot: Plot) -> Reason | None:
    held = plot.held
    if held is None or held.project_id != plot.project_id:
        return None
    return Reason("HELD_FOR_YOU", f"The plot is kept for this project until {held.until_on}.")


# --- what only the land register knows


def release_does_not_stand(plot: Plot) -> Reason | None:
    """Nothing is shown on a release that the land register does not confirm."""
    if plot.land is None:
        return plot.silence or Reason("NOT_ASKED", "The land register was not asked.")
    return next(iter(plot.land.standing.against(plot.listing.release)), None)


def plot_is_gone(plot: Plot) -> Reason | None:
    if plot.land is None or plot.land.state == "registered":
        return None
    return Reason("PLOT_GONE", f"In the land register the plot is {plot.land.state}.")


def land_is_on_the_soil_registry(plot: Plot) -> Reason | None:
    if plot.land is None or not plot.land.on_registry:
        return None
    return Reason("ON_SOIL_REGISTRY", "The land is on the soil registry.")


def soil_case_is_open(plot: Plot) -> Reason | None:
    if plot.land is None or not plot.land.soil_case_open:
        return None
    return Reason("SOIL_CASE_OPEN", "A soil case of the land is open.")


def land_is_seized(plot: Plot) -> Reason | None:
    lasts = plot.land.encumbered("seizure", plot.on) if plot.land else ()
    return Reason("LAND_SEIZED", f"The land is seized{_until(lasts)}.") if lasts else None


def land_is_mortgaged(plot: Plot) -> Reason | None:
    lasts = plot.land.encumbered("mortgage", plot.on) if plot.land else ()
    return Reason("LAND_MORTGAGED", f"The land is mortgaged{_until(lasts)}.") if lasts else None


def no_plan_conditions(plot: Plot) -> Reason | None:
    """Land whose notice is out has its conditions there."""
    if plot.land is None or plot.land.plan_conditions or _under_notice(plot):
        return None
    return Reason("NO_PLAN_CONDITIONS", "No planning conditions are recorded for the land.")


ALWAYS: tuple[Rule[Plot], ...] = (release_is_taken_back,)
KNOWN: tuple[Rule[Plot], ...] = (
    land_is_awarded,
    notice_is_not_out,
    applications_are_not_open,
    applications_are_over,
    plot_is_held,
    plot_is_held_for_them,
)
ASKED_ALWAYS: tuple[Rule[Plot], ...] = (release_does_not_stand,)
ASKED: tuple[Rule[Plot], ...] = (
    plot_is_gone,
    land_is_on_the_soil_registry,
    soil_case_is_open,
    land_is_seized,
    land_is_mortgaged,
    no_plan_conditions,
)


def known_availability(plot: Plot, handbook: Rulebook[HandbookRules] = HANDBOOK) -> Availability:
    """By what projects knows alone: a bar here holds whatever the land register says."""
    firm = broken(ALWAYS, plot)
    why = plot.listing.revocation.reasons if firm and plot.listing.revocation else ()
    return _weighed(plot, (*firm, *why), broken(KNOWN, plot), handbook)


def availability(plot: Plot) -> Availability:
    """By what projects knows, and by what the land register answered."""
    known = known_availability(plot)
    firm = broken(ASKED_ALWAYS, plot)
    why = plot.land.standing.reasons if firm and plot.land else ()
    asked = _weighed(plot, (*firm, *why), broken(ASKED, plot))
    bars = tuple(dict.fromkeys((*known.bars, *asked.bars)))
    return Availability(bars=bars, remarks=(*known.remarks, *asked.remarks))


def _weighed(
    plot: Plot,
    firm: tuple[Reason, ...],
    found: tuple[Reason, ...],
    handbook: Rulebook[HandbookRules] = HANDBOOK,
) -> Availability:
    against = handbook.on(plot.on).against
    told = [(replace(each, source=against[each.code].source), each.code) for each in found]
    return Availability(
        bars=(*firm, *(reason for reason, code in told if against[code].bars)),
        remarks=tuple(reason for reason, code in told if not against[code].bars),
    )


def _under_notice(plot: Plot) -> bool:
    return plot.listing.state is ListingState.NOTICE_PUBLISHED


def _until(lasts: tuple[date | None, ...]) -> str:
    return "" if None in lasts else f" until {max(each for each in lasts if each)}"
