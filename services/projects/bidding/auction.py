"""The online auction [限时竞价] that follows a listing: preparation, countdown, and the bids in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from backbone.records import record

from .freezing import apart, resumed_at
from .model import Freeze, Offered, OnlineAuction, PriceBid
from .rulebook import AuctionRules
from .rules import Bidding
from .taking import Indexed, Taken, auction_stage


@dataclass(slots=True, kw_only=True)
class Countdown:
    """The clock of an auction (Fujian arts. 40 to 42): 15 minutes of preparation, then 5 minutes that each
    bid starts again. After a freeze both begin anew (art. 55). `closes_at` is none while it is frozen."""

    rules: AuctionRules
    opens_at: datetime
    closes_at: datetime | None
    frozen: list[tuple[datetime, datetime | None]] = field(default_factory=list)

    @classmethod
    def from_moment(cls, moment: datetime, rules: AuctionRules) -> Countdown:
        opens_at = moment + rules.preparation_minutes.minutes
        return cls(
            rules=rules, opens_at=opens_at, closes_at=opens_at + rules.countdown_minutes.minutes
        )

    def restart(self, bid_at: datetime) -> None:
        self.closes_at = bid_at + self.rules.countdown_minutes.minutes

    def freeze(self, frozen_at: datetime, until: datetime | None) -> None:
        if self.closes_at is None or frozen_at >= self.closes_at:
            return
        self.frozen.append((frozen_at, until))
        if until is None:
            self.closes_at = None
            return
        self.opens_at = until + self.rules.preparation_minutes.minutes
        self.restart(self.opens_at)

    def is_frozen(self, moment: datetime) -> bool:
        return any(
            first <= moment and (last is None or moment < last) for first, last in self.frozen
        )


@record
class Held:
    """The auction as far as it went; `times` is none while it is frozen."""

    taken: Taken
    times: OnlineAuction | None


def auctioned(
    offered: Offered,
    rules: AuctionRules,
    highest: PriceBid,
    began_at: datetime,
    bids: Iterable[Indexed],
    freezes: Iterable[Freeze],
) -> Held:
    """What the bids after the listing come to, in the order of their moments."""
    clock, stage = Countdown.from_moment(began_at, rules), auction_stage(offered, highest)
    taken = Taken(stage=stage)
    waiting = apart(freezes, offered.law)
    for index, bid in bids:
        while waiting and waiting[0].frozen_at <= bid.bid_at:
            _freeze(clock, waiting.pop(0), offered)
        before = len(taken.counted)
        taken = taken.with_bid(index, _beside(offered, taken, clock, bid))
        if len(taken.counted) > before:
            clock.restart(bid.bid_at)
    for freeze in waiting:
        _freeze(clock, freeze, offered)
    return Held(taken=taken, times=_times(clock, stage.next_cny, stage.step_cny))


def _freeze(clock: Countdown, freeze: Freeze, offered: Offered) -> None:
    clock.freeze(freeze.frozen_at, resumed_at(freeze, offered.law))


def _beside(offered: Offered, taken: Taken, clock: Countdown, bid: PriceBid) -> Bidding:
    return Bidding(
        bid=bid,
        offered=offered,
        stage=taken.stage,
        opens_at=clock.opens_at,
        closes_at=clock.closes_at,
        is_frozen=clock.is_frozen(bid.bid_at),
        in_auction=True,
    )


def _times(
    clock: Countdown, opens_at_price_cny: Decimal, step_cny: Decimal
) -> OnlineAuction | None:
    if clock.closes_at is None:
        return None
    return OnlineAuction(
        starts_at=clock.opens_at,
        opens_at_price_cny=opens_at_price_cny,
        step_cny=step_cny,
        ends_at=clock.closes_at,
    )
