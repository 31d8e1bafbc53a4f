"""The legal clock of a listing: which day of its notice may follow which.

Each rule answers with a reason when it is broken, and with nothing when it is kept. Days are calendar
days in the park, and the first day does not count (民法典 art. 201).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from backbone.errors import Reason

from .notice import Notice
from .policy import Limit, Policy

PARK_TIME = ZoneInfo("Asia/Shanghai")
ORDER_39 = "39号令 (2007) 招标拍卖挂牌出让国有建设用地使用权规定"
PLATFORM = "practice of the public land-trade platform"


def plan_comes_first(notice: Notice, policy: Policy) -> Reason | None:
    """The government approves the offer plan [出让方案] before the notice is published."""
    if notice.notice_start_on >= notice.approved_on:
        return None
    return Reason(
        "NOTICE_BEFORE_APPROVAL",
        f"The offer plan was approved on {notice.approved_on}; the notice may start then or later.",
        field="notice_start_on",
        source=ORDER_39,
    )


def notice_is_long_enough(notice: Notice, policy: Policy) -> Reason | None:
    """39号令 (2007): the notice is public for at least 20 days."""
    earliest = days_after(notice.notice_start_on, policy.notice_days)
    if notice.notice_end_on >= earliest:
        return None
    return Reason(
        "NOTICE_TOO_SHORT",
        f"The notice is public for {policy.notice_days.value} days: it may end on {earliest} or later.",
        field="notice_end_on",
        source=policy.notice_days.source,
    )


def listing_waits_for_notice(notice: Notice, policy: Policy) -> Reason | None:
    """39号令 (2007): the notice is published at least 20 days before the listing starts."""
    earliest = days_after(notice.notice_start_on, policy.notice_days)
    if notice.listing_start_on >= earliest:
        return None
    return Reason(
        "LISTING_TOO_EARLY",
        f"The notice comes {policy.notice_days.value} days before: the listing may start on "
        f"{earliest} or later.",
        field="listing_start_on",
        source=policy.notice_days.source,
    )


def listing_is_long_enough(notice: Notice, policy: Policy) -> Reason | None:
    """39号令 (2007): the listing is open for at least 10 days."""
    if notice.listing_end_on >= days_after(notice.listing_start_on, policy.listing_days):
        return None
    start = max(notice.listing_start_on, days_after(notice.notice_start_on, policy.notice_days))
    earliest = days_after(start, policy.listing_days)
    return Reason(
        "LISTING_TOO_SHORT",
        f"The listing is open for {policy.listing_days.value} days: it may end on {earliest} or later.",
        field="listing_end_on",
        source=policy.listing_days.source,
    )


def applications_follow_notice(notice: Notice, policy: Policy) -> Reason | None:
    """Nobody can apply before the notice is public."""
    if notice.application_start_on >= notice.notice_start_on:
        return None
    return Reason(
        "APPLICATION_BEFORE_NOTICE",
        f"Applications may start with the notice, on {notice.notice_start_on}, or later.",
        field="application_start_on",
        source=PLATFORM,
    )


def applications_end_after_start(notice: Notice, policy: Policy) -> Reason | None:
    """There is a time to apply."""
    if notice.application_end_on >= notice.application_start_on:
        return None
    return Reason(
        "APPLICATION_ENDS_FIRST",
        f"Applications start on {notice.application_start_on}; they may end then or later.",
        field="application_end_on",
        source=PLATFORM,
    )


def applications_end_by_bond_deadline(notice: Notice, policy: Policy) -> Reason | None:
    """Whoever applies on the last day can still pay the bond."""
    if notice.application_end_on <= notice.bond_deadline_on:
        return None
    return Reason(
        "APPLICATION_AFTER_BOND",
        f"Applications end by {notice.bond_deadline_on}, the deadline of the bond.",
        field="application_end_on",
        source=PLATFORM,
    )


def bond_is_due_before_the_end(notice: Notice, policy: Policy) -> Reason | None:
    """The bond is paid before the last day of the listing."""
    if notice.bond_deadline_on < notice.listing_end_on:
        return None
    return Reason(
        "BOND_DEADLINE_TOO_LATE",
        f"The bond is due before {notice.listing_end_on}, the last day of the listing.",
        field="bond_deadline_on",
        source=PLATFORM,
    )


def listing_ends_on_its_last_day(notice: Notice, policy: Policy) -> Reason | None:
    """The moment at which the listing ends lies on its last day in the park."""
    moment = notice.listing_ends_at
    if moment is None or moment.astimezone(PARK_TIME).date() == notice.listing_end_on:
        return None
    return Reason(
        "LISTING_END_UNCLEAR",
        f"The listing ends on {notice.listing_end_on}; its last moment lies on that day in "
        "Asia/Shanghai.",
        field="listing_ends_at",
        source=PLATFORM,
    )


def timed_bidding_waits(notice: Notice, policy: Policy) -> Reason | None:
    """The online round starts a few minutes after the listing has ended."""
    starts_at, wait = notice.timed_bidding_starts_at, policy.timed_bidding_minutes
    if starts_at is None:
        return None
    if notice.listing_ends_at and starts_at - notice.listing_ends_at >= minutes(wait):
        return None
    return Reason(
        "TIMED_BIDDING_TOO_EARLY",
        f"Timed bidding starts {wait.value} minutes after listing_ends_at, or later; give both.",
        field="timed_bidding_starts_at",
        source=wait.source,
    )


RULES: tuple[Callable[[Notice, Policy], Reason | None], ...] = (
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
