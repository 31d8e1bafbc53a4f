"""How a bidding comes out by the rules of its place: who wins, or that the auction decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from backbone.errors import Reason

from .auction import Held, auctioned
from .freezing import NOTHING, Running, is_in_last_hour, running, shown
from .model import (
    BiddingOutcome,
    BidRefusal,
    Judgement,
    Offered,
    OnlineAuction,
    PriceBid,
)
from .rulebook import AuctionRules
from .rules import Bidding
from .taking import Indexed, Taken, in_order, listing_stage, start_price_is_not_too_fine

Path = tuple[Reason, ...]


def judged(offered: Offered, bids: Iterable[PriceBid]) -> Judgement:
    """How the bids come out, in whatever order they are handed in. Those after the end of the listing are
    bids of the auction, if there is one."""
    run = running(offered.ends_at, offered.freezes, offered.law)
    indexed = in_order(bids)
    inside = [each for each in indexed if run.ends_at is None or each[1].bid_at <= run.ends_at]
    listing = _listing(offered, run, inside)
    after = indexed[len(inside) :]
    too_fine = start_price_is_not_too_fine(offered)
    start = (too_fine,) if too_fine else ()
    if run.ends_at is None:
        return _frozen(listing, (*start, *run.said), listing.refused)
    reserve, said = _reserve(offered, run)
    offered = replace(offered, reserve_cny=reserve)
    rules, why = _calls_auction(offered, run, listing.counted)
    path = (*start, *run.said, *said, *why, *_boundary(offered, run, listing.counted))
    if rules and listing.stage.highest:
        held = auctioned(offered, rules, listing.stage.highest, run.ends_at, after, run.later)
        found = _by_auction(offered, run, rules, held, listing.refused, path)
        return replace(found, listing=listing.stage)
    return _ended(offered, run, _listing(offered, run, after, listing), None, path)


def _listing(
    offered: Offered, run: Running, bids: Iterable[Indexed], taken: Taken | None = None
) -> Taken:
    taken = taken or Taken(stage=listing_stage(offered))
    for index, bid in bids:
        bidding = Bidding(
            bid=bid,
            offered=offered,
            stage=taken.stage,
            opens_at=offered.begins_at,
            closes_at=run.ends_at,
            is_frozen=run.is_frozen(bid.bid_at),
        )
        taken = taken.with_bid(index, bidding)
    return taken


def _calls_auction(
    offered: Offered, run: Running, counted: Sequence[PriceBid]
) -> tuple[AuctionRules | None, Path]:
    """Fujian art. 33: of several bidders one alone bid in the last hour, or none: the highest bid wins; two
    or more: the auction decides. Elsewhere the highest bid wins."""
    law, bidders = offered.law, len({bid.bidder for bid in counted})
    if not bidders:
        return None, (_step("NO_BID", "No bid counted.", law.source),)
    enough = law.enough_bidders
    if bidders < enough.whole:
        sentence = f"{bidders} of {enough.whole} bidders: too few."
        return None, (_step("TOO_FEW_BIDDERS", sentence, law.cite(enough)),)
    if bidders == 1:
        return None, (_step("ONE_BIDDER", "One bidder is enough.", law.cite(enough)),)
    if law.last_hour is None or law.auction is None:
        sentence = f"Of {bidders} bidders the one with the highest bid wins."
        return None, (_step("HIGHEST_WINS", sentence, law.source),)
    late = {bid.bidder for bid in counted if is_in_last_hour(run.left(bid.bid_at), law)}
    cited = law.cite(law.last_hour.minutes)
    if len(late) > 1:
        sentence = f"{len(late)} bidders bid in the last hour: an auction decides."
        return law.auction, (_step("SEVERAL_IN_LAST_HOUR", sentence, cited),)
    code = "ONE_IN_LAST_HOUR" if late else "NONE_IN_LAST_HOUR"
    who = "one alone" if late else "none"
    sentence = f"Of {bidders} bidders {who} bid in the last hour: the highest bid wins."
    return None, (_step(code, sentence, cited),)


def _boundary(offered: Offered, run: Running, counted: Sequence[PriceBid]) -> Path:
    """Whether the outcome hangs on what no article says: that the first moment belongs to the last hour."""
    law = offered.law
    if law.last_hour is None or law.last_hour.its_first_moment_counts.confirmed:
        return ()
    choice = law.last_hour.its_first_moment_counts
    other = replace(
        law,
        last_hour=replace(
            law.last_hour, its_first_moment_counts=replace(choice, value=not choice.value)
        ),
    )
    called, _ = _calls_auction(offered, run, counted)
    otherwise, _ = _calls_auction(replace(offered, law=other), run, counted)
    if (called is None) is (otherwise is None):
        return ()
    counts, instead = ("counts", "no auction") if choice.value else ("does not count", "an auction")
    sentence = (
        f"A bid exactly at the start of the last hour {counts} as made in it; by the other reading there "
        f"is {instead}."
    )
    return (_step("LAST_HOUR_BOUNDARY", sentence, law.cite(choice)),)


def _by_auction(
    offered: Offered,
    run: Running,
    rules: AuctionRules,
    held: Held,
    refused: tuple[BidRefusal, ...],
    path: Path,
) -> Judgement:
    """Fujian arts. 36 to 42: how the auction went, or when it begins while nobody has said so."""
    refused = (*refused, *held.taken.refused)
    if held.times is None:
        return _frozen(held.taken, path, refused, run)
    counted, cited = held.taken.counted, offered.law.cite(rules.countdown_minutes)
    if not counted and not offered.auction_is_over:
        opens = offered.unit.told(held.times.opens_at_price_cny)
        sentence = f"It opens at {shown(held.times.starts_at)} from {opens} on."
        said = _step("AUCTION_AWAITED", sentence, offered.law.cite(rules.preparation_minutes))
        return _judgement(
            BiddingOutcome.AUCTION, held.taken, refused, run, (*path, said), held.times
        )
    sentence = (
        f"{len(counted)} bids counted; nobody bid for a whole countdown."
        if counted
        else "Nobody bid in the first countdown: the highest bid of the listing wins."
    )
    said = _step("AUCTION_HELD" if counted else "AUCTION_SILENT", sentence, cited)
    both = replace(held.taken, refused=refused)
    return _ended(offered, run, both, held.times, (*path, said))


def _reserve(offered: Offered, run: Running) -> tuple[Decimal | None, Path]:
    """Fujian art. 32: a reserve price [底价] is entered before the last hour, or there is none."""
    reserve, entered_at, law = offered.reserve_cny, offered.reserve_entered_at, offered.law
    if reserve is None or entered_at is None or law.last_hour is None:
        return reserve, ()
    before = law.last_hour.reserve_comes_before
    left = run.left(entered_at)
    in_time = left >= NOTHING and not is_in_last_hour(left, law)
    if not before.value or in_time:
        return reserve, ()
    sentence = "It was entered in the last hour or later: there is none."
    return None, (_step("RESERVE_TOO_LATE", sentence, law.cite(before)),)


def _ended(
    offered: Offered, run: Running, taken: Taken, times: OnlineAuction | None, path: Path
) -> Judgement:
    """The highest bid wins if bidders were enough and it reaches the reserve price, in either stage (Fujian
    art. 44)."""
    highest, reserve = taken.stage.highest, offered.reserve_cny
    fails = {"NO_BID", "TOO_FEW_BIDDERS"} & {step.code for step in path}
    if highest is None or fails:
        return _judgement(BiddingOutcome.UNSOLD, taken, taken.refused, run, path, times)
    if reserve is None:
        return _judgement(BiddingOutcome.SOLD, taken, taken.refused, run, path, times)
    reached = highest.price_cny >= reserve
    code, said = ("RESERVE_REACHED", "reaches") if reached else ("RESERVE_NOT_REACHED", "is below")
    step = _step(code, f"The highest bid {said} the reserve price.", offered.law.source)
    outcome = BiddingOutcome.SOLD if reached else BiddingOutcome.UNSOLD
    return _judgement(outcome, taken, taken.refused, run, (*path, step), times)


def _frozen(
    taken: Taken, path: Path, refused: tuple[BidRefusal, ...], run: Running | None = None
) -> Judgement:
    said = _step("FROZEN", "The bidding is frozen, and not yet repaired.", None)
    return _judgement(BiddingOutcome.FROZEN, taken, refused, run, (*path, said), None)


def _judgement(
    outcome: BiddingOutcome,
    taken: Taken,
    refused: tuple[BidRefusal, ...],
    run: Running | None,
    path: Path,
    auction: OnlineAuction | None,
) -> Judgement:
    ends_at = auction.ends_at if auction else run.ends_at if run else None
    return Judgement(
        outcome=outcome,
        winner=taken.stage.highest if outcome is BiddingOutcome.SOLD else None,
        highest=taken.stage.highest,
        refused=tuple(sorted(refused, key=lambda each: each.index)),
        listing_ends_at=run.ends_at if run else None,
        ends_at=ends_at if outcome in (BiddingOutcome.SOLD, BiddingOutcome.UNSOLD) else None,
        auction=auction,
        path=path,
        listing=taken.stage,
        last=taken.stage,
    )


def _step(code: str, sentence: str, source: str | None) -> Reason:
    return Reason(code, sentence, source=source)
