"""The facts of listings. Areas in m², money in CNY, days in the park."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from backbone.records import record

from .listing import Listing, ListingState, Result
from .notice import Notice, SupplyForm, SupplyWay
from .release import Release

REPLACED = Reason(
    "RELEASE_REPLACED", "The land was released anew on other terms; it needs a new notice."
)
Why = dict[str, str]  # a reason: code, sentence, and perhaps field and source


@record
class ListingDrafted:
    """`projects.listing_drafted`: released land may be offered. Heard by projects itself."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    target_use: str
    release_no: int


@record
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
    target_use: str | None = None
    supply_way: SupplyWay | None = None
    supply_form: SupplyForm | None = None


@record
class ListingWithdrawn:
    """`projects.listing_withdrawn`: the land is no longer on offer."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    reasons: tuple[Why, ...]
    was_published: bool


EMITTED = (ListingDrafted, ListingPublished, ListingWithdrawn)


def facts_of(
    before: Listing, after: Listing
) -> Iterator[ListingDrafted | ListingPublished | ListingWithdrawn]:
    """The facts of the step from `before` to `after`: a notice whose release was replaced is withdrawn
    first, and its land is drafted again."""
    withdrawn = after.state is ListingState.WITHDRAWN
    if before.is_open and withdrawn and after.revocation:
        yield listing_withdrawn_of(before, after.revocation.reasons)
    elif before.release != after.release and before.state is ListingState.NOTICE_PUBLISHED:
        yield listing_withdrawn_of(before, (REPLACED,))
    is_free_again = before.result is Result.AWARDED and after.state is ListingState.DRAFT
    if (before.release != after.release or is_free_again) and after.on_offer:
        yield listing_drafted_of(after, after.on_offer)
    if before.notice_version != after.notice_version and after.notice and after.release:
        yield listing_published_of(after, after.notice, after.release)


def why_withdrawn(listing: Listing) -> tuple[Reason, ...]:
    """Why what was said of an offer before does not hold: its release was taken back, or replaced."""
    revoked = listing.revocation if listing.is_revoked else None
    return revoked.reasons if revoked else (REPLACED,)


def listing_withdrawn_of(before: Listing, reasons: tuple[Reason, ...]) -> ListingWithdrawn:
    return ListingWithdrawn(
        **_ids_of(before),
        reasons=tuple(reason.as_dict() for reason in reasons),
        was_published=before.state is ListingState.NOTICE_PUBLISHED,
    )


def listing_drafted_of(listing: Listing, release: Release) -> ListingDrafted:
    return ListingDrafted(
        **_ids_of(listing),
        area_m2=release.area_m2,
        target_use=release.target_use,
        release_no=release.release_no,
    )


def listing_published_of(listing: Listing, notice: Notice, release: Release) -> ListingPublished:
    return ListingPublished(
        **_ids_of(listing),
        area_m2=release.area_m2,
        listing_number=notice.listing_number,
        notice_start_on=notice.notice_start_on,
        listing_start_on=notice.listing_start_on,
        listing_end_on=notice.listing_end_on,
        bond_deadline_on=notice.bond_deadline_on,
        start_price_cny=notice.whole_start_price_cny(release.area_m2),
        notice_version=listing.notice_version,
        target_use=release.target_use,
        supply_way=notice.supply_way,
        supply_form=notice.supply_form,
    )


def _ids_of(listing: Listing) -> dict[str, Any]:
    return {
        "listing_id": listing.listing_id,
        "parcel_id": listing.parcel_id,
        "case_id": listing.case_id,
        "township": listing.township,
    }
