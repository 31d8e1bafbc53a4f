"""Bids one after the other: each is held to the rules beside those that counted before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backbone.errors import Reason
from backbone.records import record
from park.rules import broken

from .model import BidRefusal, Offered, PriceBid, Stage
from .rules import OF_AMOUNT, RULES, Bidding

Indexed = tuple[int, PriceBid]


@record
class Taken:
    """The stage after some bids, those that counted, in their order, and those that did not."""

    stage: Stage
    counted: tuple[PriceBid, ...] = ()
    refused: tuple[BidRefusal, ...] = ()

    def with_bid(self, index: int, bidding: Bidding) -> Taken:
        """A bid that is refused changes nothing else."""
        bid = bidding.bid
        if reasons := broken(RULES, bidding):
            by_amount = reasons[0].code in OF_AMOUNT
            right_cny = self.stage.right_cny(bid.price_cny) if by_amount else None
            refusal = BidRefusal(index=index, bid=bid, reason=reasons[0], right_cny=right_cny)
            return replace(self, refused=(*self.refused, refusal))
        least_cny = bid.price_cny + self.stage.step_cny
        stage = replace(self.stage, highest=bid, least_cny=least_cny)
        return replace(self, stage=stage, counted=(*self.counted, bid))


def in_order(bids: Iterable[PriceBid]) -> list[Indexed]:
    """The bids by their moments, each with its place among those handed in; of one moment the lower first,
    so that it does not matter who handed them in first."""
    return sorted(enumerate(bids), key=lambda each: (each[1].bid_at, each[1].price_cny))


def listing_stage(offered: Offered) -> Stage:
    """The listing before anybody bid."""
    return Stage(
        base_cny=offered.start_cny,
        step_cny=offered.step_cny,
        least_cny=offered.start_cny,
        in_steps=offered.in_steps or offered.law.in_steps.value,
        smallest_cny=offered.law.smallest_cny.value,
    )


def start_price_is_not_too_fine(offered: Offered) -> Reason | None:
    """A start price is one that can be bid (Fujian art. 30); else the first bid is the next one above it."""
    first_cny, law, told = listing_stage(offered).next_cny, offered.law, offered.unit.told
    if first_cny == offered.start_cny:
        return None
    sentence = (
        f"The start price is {told(offered.start_cny)} and bids are whole multiples of "
        f"{told(law.smallest_cny.value)}: the lowest bid is {told(first_cny)}."
    )
    return Reason("START_PRICE_TOO_FINE", sentence, "start_price_cny", law.cite(law.smallest_cny))


def auction_stage(offered: Offered, highest: PriceBid) -> Stage:
    """The auction before anybody bid in it: it starts at the highest bid plus one step of the auction."""
    step_cny = offered.auction_step_cny or offered.step_cny
    return replace(
        listing_stage(offered),
        base_cny=highest.price_cny,
        step_cny=step_cny,
        least_cny=highest.price_cny + step_cny,
        highest=highest,
    )
