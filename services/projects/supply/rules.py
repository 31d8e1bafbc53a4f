"""What holds of applications, bonds, bids and awards; each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from backbone.errors import Reason, Refused
from backbone.records import record
from park.rules import Rule
from park.time import PARK_TIME, day_of

from ..listings.amendment import suspension_at
from ..listings.listing import ListingState
from ..listings.notice import SupplyWay
from .supply import Application, Award, Bidder, Supply

NOTICE = "the notice"
ORDER_39 = "39号令 (2007) 招标拍卖挂牌出让国有建设用地使用权规定"


@record
class Applying:
    """An application beside those that there are, at the moment at which it is entered."""

    application: Application
    supply: Supply
    listing_state: ListingState
    now: datetime


def land_is_on_offer(applying: Applying) -> Reason | None:
    """One applies for land whose notice is out."""
    if applying.listing_state is ListingState.NOTICE_PUBLISHED:
        return None
    return Reason(
        "NOT_ON_OFFER", f"The listing is {applying.listing_state.value}.", field="listing_id"
    )


def notice_runs(applying: Applying) -> Reason | None:
    """While the notice is suspended nobody applies; what was sent in before that is entered all the same."""
    return notice_stands_still(applying.supply, applying.application.applied_at, "applied_at")


def application_is_not_early(applying: Applying) -> Reason | None:
    """Applications start on the day that the notice says."""
    starts_on = applying.supply.notice.application_start_on
    if day_of(applying.application.applied_at) >= starts_on:
        return None
    return Reason("APPLICATION_EARLY", f"Applications start on {starts_on}.", "applied_at", NOTICE)


def application_is_not_late(applying: Applying) -> Reason | None:
    """Applications end with the hour that the notice says, or with its last day."""
    close_at = applying.supply.notice.applications_close_at
    if applying.application.applied_at <= close_at:
        return None
    told = close_at.isoformat(timespec="minutes")
    return Reason("APPLICATION_LATE", f"Applications ended at {told}.", "applied_at", NOTICE)


def application_has_happened(applying: Applying) -> Reason | None:
    """What has not happened yet is not entered."""
    return not_yet_moment(applying.application.applied_at, applying.now, "applied_at")


def bidder_applies_once(applying: Applying) -> Reason | None:
    """One bidder has one application; an id names one of them. A firm is the same by its credit code or
    by the township's id of it; a name may be that of two."""
    mine, others = applying.application, applying.supply.applications
    same = [
        other.application_id
        for other in others
        if not other.withdrawn_at and _is_one(other.bidder, mine.bidder)
    ]
    taken = [o.application_id for o in others if o.application_id == mine.application_id]
    if not same and not taken:
        return None
    return Reason(
        "BIDDER_APPLIED",
        f"There is the application {(same or taken)[0]} already.",
        "application_id",
    )


def _is_one(one: Bidder, other: Bidder) -> bool:
    pairs = ((one.uscc, other.uscc), (one.enterprise_id, other.enterprise_id))
    return any(mine and mine == theirs for mine, theirs in pairs)


APPLYING_RULES: tuple[Rule[Applying], ...] = (
    land_is_on_offer,
    notice_runs,
    application_is_not_early,
    application_is_not_late,
    application_has_happened,
    bidder_applies_once,
)


@record
class Closing:
    """The end of the bidding, as the land desk enters it."""

    supply: Supply
    listing_state: ListingState
    closed_at: datetime
    now: datetime

    @property
    def ends_on(self) -> date:
        """An agreement with one applicant is closed when nobody can apply any more."""
        notice = self.supply.notice
        agreed = self.supply.way is SupplyWay.AGREEMENT
        return notice.application_end_on if agreed else notice.listing_end_on


def bidding_is_on(closing: Closing) -> Reason | None:
    """Only land on offer is awarded, and once."""
    if closing.listing_state is ListingState.NOTICE_PUBLISHED:
        return None
    return Reason(
        "NOT_ON_OFFER", f"The listing is {closing.listing_state.value}.", field="listing_id"
    )


