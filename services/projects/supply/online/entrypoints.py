"""Bids one by one, a frozen bidding, and the online auction after the listing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from backbone import command
from backbone.errors import Reason
from park.rules import refuse

from ...bidding.answer import after_freezes
from ...bidding.freezing import resumption_of, running
from ...listings.listing import Listing
from .. import facts
from ..bidding import (
    End,
    bid_reason,
    freeze_of,
    freeze_warnings,
    freezes_of,
    gone_on,
    judgement_of,
    law_for,
    no_auction,
)
from ..entrypoints import Supplies
from ..rules import Closing, bidding_is_on, not_yet_moment
from ..supply import Bid, Interruption, Supply
from . import schemas


class OnlineBidding(Supplies):
    """Supplies whose bids are entered as they are made."""

    @command(schemas.EnterBid, answers=schemas.EnteredBid)
    def enter_bid(self, request: dict[str, Any]) -> Any:
        """Enter one bid. The answer says whether it counts, and else why and what would have been right."""
        listing = self._listing(request.pop("listing_id"))
        supply, now = self._supply(listing), self.store.now
        bid = Bid(**request | {"bid_at": request["bid_at"] or now})
        refuse(self._is_on(listing, supply), not_yet_moment(bid.bid_at, now, "bid_at"))
        entered = supply.with_bids([bid])
        found = judgement_of(entered, End(closed_at=now))
        after = gone_on(entered, found)
        self._keep_supply(after)
        self.store.announce(*facts.auction_told_of(supply, after))
        refused = bid_reason(after, bid)
        return self.store.dump(
            {
                "supply_id": after.supply_id,
                "bid": bid,
                "counts": refused is None,
                "refused": refused,
                "next_price_cny": found.next_cny(now),
                "bids_refused": list(after.bids_refused),
            }
        )

    @command(schemas.RecordInterruption, answers=schemas.Interrupted)
    def record_interruption(self, request: dict[str, Any]) -> Any:
        """The bidding was frozen [中止], or a frozen one repaired. The answer says when it may go on."""
        listing = self._listing(request.pop("listing_id"))
        before, now = self._supply(listing), self.store.now
        moments = ((request[name] or now, name) for name in ("frozen_at", "repaired_at"))
        refuse(
            self._is_on(listing, before), *(not_yet_moment(at, now, name) for at, name in moments)
        )
        interruption = Interruption(**request, recorded_at=now)
        after = before.with_interruption(interruption)
        if after.auction:
            after = gone_on(after, judgement_of(after, End(closed_at=now)))
        self._keep_supply(after)
        answer = after_freezes(freezes_of(after), after.notice.listing_ends_at, law_for(after))
        self.store.announce(*self._told_of_freeze(before, after, interruption))
        told = {
            "supply_id": after.supply_id,
            "interruptions": list(after.interruptions),
            "warnings": freeze_warnings(after),
        }
        return self.store.dump(told | answer)

    @command(schemas.CloseAuction, answers=Supply)
    def close_auction(self, request: dict[str, Any]) -> Any:
        """The online auction is over: the highest bid of either stage gets the land, if it reaches the
        reserve price."""
        listing = self._listing(request.pop("listing_id"))
        supply = self._supply(listing)
        refuse(self._is_on(listing, supply), no_auction(supply))
        end = End(
            **{name: request[name] for name in request if name != "bids"}, auction_is_over=True
        )
        supply = supply.with_bids(request["bids"])
        return self._come_out(listing, supply, end, judgement_of(supply, end))

    def _is_on(self, listing: Listing, supply: Supply) -> Reason | None:
        now = self.store.now
        return bidding_is_on(
            Closing(supply=supply, listing_state=listing.state, closed_at=now, now=now)
        )

    def _told_of_freeze(self, before: Supply, after: Supply, freeze: Interruption) -> Iterator[Any]:
        """The freeze or its repair, unless the same was told before; and an auction that begins later."""
        yield from facts.auction_told_of(before, after)
        known = [i for i in before.interruptions if i.frozen_at == freeze.frozen_at]
        if known and replace(known[0], recorded_at=freeze.recorded_at) == freeze:
            return
        ends_at, law = after.notice.listing_ends_at, law_for(after)
        last = running(ends_at, freezes_of(after), law).ends_at if ends_at else None
        found = resumption_of(freeze_of(freeze), law)
        yield facts.interrupted_of(
            after, freeze.frozen_at, found.not_before if found else None, last
        )
