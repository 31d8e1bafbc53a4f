"""Which leads fit which land: one function per criterion, with the reason when it does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from backbone.errors import Reason
from park.units import AREA_TOLERANCE_M2, show_mu

from .facts import LandMatched
from .land import Release
from .lead import Lead, Wish
from .listing import Listing


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The leads that were announced for one release of a listing's land, by their ids."""

    listing_id: str
    release_no: int
    lead_ids: tuple[str, ...] = ()


def too_small(wish: Wish, listing: Listing, land: Release) -> Reason | None:
    """The land has the area that the lead needs; areas that came from mu may differ a little."""
    if wish.min_area_m2 is None or land.area_m2 >= wish.min_area_m2 - AREA_TOLERANCE_M2:
        return None
    return Reason(
        "TOO_SMALL",
        f"The land has {show_mu(land.area_m2)} mu, the lead needs {show_mu(wish.min_area_m2)}.",
        field="wish.min_area_m2",
    )


def too_large(wish: Wish, listing: Listing, land: Release) -> Reason | None:
    """The land is not larger than the lead can use."""
    if wish.max_area_m2 is None or land.area_m2 <= wish.max_area_m2 + AREA_TOLERANCE_M2:
        return None
    return Reason(
        "TOO_LARGE",
        f"The land has {show_mu(land.area_m2)} mu, the lead takes {show_mu(wish.max_area_m2)}.",
        field="wish.max_area_m2",
    )


def elsewhere(wish: Wish, listing: Listing, land: Release) -> Reason | None:
    """The land lies in a township that the lead wishes for."""
    if not wish.townships or listing.township in wish.townships:
        return None
    return Reason(
        "OTHER_TOWNSHIP",
        f"The land lies in {listing.township}, the lead looks in {', '.join(wish.townships)}.",
        field="wish.townships",
    )


def other_industry(wish: Wish, listing: Listing, land: Release) -> Reason | None:
    """The land is for the lead's industry: a class lies within its division, as C2710 within C27."""
    if not wish.industry_codes or not land.industry_code:
        return None
    if any(_one_within_other(code, land.industry_code) for code in wish.industry_codes):
        return None
    return Reason(
        "OTHER_INDUSTRY",
        f"The land is for {land.industry_code}, the lead is of {', '.join(wish.industry_codes)}.",
        field="wish.industry_codes",
    )


CRITERIA: tuple[Callable[[Wish, Listing, Release], Reason | None], ...] = (
    too_small,
    too_large,
    elsewhere,
    other_industry,
)


def misfits(lead: Lead, listing: Listing) -> tuple[Reason, ...]:
    """Why the lead does not fit the land; nothing when it fits."""
    land = listing.on_offer
    if land is None:
        return (Reason("NOT_ON_OFFER", f"The listing is {listing.state.value}."),)
    if not lead.is_looking:
        return (Reason("NOT_LOOKING", f"The lead looks for no land: it is {lead.stage.value}."),)
    found = (criterion(lead.wish, listing, land) for criterion in CRITERIA)
    return tuple(reason for reason in found if reason)


def matched(
    match: Match | None, listing: Listing, land: Release, leads: Iterable[Lead]
) -> tuple[Any, ...]:
    """The match with those of `leads` that fit, and the fact that tells of the new ones.

    A lead is announced once for each release: land that was taken back and is released again is
    news to it.
    """
    if match is None or match.release_no < land.release_no:
        match = Match(listing_id=listing.listing_id, release_no=land.release_no)
    fitting = {lead.lead_id for lead in leads if not misfits(lead, listing)}
    new = fitting - set(match.lead_ids)
    if not new:
        return (match,)
    after = replace(match, lead_ids=tuple(sorted({*match.lead_ids, *new})))
    return after, LandMatched(
        listing_id=listing.listing_id,
        parcel_id=listing.parcel_id,
        township=listing.township,
        area_m2=land.area_m2,
        lead_ids=tuple(sorted(new)),
    )


def _one_within_other(code: str, other: str) -> bool:
    return code.startswith(other) or other.startswith(code)
