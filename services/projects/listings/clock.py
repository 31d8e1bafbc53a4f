"""The legal clock of a listing: which day of its notice may follow which.

Each rule answers with a finding: kept, warned, broken, or that it does not apply. How the days of a
period count is in `rulebook/periods/`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

from park.time import day_of

from ..findings import Finding, Outcome
from ..periods.counting import judged
from ..rulebook import Limit
from .notice import SupplyWay
from .offer import Offer

ORDER_39 = "39号令 (2007) 招标拍卖挂牌出让国有建设用地使用权规定"
PLATFORM = "practice of the public land-trade platform"
DAY = timedelta(days=1)
Check: TypeAlias = Callable[[Offer], Finding]


def plan_comes_first(offer: Offer) -> Finding:
    """The government approves the offer plan [出让方案] before the notice is published."""
    approved_on = offer.notice.approved_on
    return _judge(
        offer.notice.notice_start_on >= approved_on,
        computed=approved_on,
        code="NOTICE_BEFORE_APPROVAL",
        sentence=f"The offer plan was approved on {approved_on}; the notice may start then or later.",
        field="notice_start_on",
        source=ORDER_39,
    )


def notice_is_long_enough(offer: Offer) -> Finding:
    """39号令 (2007): the notice is public for at least 20 days."""
    notice = offer.notice
    return judged(
        offer.periods["notice"],
        notice.notice_start_on,
        notice.notice_end_on,
        code="NOTICE_TOO_SHORT",
        field="notice_end_on",
    )


def listing_waits_for_notice(offer: Offer) -> Finding:
    """39号令 (2007): the notice is published at least 20 days before the listing starts."""
    notice = offer.notice
    return judged(
        offer.periods["notice_before_listing"],
        notice.notice_start_on,
        notice.listing_start_on,
        code="LISTING_TOO_EARLY",
        field="listing_start_on",
    )


def listing_is_long_enough(offer: Offer) -> Finding:
    """39号令 (2007): the listing is open for at least 10 days; an auction takes one."""
    notice = offer.notice
    found = judged(
        offer.periods["listing"],
        notice.listing_start_on,
        notice.listing_ends_at or notice.listing_end_on,
        code="LISTING_TOO_SHORT",
        field="listing_end_on",
    )
    return found if notice.supply_way is SupplyWay.LISTING else _does_not_apply(found)


def applications_follow_notice(offer: Offer) -> Finding:
    """Nobody can apply before the notice is public."""
    starts_on = offer.notice.notice_start_on
    return _judge(
        offer.notice.application_start_on >= starts_on,
        computed=starts_on,
        code="APPLICATION_BEFORE_NOTICE",
        sentence=f"Applications may start with the notice, on {starts_on}, or later.",
        field="application_start_on",
    )


def applications_end_after_start(offer: Offer) -> Finding:
    """There is a time to apply."""
    starts_on = offer.notice.application_start_on
    return _judge(
        offer.notice.application_end_on >= starts_on,
        computed=starts_on,
        code="APPLICATION_ENDS_FIRST",
        sentence=f"Applications start on {starts_on}; they may end then or later.",
        field="application_end_on",
    )


def applications_end_by_bond_deadline(offer: Offer) -> Finding:
    """Whoever applies on the last day can still pay the bond."""
    deadline_on = offer.notice.bond_deadline_on
    return _judge(
        offer.notice.application_end_on <= deadline_on,
        code="APPLICATION_AFTER_BOND",
        sentence=f"Applications end by {deadline_on}, the deadline of the bond.",
        field="application_end_on",
        computed=deadline_on,
    )


def bond_is_due_before_the_end(offer: Offer) -> Finding:
    """The bond is paid before the last day of the listing."""
    end_on = offer.notice.listing_end_on
    return _judge(
        offer.notice.bond_deadline_on < end_on,
        code="BOND_DEADLINE_TOO_LATE",
        sentence=f"The bond is due before {end_on}, the last day of the listing.",
        field="bond_deadline_on",
        computed=end_on - DAY,
    )


def listing_ends_on_its_last_day(offer: Offer) -> Finding:
    """The moment at which the listing ends lies on its last day in the park."""
    moment, end_on = offer.notice.listing_ends_at, offer.notice.listing_end_on
    found = _judge(
        moment is None or day_of(moment) == end_on,
        code="LISTING_END_UNCLEAR",
        sentence=f"The listing ends on {end_on}; its last moment lies on that day in Asia/Shanghai.",
        field="listing_ends_at",
        computed=end_on,
    )
    return found if moment else _does_not_apply(found)


def timed_bidding_waits(offer: Offer) -> Finding:
    """The online round starts a few minutes after the listing has ended."""
    starts_at, wait = offer.notice.timed_bidding_starts_at, offer.law.timed_bidding_minutes
    ends_at = offer.notice.listing_ends_at
    earliest = ends_at and ends_at + minutes(wait)
    found = _judge(
        bool(starts_at and earliest and starts_at >= earliest),
        code="TIMED_BIDDING_TOO_EARLY",
        sentence=f"Timed bidding starts {wait.value} minutes after listing_ends_at, or later; give both.",
        field="timed_bidding_starts_at",
        computed=earliest,
        source=wait.source,
    )
    return found if starts_at else _does_not_apply(found)


RULES: tuple[Check, ...] = (
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


def minutes(limit: Limit) -> timedelta:
    return timedelta(minutes=int(limit.value))


def _judge(
    is_kept: bool, *, code: str, sentence: str, field: str, computed: Any, source: str = PLATFORM
) -> Finding:
    return Finding(
        code=code,
        outcome=Outcome.KEPT if is_kept else Outcome.BROKEN,
        sentence=sentence,
        field=field,
        source=source,
        computed=computed and computed.isoformat(),
    )


def _does_not_apply(found: Finding) -> Finding:
    return Finding(
        code=found.code,
        outcome=Outcome.DOES_NOT_APPLY,
        sentence="The notice gives nothing that this rule is about.",
        field=found.field,
        source=found.source,
    )
