"""The course of a notice: the listing after its next amendment."""

from __future__ import annotations

from datetime import datetime

from backbone.errors import Reason
from park.rules import broken, refuse

from ..findings import Outcome, reasons_of
from ..listings.amendment import Amendment, AmendmentKind
from ..listings.listing import Listing
from .amending import Amending, Change
from .moving import Moved, held
from .rules import DATE_RULES, DOUBTS, ENTRY_RULES, Dated, notice_out


def amended(listing: Listing, change: Change, now: datetime) -> Listing:
    """The listing after the change. Raises `Refused` with all that stands against it, and
    `CALENDAR_MISSING` where an end has to be found in a year without working days."""
    notice = notice_out(listing)
    amending = Amending(listing=listing, notice=notice, change=change, now=now)
    refuse(*broken(ENTRY_RULES, amending))
    if change.kind is AmendmentKind.SUSPENSION:
        stands = Moved(notice=notice, moves=held(notice, change.amended_at))
        return listing.with_amendment(_amendment(amending, stands, ()), notice)
    result = amending.moved()
    dated = Dated(amending=amending, result=result)
    found = listing.findings_of(result.notice)
    refuse(*broken(DATE_RULES, dated), *reasons_of(found, Outcome.BROKEN))
    doubts = (*result.warnings, *broken(DOUBTS, dated), *reasons_of(found, Outcome.WARNED))
    return listing.with_amendment(_amendment(amending, result, doubts), result.notice)


def _amendment(amending: Amending, result: Moved, warnings: tuple[Reason, ...]) -> Amendment:
    change = amending.change
    return Amendment(
        kind=change.kind,
        amended_at=change.amended_at,
        recorded_at=amending.now,
        document=change.document,
        reason=change.reason,
        before=amending.notice,
        moved_days=amending.days,
        moves=result.moves,
        changed_terms=amending.changed_terms,
        warnings=warnings,
    )
