"""The facts of matching. Areas in m²."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LandMatched:
    """`projects.land_matched`: these leads look for such land; only those not announced before."""

    listing_id: str
    parcel_id: str
    township: str
    area_m2: Decimal
    lead_ids: tuple[str, ...]


EMITTED = (LandMatched,)
