"""A match: the leads that were announced for the land of a listing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from backbone.records import record

from ..leads.lead import Lead
from ..listings.facts import why_withdrawn
from ..listings.listing import Listing, ListingState
from ..listings.release import Release
from .facts import LandMatched, MatchWithdrawn
from .rules import misfits


@record
class Match:
    """The leads that were announced for one release of a listing's land, by their ids. `withdrawn` says
    that they were told that the land is not to be had so any more."""

    listing_id: str
    release_no: int
    lead_ids: tuple[str, ...] = ()
    withdrawn: bool = False


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


def withdrawn(match: Match, listing: Listing) -> tuple[Any, ...]:
    """The match of land that is not on offer any more as it was matched, and the fact for its leads.
    Land that was awarded has found its project."""
    land = listing.on_offer
    stands = land is not None and land.release_no <= match.release_no
    if stands or match.withdrawn or listing.state is ListingState.AWARDED:
        return (match,)
    gone = replace(match, withdrawn=True)
    if not match.lead_ids:
        return (gone,)
    return gone, MatchWithdrawn(
        listing_id=listing.listing_id,
        parcel_id=listing.parcel_id,
        township=listing.township,
        release_no=match.release_no,
        lead_ids=match.lead_ids,
        reasons=tuple(reason.as_dict() for reason in why_withdrawn(listing)),
    )
