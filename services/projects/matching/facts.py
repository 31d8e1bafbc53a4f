"""The facts of matching. Areas in m²."""

from __future__ import annotations

from decimal import Decimal

from backbone.records import record

Why = dict[str, str]  # a reason: code, sentence, and perhaps field and source


@record
class LandMatched:
    """`projects.land_matched`: these leads look for such land; only those not announced before."""

    listing_id: str
    parcel_id: str
    township: str
    area_m2: Decimal
    lead_ids: tuple[str, ...]


@record
class MatchWithdrawn:
    """`projects.match_withdrawn`: these leads were matched with land that they cannot get any more as they
    were told: its release was taken back, or replaced by one on other terms."""

    listing_id: str
    parcel_id: str
    township: str
    release_no: int
    lead_ids: tuple[str, ...]
    reasons: tuple[Why, ...]


EMITTED = (LandMatched, MatchWithdrawn)
