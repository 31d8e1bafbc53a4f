"""The bids of a supply, judged by the rules of the place that its notice names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.time import PARK_TIME, end_of

from ..bidding.freezing import running, shown
from ..bidding.judge import judged
from ..bidding.model import BiddingOutcome, Freeze, Judgement, Offered, PriceBid
from ..bidding.rulebook import BiddingLaw, law_of
from ..bidding.rules import OF_AMOUNT
from ..bidding.taking import start_price_is_not_too_fine
from ..listings.amendment import suspended_spells
from ..listings.listing import Listing
from ..listings.notice import SupplyWay
from .rules import ORDER_39
from .supply import Bid, BidRefused, Interruption, Supply, SupplyState, supply_of


@record
class End:
    """The end of a bidding as the land desk enters it. The reserve price is not kept."""

    closed_at: datetime
    reserve_price_cny: Decimal | None = None
    reserve_entered_at: datetime | None = None
    auction_is_over: bool = False


def law_for(supply: Supply) -> BiddingLaw:
    """The bidding rules of the place of the notice, on the last day of the listing."""
    return law_of(supply.notice.place, supply.notice.listing_end_on)


def judgement_of(supply: Supply, end: End) -> Judgement:
    """How the bids of the supply come out."""
    bids = (
        PriceBid(bidder=each.application_id, price_cny=each.price_cny, bid_at=each.bid_at)
        for each in supply.bids
    )
    return judged(_offered(supply, end), bids)


def start_price_doubts(listing: Listing) -> Iterator[Reason]:
    """Whether the start price of a notice is one that nobody can bid by the rules of its place."""
    if supply := supply_of(listing):
        offered = _offered(supply, End(closed_at=end_of(supply.notice.listing_end_on)))
        if doubt := start_price_is_not_too_fine(offered):
            yield doubt


def _offered(supply: Supply, end: End) -> Offered:
    """Where the rules look at no last hour, bids are made until the bidding is closed."""
    notice, area, law = supply.notice, supply.area_m2, law_for(supply)
    by_notice = notice.listing_ends_at if law.last_hour else None
    freezes = [
        freeze_of(each, None if by_notice else end.closed_at) for each in supply.interruptions
    ]
    return Offered(
        law=law,
        start_cny=notice.whole_start_price_cny(area),
        step_cny=notice.whole_bid_step_cny(area),
        auction_step_cny=notice.whole_auction_step_cny(area),
        in_steps=notice.bids_in_steps,
        begins_at=_begins_at(supply),
        ends_at=by_notice or end.closed_at,
        admitted=frozenset(each.application_id for each in supply.admitted()),
        reserve_cny=end.reserve_price_cny,
        reserve_entered_at=end.reserve_entered_at,
        freezes=tuple(freezes),
        suspended=tuple(suspended_spells(supply.amendments)),
        auction_is_over=end.auction_is_over,
    )


def freezes_of(supply: Supply) -> list[Freeze]:
    """The freezes as they were entered."""
    return [freeze_of(each) for each in supply.interruptions]


def freeze_warnings(supply: Supply) -> list[Reason]:
    """Which moments that were set for a freeze are against the rules of the place."""
    ends_at = supply.notice.listing_ends_at
    said = running(ends_at, freezes_of(supply), law_for(supply)).said if ends_at else ()
    return [each for each in said if each.code != "LISTING_EXTENDED"]


def freeze_of(interruption: Interruption, ends_at: datetime | None = None) -> Freeze:
    """The freeze; `ends_at` is the end of the listing where none was set."""
    return Freeze(
        frozen_at=interruption.frozen_at,
        repaired_at=interruption.repaired_at,
        told_at=interruption.told_at,
        resumed_at=interruption.resumed_at,
        ends_at=interruption.ends_at or ends_at,
    )


def _begins_at(supply: Supply) -> datetime | None:
    """The first moment of the listing, where the notice names a place; an agreement has none."""
    notice = supply.notice
    if notice.place is None or supply.way is SupplyWay.AGREEMENT:
        return None
    return datetime.combine(notice.listing_start_on, time(), PARK_TIME)


def not_over(supply: Supply, found: Judgement, closed_at: datetime) -> Iterator[Reason]:
    """Why the bidding cannot be closed at that moment: it is frozen, extended, or in its countdown."""
    if found.outcome is BiddingOutcome.FROZEN:
        yield Reason("BIDDING_FROZEN", "Enter the repair of the frozen bidding first.", "closed_at")
        return
    ends_at = found.ends_at or found.listing_ends_at
    if ends_at is None or closed_at >= ends_at or supply.way is SupplyWay.AGREEMENT:
        return
    code = "AUCTION_OPEN" if found.auction and found.ends_at else "BIDDING_OPEN"
    sentence = f"The bidding ends at {shown(ends_at)}; it is closed then or later."
    yield Reason(code, sentence, field="closed_at", source=law_for(supply).source)


def mistyped(found: Judgement, bids: Sequence[Bid]) -> Iterator[Reason]:
    """The bids handed in with the end that do not count for their amount, where no bid counts at all: a price
    may be mistyped, and land that is closed as unsold is not opened again."""
    if found.highest or found.outcome is not BiddingOutcome.UNSOLD:
        return
    by_amount = {
        (each.bid.bidder, each.bid.price_cny, each.bid.bid_at): each.reason
        for each in found.refused
        if each.reason.code in OF_AMOUNT
    }
    for number, bid in enumerate(bids):
        if why := by_amount.get((bid.application_id, bid.price_cny, bid.bid_at)):
            sentence = f"{why.sentence} If it is no mistake, leave it out: the land is unsold."
            yield Reason(why.code, sentence, f"bids.{number}.price_cny", why.source)


def no_auction(supply: Supply) -> Reason | None:
    """An auction is closed that the end of the listing has called."""
    if supply.auction:
        return None
    sentence = "No auction was called; close the bidding first."
    return Reason("NO_AUCTION", sentence, field="listing_id")


def bond_of_winner(supply: Supply, application_id: str, now: datetime) -> Reason | None:
    """39号令 (2007): the bonds of those who did not win go back. While nothing is decided the highest bidder
    may still win; a void award, or land that found no buyer, holds no bond."""
    if supply.state in (SupplyState.VOIDED, SupplyState.UNSOLD, SupplyState.TERMINATED):
        return None
    highest = None if supply.award else judgement_of(supply, End(closed_at=now)).highest
    ahead = supply.award.application_id if supply.award else highest and highest.bidder
    if ahead != application_id:
        return None
    who, until = ("won", "the award is void") if supply.award else ("leads", "another one wins")
    return Reason(
        "BOND_OF_WINNER",
        f"Application {application_id} {who}; its bond stays until {until}. Give one that did not win.",
        field="application_id",
        source=ORDER_39,
    )


def came_out(supply: Supply, found: Judgement) -> Supply:
    """The supply with what its bids come to: those refused, the auction that was called, the path."""
    return replace(supply, bids_refused=refused_of(found), auction=found.auction, path=found.path)


def gone_on(supply: Supply, found: Judgement) -> Supply:
    """The supply whose bidding goes on: an auction that was called at its newest moments, or not any more;
    while it is frozen as it was."""
    frozen = found.outcome is BiddingOutcome.FROZEN
    newest = supply.auction if frozen else found.auction
    auction = newest if supply.auction else None
    return replace(supply, bids_refused=refused_of(found), auction=auction)


def refused_of(found: Judgement) -> tuple[BidRefused, ...]:
    return tuple(
        BidRefused(
            application_id=each.bid.bidder,
            price_cny=each.bid.price_cny,
            bid_at=each.bid.bid_at,
            reason=each.reason,
            right_price_cny=each.right_cny,
        )
        for each in found.refused
    )


def bid_reason(supply: Supply, bid: Bid) -> BidRefused | None:
    """Why this bid of the supply does not count, or nothing."""
    of_bid = (bid.application_id, bid.price_cny, bid.bid_at)
    return next(
        (r for r in supply.bids_refused if (r.application_id, r.price_cny, r.bid_at) == of_bid),
        None,
    )
