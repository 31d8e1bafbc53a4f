"""The facts of listings. Areas in m², money in CNY, days in the park."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Why = dict[str, str]  # a reason: code, sentence, and perhaps field and source


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDrafted:
    """`projects.listing_drafted`: released land may be offered. Heard by projects itself."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    target_use: str
    release_no: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingPublished:
    """`projects.listing_published`: the notice is out. `start_price_cny` is for the whole land."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    listing_number: str
    notice_start_on: date
    listing_start_on: date
    listing_end_on: date
    bond_deadline_on: date
    start_price_cny: Decimal
    notice_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingWithdrawn:
    """`projects.listing_withdrawn`: the land is no longer on offer."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    reasons: tuple[Why, ...]
    was_published: bool


EMITTED = (ListingDrafted, ListingPublished, ListingWithdrawn)
