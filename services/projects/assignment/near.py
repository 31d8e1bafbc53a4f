"""Near misses: land that a lead would fit if one rule were not, and by how much it breaks that one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from backbone.errors import Reason
from park.rules import broken
from park.units import tidy

from ..leads.lead import Lead, Wish
from ..listings.listing import Listing, ListingState
from ..matching.rules import RULES, Pairing
from .scoring import plot_as_dict

SHARE = Decimal("0.0001")


def near_misses_of(
    lead: Lead, listings: Iterable[Listing], area_share: Decimal
) -> list[dict[str, Any]]:
    """The plots that break one rule of a fit, an area by `area_share` of the wish at most: those whose
    area misses least come first, then other rules."""
    found = [miss for each in listings if (miss := _miss(lead, each, area_share))]
    return sorted(found, key=_nearness)


def _miss(lead: Lead, listing: Listing, area_share: Decimal) -> dict[str, Any] | None:
    reasons = _broken(lead.wish, listing)
    if len(reasons) != 1:
        return None
    off_m2, share = _off(reasons[0], lead.wish, listing)
    if share is not None and share > area_share:
        return None
    return plot_as_dict(listing) | {
        "rule": reasons[0].as_dict(),
        "off_m2": off_m2,
        "off_share": None if share is None else share.quantize(SHARE, ROUND_HALF_UP),
        "release_reasons": [] if listing.is_open else _why_taken_back(listing),
    }


def _broken(wish: Wish, listing: Listing) -> tuple[Reason, ...]:
    """Every rule that stands between them. Land that was taken back is held to the others as if it were
    open; land that has been awarded, or that was never released, is nobody's near miss."""
    if listing.release is None or listing.state is ListingState.AWARDED:
        return ()
    pairing = Pairing(wish=wish, township=listing.township, land=listing.release)
    return (*(() if listing.is_open else (_taken_back(listing),)), *broken(RULES, pairing))


def _taken_back(listing: Listing) -> Reason:
    sentence = (
        f"The listing is {listing.state.value}; it would fit if the land were released again."
    )
    return Reason("NOT_ON_OFFER", sentence, field="listing_id")


def _off(reason: Reason, wish: Wish, listing: Listing) -> tuple[Decimal | None, Decimal | None]:
    """How many m² the land lacks or has too many, and their share of the wished bound."""
    bound = {"TOO_SMALL": wish.min_area_m2, "TOO_LARGE": wish.max_area_m2}.get(reason.code)
    if bound is None or listing.area_m2 is None:
        return None, None
    off_m2 = tidy(abs(listing.area_m2 - bound))
    return off_m2, off_m2 / bound


def _why_taken_back(listing: Listing) -> list[dict[str, str]]:
    """What stands against the release, in the words of the land register."""
    return [reason.as_dict() for reason in listing.revocation.reasons] if listing.revocation else []


def _nearness(miss: dict[str, Any]) -> tuple[bool, Decimal, str, str]:
    share = miss["off_share"]
    return (share is None, share or Decimal(0), miss["rule"]["code"], miss["listing_id"])
