"""Bids [报价]: which of them count, and which one wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from backbone.errors import Reason
from park.rules import Rule, broken

from ..listings.amendment import Amendment, suspension_at
from .supply import Bid, BidRefused, Supply

ORDER_39 = "39号令 (2007) art. 19"
PLATFORM = "practice of the public land-trade platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bidding:
    """A bid, beside the highest before it, for land from `start_cny` on in steps of `step_cny`."""

    bid: Bid
    highest: Bid | None
    start_cny: Decimal
    step_cny: Decimal
    in_steps: bool
    admitted: frozenset[str]
    amendments: tuple[Amendment, ...] = ()

    @property
    def least_cny(self) -> Decimal:
        return self.highest.price_cny + self.step_cny if self.highest else self.start_cny


def bidder_is_admitted(bidding: Bidding) -> Reason | None:
    """Whoever applied and paid the bond in time may bid."""
    if bidding.bid.application_id in bidding.admitted:
        return None
    return Reason("BIDDER_NOT_ADMITTED", "The bidder did not apply and pay the bond in time.")


def sale_was_running(bidding: Bidding) -> Reason | None:
    """While the notice is suspended nobody bids."""
    if suspension_at(bidding.amendments, bidding.bid.bid_at) is None:
        return None
    return Reason("NOTICE_SUSPENDED", "The notice was suspended at that moment.")


def bid_is_high_enough(bidding: Bidding) -> Reason | None:
    """The first bid is the start price or more, each later one at least a step above: of two equal bids
    the earlier one counts."""
    if bidding.bid.price_cny >= bidding.least_cny:
        return None
    code = "BID_BELOW_STEP" if bidding.highest else "BID_BELOW_START"
    return Reason(code, f"A bid was {bidding.least_cny:f} CNY or more.", source=ORDER_39)


def bid_is_in_steps(bidding: Bidding) -> Reason | None:
    """Where the notice asks for it, a bid is the start price and whole steps (宁海; in 福建 it is not)."""
    above = bidding.bid.price_cny - bidding.start_cny
    if not bidding.in_steps or not above % bidding.step_cny:
        return None
    return Reason(
        "BID_NOT_IN_STEPS", f"A bid rises by whole {bidding.step_cny:f} CNY.", source=PLATFORM
    )


BID_RULES: tuple[Rule[Bidding], ...] = (
    bidder_is_admitted,
    sale_was_running,
    bid_is_high_enough,
    bid_is_in_steps,
)


def result_of(
    supply: Supply, bids: Iterable[Bid], reserve_price_cny: Decimal | None
) -> tuple[Bid | None, tuple[BidRefused, ...]]:
    """The bid that wins, or none, and those that did not count. One bidder at the start price or above is
    enough; below the reserve price [底价] nothing is sold."""
    highest: Bid | None = None
    refused = []
    admitted = frozenset(each.application_id for each in supply.admitted())
    for bid in sorted(bids, key=lambda each: each.bid_at):
        if reasons := broken(BID_RULES, _beside(supply, bid, highest, admitted)):
            refused.append(_refused(bid, reasons[0]))
        else:
            highest = bid
    is_enough = highest and (reserve_price_cny is None or highest.price_cny >= reserve_price_cny)
    return (highest if is_enough else None), tuple(refused)


def _beside(supply: Supply, bid: Bid, highest: Bid | None, admitted: frozenset[str]) -> Bidding:
    return Bidding(
        bid=bid,
        highest=highest,
        start_cny=supply.notice.whole_start_price_cny(supply.area_m2),
        step_cny=supply.notice.whole_bid_step_cny(supply.area_m2),
        in_steps=supply.notice.bids_in_steps,
        admitted=admitted,
        amendments=supply.amendments,
    )


def _refused(bid: Bid, reason: Reason) -> BidRefused:
    return BidRefused(
        application_id=bid.application_id, price_cny=bid.price_cny, bid_at=bid.bid_at, reason=reason
    )
