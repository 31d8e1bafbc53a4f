"""The bidding for one piece of land: what is offered, what was bid, and how it came out. Pure data."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record

from .rulebook import BiddingLaw

FEN = Decimal("0.01")


class BiddingOutcome(StrEnum):
    """How a bidding stands: sold, unsold [流拍], the online auction [限时竞价] decides, or still frozen."""

    SOLD = "sold"
    UNSOLD = "unsold"
    AUCTION = "auction"
    FROZEN = "frozen"


@record
class Unit:
    """The unit in which amounts are told to people."""

    name: str = "CNY"
    cny: Decimal = Decimal(1)

    def told(self, amount_cny: Decimal) -> str:
        """`1374.3 万元`, or `13743000.00 CNY`."""
        return f"{self.of(amount_cny):f} {self.name}"

    def of(self, amount_cny: Decimal) -> Decimal:
        """The amount in this unit, without zeros at the end; yuan to the fen."""
        if self.cny == 1:
            return amount_cny
        amount = (amount_cny / self.cny).normalize()
        return amount if amount.as_tuple().exponent <= 0 else amount.quantize(Decimal(1))  # type: ignore[operator]


@record
class PriceBid:
    """A bid for the whole land, by whoever goes by this name or number."""

    bidder: str
    price_cny: Decimal
    bid_at: datetime


@record
class Freeze:
    """The bidding was frozen [中止] at `frozen_at` and repaired at `repaired_at`, none while it is not.
    `told_at` is when the bidders were told of the resumption; `resumed_at` and `ends_at` are when it was
    resumed and until when the listing was extended, where somebody set them."""

    frozen_at: datetime
    repaired_at: datetime | None = None
    told_at: datetime | None = None
    resumed_at: datetime | None = None
    ends_at: datetime | None = None


@record
class Offered:
    """Land on offer, all amounts for the whole land. `ends_at` is the end of the listing as the notice has
    it; `admitted` are those with a number, or none where everybody who bids has one; `auction_is_over` says
    that the auction was held, also where nobody bid in it; `suspended` are the spells in which the notice
    stood still, from and to, the second none while it does."""

    law: BiddingLaw
    start_cny: Decimal
    step_cny: Decimal
    ends_at: datetime
    begins_at: datetime | None = None
    auction_step_cny: Decimal | None = None
    in_steps: bool = False
    admitted: frozenset[str] | None = None
    reserve_cny: Decimal | None = None
    reserve_entered_at: datetime | None = None
    freezes: tuple[Freeze, ...] = ()
    suspended: tuple[tuple[datetime, datetime | None], ...] = ()
    auction_is_over: bool = False
    unit: Unit = Unit()


@record
class Stage:
    """The listing or the auction as one bid finds it: bids rise from `base_cny` in steps of `step_cny`, the
    next one from `least_cny` on. `highest` is the bid that leads, of either stage."""

    base_cny: Decimal
    step_cny: Decimal
    least_cny: Decimal
    in_steps: bool
    smallest_cny: Decimal
    highest: PriceBid | None = None

    @property
    def next_cny(self) -> Decimal:
        """The lowest amount of the next bid that would count; the one that people are told."""
        return self.right_cny(self.least_cny)

    def right_cny(self, price_cny: Decimal) -> Decimal:
        """The lowest amount from `price_cny` on that would count."""
        from_on = max(price_cny, self.least_cny)
        base, grain = (
            (self.base_cny, self.step_cny) if self.in_steps else (Decimal(0), self.smallest_cny)
        )
        right = base + ((from_on - base) / grain).to_integral_value(ROUND_CEILING) * grain
        to_the_fen = right.quantize(FEN)
        return to_the_fen if to_the_fen == right else right


@record
class BidRefusal:
    """A bid that does not count: its place among those handed in, why, and the lowest amount that would have
    counted then; none where no amount would."""

    index: int
    bid: PriceBid
    reason: Reason
    right_cny: Decimal | None = None


@record
class OnlineAuction:
    """The auction after the listing: bids from `starts_at` on and from `opens_at_price_cny` on. `ends_at` is
    where the countdown ends after the bids so far."""

    starts_at: datetime
    opens_at_price_cny: Decimal
    step_cny: Decimal
    ends_at: datetime

    @property
    def begins(self) -> tuple[datetime, Decimal]:
        """The first moment and the first price of its bids."""
        return self.starts_at, self.opens_at_price_cny


@record
class Judgement:
    """How a bidding came out, and by which steps. `ends_at` is the end of the listing with all extensions,
    or of the auction that was held; none while it is frozen. `listing` is what the bids of the listing came
    to, `last` what those of the auction did; without one the two are the same."""

    outcome: BiddingOutcome
    winner: PriceBid | None
    highest: PriceBid | None
    refused: tuple[BidRefusal, ...]
    listing_ends_at: datetime | None
    ends_at: datetime | None
    auction: OnlineAuction | None
    path: tuple[Reason, ...]
    listing: Stage
    last: Stage

    def next_cny(self, now: datetime) -> Decimal:
        """The lowest amount that would count if it was bid now: in the listing, or after its end."""
        is_over = self.listing_ends_at is not None and now > self.listing_ends_at
        return (self.last if is_over else self.listing).next_cny
