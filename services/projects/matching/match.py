"""A match: the leads that were announced for the land of a listing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ..leads.lead import Lead
from ..listings.listing import Listing
from ..listings.release import Release
from .facts import LandMatched
from .rules import misfits


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """The leads that were announced for one release of a listing's land, by their ids."""

    listing_id: str
    release_no: int
    lead_ids: tuple[str, ...] = ()


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
