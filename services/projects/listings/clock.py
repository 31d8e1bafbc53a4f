"""The legal clock of a listing: which day of its notice may follow which.

Each rule answers with a reason when it is broken, and with nothing when it is kept. Days are calendar
days in the park, and the first day does not count (民法典 art. 201).
"""

from __future__ import annotations

from datetime import date, timedelta

from backbone.errors import Reason
from park.rules import Rule
from park.time import day_of

from ..rulebook import Limit
from .offer import Offer

ORDER_39 = "39号令 (2007) 招标拍卖挂牌出让国有建设用地使用权规定"
PLATFORM = "practice of the public land-trade platform"


def plan_comes_first(offer: Offer) -> Reason | None:
    """The government approves the offer plan [出让方案] before the notice is published."""
    if offer.notice.notice_start_on >= offer.notice.approved_on:
        return None
    return Reason(
        "NOTICE_BEFORE_APPROVAL",
        f"The offer plan was approved on {offer.notice.approved_on}; the notice may start then or later.",
        field="notice_start_on",
        source=ORDER_39,
    )


def notice_is_long_enough(offer: Offer) -> Reason | None:
    """39号令 (2007): the notice is public for at least 20 days."""
    earliest = days_after(offer.notice.notice_start_on, offer.law.notice_days)
    if offer.notice.notice_end_on >= earliest:
        return None
    return Reason(
        "NOTICE_TOO_SHORT",
        f"The notice is public for {offer.law.notice_days.value} days: it may end on {earliest} or later.",
        field="notice_end_on",
        source=offer.law.notice_days.source,
    )


def listing_waits_for_notice(offer: Offer) -> Reason | None:
    """39号令 (2007): the notice is published at least 20 days before the listing starts."""
    earliest = days_after(offer.notice.notice_start_on, offer.law.notice_days)
    if offer.notice.listing_start_on >= earliest:
        return None
    return Reason(
        "LISTING_TOO_EARLY",
        f"The notice comes {offer.law.notice_days.value} days before: the listing may start on "
        f"{earliest} or later.",
        field="listing_start_on",
        source=offer.law.notice_days.source,
    )


def listing_is_long_enough(offer: Offer) -> Reason | None:
    """39号令 (2007): the listing is open for at least 10 days."""
    notice, law = offer.notice, offer.law
    if notice.listing_end_on >= days_after(notice.listing_start_on, law.listing_days):
        return None
    start = max(
        notice.listing_start_on,
        days_after(notice.notice_start_on, law.notice_days),
    )
    earliest = days_after(start, law.listing_days)
    return Reason(
        "LISTING_TOO_SHORT",
        f"The listing is open for {law.listing_days.value} days: it may end on {earliest} or later.",
        field="listing_end_on",
        source=law.listing_days.source,
    )


def applications_follow_notice(offer: Offer) -> Reason | None:
    """Nobody can apply before the notice is public."""
    if offer.notice.application_start_on >= offer.notice.notice_start_on:
        return None
    return Reason(
        "APPLICATION_BEFORE_NOTICE",
        f"Applications may start with the notice, on {offer.notice.notice_start_on}, or later.",
        field="application_start_on",
        source=PLATFORM,
    )


def applications_end_after_start(offer: Offer) -> Reason | None:
    """There is a time to apply."""
    if offer.notice.application_end_on >= offer.notice.application_start_on:
        return None
    return Reason(
        "APPLICATION_ENDS_FIRST",
        f"Applications start on {offer.notice.application_start_on}; they may end then or later.",
        field="application_end_on",
        source=PLATFORM,
    )


def applications_end_by_bond_deadline(offer: Offer) -> Reason | None:
    """Whoever applies on the last day can still pay the bond."""
    if offer.notice.application_end_on <= offer.notice.bond_deadline_on:
        return None
    return Reason(
        "APPLICATION_AFTER_BOND",
        f"Applications end by {offer.notice.bond_deadline_on}, the deadline of the bond.",
        field="application_end_on",
        source=PLATFORM,
    )


def bond_is_due_before_the_end(offer: Offer) -> Reason | None:
    """The bond is paid before the last day of the listing."""
    if offer.notice.bond_deadline_on < offer.notice.listing_end_on:
        return None
    return Reason(
        "BOND_DEADLINE_TOO_LATE",
        f"The bond is due before {offer.notice.listing_end_on}, the last day of the listing.",
        field="bond_deadline_on",
        source=PLATFORM,
    )


def listing_ends_on_its_last_day(offer: Offer) -> Reason | None:
    """The moment at which the listing ends lies on its last day in the park."""
    moment = offer.notice.listing_ends_at
    if moment is None or day_of(moment) == offer.notice.listing_end_on:
        return None
    return Reason(
        "LISTING_END_UNCLEAR",
        f"The listing ends on {offer.notice.listing_end_on}; its last moment lies on that day in "
        "Asia/Shanghai.",
        field="listing_ends_at",
        source=PLATFORM,
    )


def timed_bidding_waits(offer: Offer) -> Reason | None:
    """The online round starts a few minutes after the listing has ended."""
    starts_at, wait = offer.notice.timed_bidding_starts_at, offer.law.timed_bidding_minutes
    if starts_at is None:
        return None
    if offer.notice.listing_ends_at and starts_at - offer.notice.listing_ends_at >= minutes(wait):
        return None
    return Reason(
        "TIMED_BIDDING_TOO_EARLY",
        f"Timed bidding starts {wait.value} minutes after listing_ends_at, or later; give both.",
        field="timed_bidding_starts_at",
        source=wait.source,
    )


RULES: tuple[Rule[Offer], ...] = (
    plan_comes_first,
    notice_is_long_enough,
    listing_waits_for_notice,
    listing_is_long_enough,
    applications_follow_notice,
    applications_end_after_start,
    applications_end_by_bond_deadline,
    bond_is_due_before_the_end,
    listing_ends_on_its_last_day,
    timed_bidding_waits,
)


def days_after(day: date, limit: Limit) -> date:
    """The day so many days after `day`, which itself does not count."""
    return day + timedelta(days=int(limit.value))


def minutes(limit: Limit) -> timedelta:
    return timedelta(minutes=int(limit.value))
