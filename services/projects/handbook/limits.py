"""What a hold, a page or a question about them must keep to; each answers with why not, or with nothing."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason

from ..leads.lead import Wish
from ..listings.listing import Listing, ListingState
from .hold import PlotHold


def not_on_offer(listing: Listing) -> Reason | None:
    """Only land on offer, or about to be, is kept for somebody."""
    if listing.is_open:
        return None
    sentence = f"Hold a plot that is on offer; this listing is {listing.state.value}."
    return Reason("NOT_ON_OFFER", sentence, field="listing_id")


def held_by_another(held: PlotHold | None, project_id: str) -> Reason | None:
    """A plot is kept for one project at a time."""
    if held is None or held.project_id == project_id:
        return None
    return Reason(
        "PLOT_HELD",
        f"{held.team} keeps the plot for {held.project_id} until {held.until_on}; release that hold first, "
        "or wait for its end.",
        field="listing_id",
    )


def is_over(last_day: date, today: date, field: str = "until_on") -> Reason | None:
    if last_day >= today:
        return None
    return Reason("ALREADY_OVER", f"Today is {today}; give that day or a later one.", field=field)


def lasts_long(last_day: date, usual_last: date, kind: str) -> Reason | None:
    """A warning: practice has a usual length for each kind of hold, and no law has a longest one."""
    if last_day <= usual_last:
        return None
    sentence = (
        f"A hold of this kind ({kind}) usually ends by {usual_last}; this one ends on {last_day}. "
        "Until then nobody else gets the plot; name a nearer day and hold it again."
    )
    return Reason("HOLD_IS_LONG", sentence, field="until_on")


def is_past(on: date, today: date) -> Reason | None:
    """The land register says what is so now; what could be had on a past day it does not know."""
    if on >= today:
        return None
    return Reason(
        "DAY_IS_PAST",
        f"The handbook is of today or a later day; give {today} or later.",
        field="on",
    )


def nothing_chosen(listing_ids: tuple[str, ...], wish: Wish | None) -> Reason | None:
    """A project that never was a lead has no wish of its own."""
    if listing_ids or wish is not None:
        return None
    sentence = "Name the plots of the page in listing_ids, or give the wish that chooses them."
    return Reason("NOTHING_CHOSEN", sentence, field="listing_ids")


def nothing_fits(fitting: int) -> Reason | None:
    """A warning: the page is opened all the same, for it shows what comes to fit the wish."""
    if fitting:
        return None
    sentence = "No land on offer fits the wish today; the page shows what comes to fit it."
    return Reason("NOTHING_FITS", sentence, field="wish")


def why_gone(hold: PlotHold, listing: Listing) -> tuple[Reason, ...]:
    """Why there is no plot any more to keep: the land is somebody's, or the release under which it was kept
    was taken back, as it is when its parcel is split or merged; nothing while there is. A newer release
    brings the land back, and not the hold, in whatever order the two are heard."""
    if listing.state is ListingState.AWARDED:
        return (Reason("AWARDED", "The land was awarded."),)
    revocation, kept_under = listing.revocation, hold.release_no
    taken_back = revocation is not None and (
        listing.is_revoked if kept_under is None else revocation.release_no >= kept_under
    )
    if revocation is None or not taken_back:
        return ()
    return (
        Reason("RELEASE_REVOKED", "The release of the land was taken back."),
        *revocation.reasons,
    )