def bidding_is_over(closing: Closing) -> Reason | None:
    """39号令 (2007): until its last day whoever is admitted may bid. An agreement for which two parties
    applied has become a listing, and ends with that."""
    notice, agreed = closing.supply.notice, closing.supply.way is SupplyWay.AGREEMENT
    moment = notice.applications_close_at if agreed else notice.listing_ends_at
    is_over = (
        closing.closed_at >= moment if moment else day_of(closing.closed_at) >= closing.ends_on
    )
    if is_over and closing.closed_at <= closing.now:
        return None
    why = (
        " It became a listing, as a second party applied."
        if _became_listing(closing.supply)
        else ""
    )
    return Reason(
        "BIDDING_OPEN",
        f"The bidding ends on {closing.ends_on}; it is closed then or later, once it has.{why}",
        field="closed_at",
        source=ORDER_39,
    )


def sale_runs(closing: Closing) -> Reason | None:
    """A sale that stands still does not end."""
    return notice_stands_still(closing.supply, closing.closed_at, "closed_at")


def _became_listing(supply: Supply) -> bool:
    return supply.way is not supply.notice.supply_way


CLOSING_RULES: tuple[Rule[Closing], ...] = (bidding_is_on, sale_runs, bidding_is_over)


def notice_stands_still(supply: Supply, at: datetime, field: str | None = None) -> Reason | None:
    """Nothing is applied, bid or closed while the notice is suspended."""
    found = suspension_at(supply.amendments, at)
    if found is None:
        return None
    told = found.amended_at.astimezone(PARK_TIME).isoformat(timespec="minutes")
    return Reason("NOTICE_SUSPENDED", f"The notice was suspended at {told}.", field, NOTICE)


def bond_is_late(supply: Supply, paid_at: datetime) -> Reason | None:
    """A bond that comes after its deadline admits nobody."""
    close_at = supply.notice.bonds_close_at
    if paid_at <= close_at:
        return None
    told = close_at.isoformat(timespec="minutes")
    return Reason("BOND_LATE", f"Bonds were due by {told}.", field="paid_at", source=NOTICE)


def bond_is_short(supply: Supply, amount_cny: Decimal) -> Reason | None:
    """A bond that is not whole admits nobody."""
    asked = supply.notice.bond_cny
    if amount_cny >= asked:
        return None
    return Reason("BOND_SHORT", f"The bond is {asked:f} CNY.", field="amount_cny", source=NOTICE)


def withdrawal_is_late(supply: Supply, at: datetime) -> Reason | None:
    """While one can still apply, one can withdraw; afterwards who applied is frozen."""
    close_at = supply.notice.applications_close_at
    if at <= close_at:
        return None
    told = close_at.isoformat(timespec="minutes")
    return Reason("WITHDRAWAL_LATE", f"Applications ended at {told}.", "withdrawn_at", NOTICE)


def standing_award(supply: Supply) -> Award:
    """The award, that what follows it needs. Raises `Refused` if there is none, or it is void."""
    if supply.award and not supply.award.voided_on:
        return supply.award
    reason = Reason("NOT_AWARDED", f"The supply is {supply.state.value}.", field="listing_id")
    raise Refused([reason])


def not_yet_moment(given: datetime, now: datetime, field: str) -> Reason | None:
    """What has not happened yet is not entered."""
    return Reason("NOT_YET", "Give a moment that has come.", field=field) if given > now else None


def day_in_order(given: date, field: str, first: date | None, today: date) -> Reason | None:
    """A step has happened, and not before the one that it follows."""
    if first and given < first:
        return Reason(
            "STEP_TOO_EARLY", f"Give {first} or a later day: it follows a step of then.", field
        )
    return (
        Reason("NOT_YET", f"Today is {today}; give a day that has come.", field)
        if given > today
        else None
    )
