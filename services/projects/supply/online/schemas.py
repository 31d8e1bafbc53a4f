"""The contracts of bids one by one, of a frozen bidding, and of the online auction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, validate, validates_schema

from backbone.errors import Reason
from backbone.messages.contract import Contract
from park.fields import Moment, MoneyCny, Reference, Tuple

from .. import supply
from ..schemas import MOST_BIDS, Bid


class EnterBid(Contract):
    """A bid for the whole land; `bid_at` is now if it is left out."""

    listing_id = fields.Str(required=True)
    application_id = Reference(60, required=True)
    price_cny = MoneyCny(required=True)
    bid_at = Moment(load_default=None, allow_none=True)


class RecordInterruption(Contract):
    """The bidding was frozen; the same `frozen_at` again adds or corrects the rest. `told_at` is when the
    bidders were told of the resumption, `ends_at` the end of the listing that was set then."""

    listing_id = fields.Str(required=True)
    frozen_at = Moment(required=True)
    repaired_at = Moment(load_default=None, allow_none=True)
    told_at = Moment(load_default=None, allow_none=True)
    resumed_at = Moment(load_default=None, allow_none=True)
    ends_at = Moment(load_default=None, allow_none=True)

    @validates_schema
    def repair_comes_later(self, data: dict[str, Any], **_: Any) -> None:
        for name in ("repaired_at", "resumed_at"):
            if data[name] and data[name] < data["frozen_at"]:
                raise ValidationError("Give frozen_at or a later moment.", name)
        if data["resumed_at"] and not data["repaired_at"]:
            raise ValidationError("Give the moment of the repair, too.", "repaired_at")


class CloseAuction(Contract):
    """`bids` of the auction come to those that were entered before; without any the highest bid of the
    listing wins. The reserve price is not kept, and so given again."""

    listing_id = fields.Str(required=True)
    closed_at = Moment(required=True)
    bids = Tuple(fields.Nested(Bid), load_default=(), validate=validate.Length(max=MOST_BIDS))
    reserve_price_cny = MoneyCny(load_default=None, allow_none=True)
    reserve_entered_at = Moment(load_default=None, allow_none=True)


class EnteredBid(TypedDict):
    """`refused` says why the bid does not count; none where it does. `next_price_cny` is the lowest price of
    the next one. `bids_refused` are all that do not count by what is known now."""

    supply_id: str
    bid: supply.Bid
    counts: bool
    refused: supply.BidRefused | None
    next_price_cny: Decimal
    bids_refused: list[supply.BidRefused]


class Interrupted(TypedDict):
    """What follows from the last freeze; none where it is not repaired, or not bounded. `warnings` say which
    of the moments that were set are against the rules of the place."""

    supply_id: str
    interruptions: list[supply.Interruption]
    warnings: list[Reason]
    resume_not_before: datetime | None
    told_by: datetime | None
    extended_to_at_least: datetime | None
    extended_to_at_most: datetime | None
    remaining_at_most_minutes: int | None
