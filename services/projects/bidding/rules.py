"""What holds of one bid; each rule answers with a reason that says what would have been right."""

from __future__ import annotations

from datetime import datetime

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from .freezing import shown
from .model import Offered, PriceBid, Stage

NOTICE = "the notice"


@record
class Bidding:
    """One bid beside what it meets: the stage of the bidding, its first and last moment, and whether it was
    frozen then."""

    bid: PriceBid
    offered: Offered
    stage: Stage
    opens_at: datetime | None
    closes_at: datetime | None
    is_frozen: bool
    in_auction: bool = False


def bidder_is_admitted(bidding: Bidding) -> Reason | None:
    """Whoever has a number may bid, in the auction also who did not bid before (Fujian art. 38)."""
    admitted = bidding.offered.admitted
    if admitted is None or bidding.bid.bidder in admitted:
        return None
    return Reason("BIDDER_NOT_ADMITTED", "The bidder did not apply and pay the bond in time.")


def bid_is_not_early(bidding: Bidding) -> Reason | None:
    """Bids are made from the first moment of the listing on; in the auction after the preparation (Fujian
    arts. 40 to 42)."""
    opens_at, rules = bidding.opens_at, bidding.offered.law.auction
    if opens_at is None or bidding.bid.bid_at >= opens_at:
        return None
    if bidding.in_auction and rules:
        cited = bidding.offered.law.cite(rules.preparation_minutes)
        sentence = f"The auction opened at {shown(opens_at)}; until then bidders prepare."
        return Reason("AUCTION_NOT_OPEN", sentence, field="bid_at", source=cited)
    return Reason("BID_BEFORE_LISTING", f"Bids count from {shown(opens_at)} on.", "bid_at", NOTICE)


def bid_is_not_late(bidding: Bidding) -> Reason | None:
    """The listing ends at its moment; the auction when nobody bids for a whole countdown."""
    law, closes_at = bidding.offered.law, bidding.closes_at
    counts = law.bid_at_the_end_counts
    if closes_at is None or bidding.bid.bid_at < closes_at:
        return None
    if counts.value and bidding.bid.bid_at == closes_at:
        return None
    if bidding.in_auction and law.auction:
        cited = law.cite(law.auction.countdown_minutes)
        sentence = f"The countdown ended at {shown(closes_at)}."
        return Reason("AUCTION_OVER", sentence, field="bid_at", source=cited)
    sentence = f"The bidding ended at {shown(closes_at)}; a bid is made by then."
    return Reason("BID_AFTER_END", sentence, field="bid_at", source=law.cite(counts))


def bidding_is_running(bidding: Bidding) -> Reason | None:
    """While the bidding is frozen nobody bids."""
    if not bidding.is_frozen:
        return None
    rules, law = bidding.offered.law.freezing, bidding.offered.law
    source = law.cite(rules.left_minutes_at_most) if rules else law.source
    return Reason("BID_WHILE_FROZEN", "The bidding was frozen then.", "bid_at", source)


def notice_is_running(bidding: Bidding) -> Reason | None:
    """While the notice is suspended nobody bids; from the moment of its resumption on a bid counts."""
    at = bidding.bid.bid_at
    spells = bidding.offered.suspended
    if not any(first <= at and (last is None or at < last) for first, last in spells):
        return None
    return Reason("NOTICE_SUSPENDED", "The notice was suspended at that moment.", "bid_at", NOTICE)


def bid_is_high_enough(bidding: Bidding) -> Reason | None:
    """The first bid is the start price or more, each later one at least a step above the highest (Fujian
    art. 30), so that of two equal bids the earlier counts."""
    stage, law = bidding.stage, bidding.offered.law
    if bidding.bid.price_cny >= stage.least_cny:
        return None
    code = "BID_BELOW_STEP" if stage.highest else "BID_BELOW_START"
    least = bidding.offered.unit.told(stage.next_cny)
    return Reason(code, f"A bid was {least} or more.", "price_cny", law.source)


def bid_is_in_steps(bidding: Bidding) -> Reason | None:
    """Where it is asked, a bid rises by whole steps (宁海; in Fujian it does not, art. 30)."""
    stage, price = bidding.stage, bidding.bid.price_cny
    if not stage.in_steps or not (price - stage.base_cny) % stage.step_cny:
        return None
    offered = bidding.offered
    asked = offered.law.in_steps
    source = offered.law.cite(asked) if asked.value else NOTICE
    step = offered.unit.told(stage.step_cny)
    sentence = f"A bid rises by whole {step}: {_neighbours(bidding)}."
    return Reason("BID_NOT_IN_STEPS", sentence, "price_cny", source)


def bid_is_not_too_fine(bidding: Bidding) -> Reason | None:
    """A bid has no smaller part than the place takes: in Fujian 万元 with one decimal (art. 30)."""
    stage, law = bidding.stage, bidding.offered.law
    if stage.in_steps or not bidding.bid.price_cny % stage.smallest_cny:
        return None
    smallest = bidding.offered.unit.told(stage.smallest_cny)
    sentence = f"A bid is whole multiples of {smallest}: {_neighbours(bidding)}."
    return Reason("BID_TOO_FINE", sentence, "price_cny", law.cite(law.smallest_cny))


RULES: tuple[Rule[Bidding], ...] = (
    bidder_is_admitted,
    notice_is_running,
    bidding_is_running,
    bid_is_not_early,
    bid_is_not_late,
    bid_is_high_enough,
    bid_is_in_steps,
    bid_is_not_too_fine,
)
OF_AMOUNT = ("BID_BELOW_START", "BID_BELOW_STEP", "BID_NOT_IN_STEPS", "BID_TOO_FINE")


def _neighbours(bidding: Bidding) -> str:
    """The amounts beside the bid that would have counted."""
    stage, told = bidding.stage, bidding.offered.unit.told
    above = stage.right_cny(bidding.bid.price_cny)
    below = above - (stage.step_cny if stage.in_steps else stage.smallest_cny)
    return f"{told(below)} or {told(above)}" if below >= stage.least_cny else told(above)
