"""The facts of holds and prospects' pages. They name plots, projects and teams, and no person."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone.errors import Reason
from backbone.records import record

from ..listings.facts import Why
from ..listings.listing import Listing
from .hold import HoldEnd, PlotHold
from .pages.page import ProspectPage, ShownOn
from .rulebook import HoldKind


@record
class PlotHeld:
    """`projects.plot_held`: a plot is kept for a project until the end of `until_on`."""

    listing_id: str
    hold_no: int
    parcel_id: str
    township: str
    hold_kind: HoldKind
    project_id: str
    team: str
    until_on: date


@record
class PlotHoldEnded:
    """`projects.plot_hold_ended`: the plot is kept for nobody any more; `reasons` say why it is gone."""

    listing_id: str
    hold_no: int
    parcel_id: str
    township: str
    project_id: str
    team: str
    until_on: date
    hold_end: HoldEnd
    reasons: tuple[Why, ...] = ()


@record
class ShownPlotGone:
    """`projects.shown_plot_gone`: a plot that a prospect saw cannot be had any more, and why; told once, and
    anew with the next `gone_no` only after it was back."""

    shown_plot_id: str
    gone_no: int
    page_id: str
    listing_id: str
    parcel_id: str
    township: str
    project_id: str
    team: str | None
    reasons: tuple[Why, ...]


@record
class ShownPlotBack:
    """`projects.shown_plot_back`: a plot that was told to be gone from a prospect's page is there again."""

    shown_plot_id: str
    gone_no: int
    page_id: str
    listing_id: str
    parcel_id: str
    township: str
    project_id: str
    team: str | None


EMITTED = (PlotHeld, PlotHoldEnded, ShownPlotGone, ShownPlotBack)


def held_of(hold: PlotHold, listing: Listing) -> PlotHeld:
    return PlotHeld(**_about(hold, listing), hold_kind=hold.hold_kind)


def hold_ended_of(hold: PlotHold, listing: Listing, end: HoldEnd) -> PlotHoldEnded:
    reasons = tuple(each.as_dict() for each in hold.end_reasons)
    return PlotHoldEnded(**_about(hold, listing), hold_end=end, reasons=reasons)


def told_of(
    page: ProspectPage, shown: ShownOn, listing: Listing, bars: tuple[Reason, ...]
) -> ShownPlotGone | ShownPlotBack:
    """That the plot is gone from the page, or back."""
    about: dict[str, Any] = {
        "shown_plot_id": f"{page.page_id}.{listing.listing_id}",
        "gone_no": shown.gone_no,
        "page_id": page.page_id,
        "listing_id": listing.listing_id,
        "parcel_id": listing.parcel_id,
        "township": listing.township,
        "project_id": page.project_id,
        "team": page.team,
    }
    if not shown.gone:
        return ShownPlotBack(**about)
    return ShownPlotGone(**about, reasons=tuple(each.as_dict() for each in bars))


def _about(hold: PlotHold, listing: Listing) -> dict[str, Any]:
    return {
        "listing_id": hold.listing_id,
        "hold_no": hold.hold_no,
        "parcel_id": listing.parcel_id,
        "township": listing.township,
        "project_id": hold.project_id,
        "team": hold.team,
        "until_on": hold.until_on,
    }
