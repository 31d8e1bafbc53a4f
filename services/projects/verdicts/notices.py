"""What the rules of a notice say of published ones, by any rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from backbone.errors import Invalid, Reason
from park.verdicts.compared import Ruling, Rulings

from ..findings import Finding, Outcome
from ..handbook.rulebook import HANDBOOK
from ..listings.listing import Listing
from ..notices.published import printed_of
from ..notices.rulebook import Moment
from ..notices.rules import NoticeBooks, findings

PLAIN = (Outcome.KEPT, Outcome.DOES_NOT_APPLY)
PERIODS_ASKED = ("notice_before_listing", "listing")


def known_notices(_: Any, listings: Sequence[Listing]) -> list[Listing]:
    """Those whose notice is out, with the land that it is for."""
    return [each for each in listings if each.notice and each.release]


def by_books(listings: Iterable[Listing], books: NoticeBooks) -> Rulings:
    """What each rule says of each notice, by the editions of its first day."""
    _hold_periods(books)
    return {
        (listing.listing_id, found.code): _ruling(found, books, on)
        for listing in listings
        for on, found in _found(listing, books)
    }


def _hold_periods(books: NoticeBooks) -> None:
    """Raise `Invalid` where an edition lacks a period that every notice is held to."""
    editions = books.periods.editions.values()
    if lacking := [name for name in PERIODS_ASKED if any(name not in each for each in editions)]:
        said = f"A notice is judged by it, so that an edition has {' and '.join(lacking)}."
        raise Invalid([Reason("INVALID", said, "after.edition")])


def _found(listing: Listing, books: NoticeBooks) -> Iterable[tuple[date, Finding]]:
    notice, release = listing.notice, listing.release
    if notice is None or release is None:
        return ()
    on = notice.notice_start_on
    plot = printed_of(notice, release, HANDBOOK.on(on).floor.place)
    return ((on, each) for each in findings(plot, on, books))


def _ruling(found: Finding, books: NoticeBooks, on: date) -> Ruling:
    """A rule that is not kept says how much that weighs when a notice is published."""
    if found.outcome in PLAIN:
        return Ruling(says=found.outcome.value.replace("_", " "), source=found.source)
    weighs = books.notices.on(on).severity_of(found.outcome)[Moment.PUBLICATION]
    says = f"{found.outcome.value} ({weighs.value})"
    return Ruling(says=says, reason=found.reason, source=found.source)
