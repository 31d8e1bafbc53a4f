"""The facts of a notice that is amended. Days in the park."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from backbone.records import record

from ..listings.amendment import AmendmentKind, Move, suspension_at
from ..listings.listing import Listing


@record
class NoticeSupplemented:
    """`projects.notice_supplemented`: a supplement changed conditions or dates; `moves` says where each later
    date went."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    listing_number: str
    notice_version: int
    document: str
    reason: str
    supplemented_at: datetime
    changed_terms: tuple[str, ...]
    moved_days: int
    moves: tuple[Move, ...]
    application_end_on: date
    bond_deadline_on: date
    listing_end_on: date


@record
class NoticeSuspended:
    """`projects.notice_suspended`: the notice stands still; the days of `moves` hold no longer, and the new
    ones come with the resumption."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    listing_number: str
    notice_version: int
    document: str
    reason: str
    suspended_at: datetime
    moves: tuple[Move, ...]


@record
class NoticeResumed:
    """`projects.notice_resumed`: the notice runs again; `moves` says where each later date went."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    listing_number: str
    notice_version: int
    document: str
    reason: str
    suspended_at: datetime
    resumed_at: datetime
    moved_days: int
    moves: tuple[Move, ...]
    application_end_on: date
    bond_deadline_on: date
    listing_end_on: date


EMITTED = (NoticeSupplemented, NoticeSuspended, NoticeResumed)
ENDS = ("application_end_on", "bond_deadline_on", "listing_end_on")


def amended_of(before: Listing, after: Listing) -> Any:
    """The fact of the last amendment of a listing."""
    amendment, notice = after.amendments[-1], after.notice
    about: dict[str, Any] = {
        "listing_id": after.listing_id,
        "parcel_id": after.parcel_id,
        "case_id": after.case_id,
        "township": after.township,
        "listing_number": amendment.before.listing_number,
        "notice_version": after.notice_version,
        "document": amendment.document,
        "reason": amendment.reason,
        "moves": amendment.moves,
    }
    if amendment.kind is AmendmentKind.SUSPENSION:
        return NoticeSuspended(**about, suspended_at=amendment.amended_at)
    about |= {name: getattr(notice, name) for name in ENDS}
    about["moved_days"] = amendment.moved_days
    if amendment.kind is AmendmentKind.SUPPLEMENT:
        return NoticeSupplemented(
            **about,
            supplemented_at=amendment.amended_at,
            changed_terms=amendment.changed_terms,
        )
    suspension = suspension_at(before.amendments, amendment.amended_at)
    suspended_at = suspension.amended_at if suspension else amendment.amended_at
    return NoticeResumed(**about, suspended_at=suspended_at, resumed_at=amendment.amended_at)
