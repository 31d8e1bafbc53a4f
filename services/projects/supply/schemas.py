"""What may be asked and entered of a supply."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load, validate

from backbone.messages.contract import Contract
from park.fields import Day, Id, Moment, MoneyCny, Reference, Tuple, Uscc, WholeNumber
from park.masking import holds_personal_id

from ..listings.notice import SupplyWay
from . import supply

MOST_BIDS = 1000


class PartyName(Reference):
    """The name of a firm or a person, without the number of an identity card."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        if isinstance(value, str) and holds_personal_id(value):  # before it is masked
            raise ValidationError("Leave the number of the identity card out.")
        text: str = super()._deserialize(value, attr, data, **more)
        return text


class Bidder(Contract):
    name = PartyName(200, required=True)
    uscc = Uscc(load_default=None, allow_none=True)
    enterprise_id = Id(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> supply.Bidder:
        return supply.Bidder(**data)


class ApplyForLand(Contract):
    """`applied_at` is the moment of the application, now if it is left out. Loads to a dict."""

    listing_id = fields.Str(required=True)
    application_id = Reference(60, required=True)
    bidder = fields.Nested(Bidder, required=True)
    lead_id = Reference(60, load_default=None, allow_none=True)
    applied_at = Moment(load_default=None, allow_none=True)


class WithdrawApplication(Contract):
    listing_id = fields.Str(required=True)
    application_id = Reference(60, required=True)
    withdrawn_at = Moment(load_default=None, allow_none=True)


class RecordBond(Contract):
    listing_id = fields.Str(required=True)
    application_id = Reference(60, required=True)
    amount_cny = MoneyCny(required=True)
    paid_at = Moment(required=True)


class ReturnBond(Contract):
    """`notice_version` is that of the notice under which it was paid; the newest if it is left out."""

    listing_id = fields.Str(required=True)
    application_id = Reference(60, required=True)
    returned_on = Day(required=True)
    notice_version = WholeNumber(
        load_default=None, allow_none=True, validate=validate.Range(1, error="Give 1 or more.")
    )


class Bid(Contract):
    application_id = Reference(60, required=True)
    price_cny = MoneyCny(required=True)
    bid_at = Moment(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> supply.Bid:
        return supply.Bid(**data)


class CloseBidding(Contract):
    """Prices are for the whole land; `bids` come to those that were entered before. The reserve price [底价]
    is not kept: it stays secret; it was in time unless `reserve_entered_at` says otherwise."""

    listing_id = fields.Str(required=True)
    closed_at = Moment(required=True)
    bids = Tuple(fields.Nested(Bid), load_default=(), validate=validate.Length(max=MOST_BIDS))
    reserve_price_cny = MoneyCny(load_default=None, allow_none=True)
    reserve_entered_at = Moment(load_default=None, allow_none=True)


class ConfirmAward(Contract):
    listing_id = fields.Str(required=True)
    confirmed_on = Day(required=True)


class PubliciseResult(Contract):
    listing_id = fields.Str(required=True)
    publicised_on = Day(required=True)


class AskApplicants(Contract):
    """Who had applied at a moment, the end of the applications if it is left out, by what was known at
    another, now if it is left out. Of the newest notice, unless its version is given."""

    listing_id = fields.Str(required=True)
    notice_version = WholeNumber(
        load_default=None, allow_none=True, validate=validate.Range(1, error="Give 1 or more.")
    )
    at = Moment(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class Applicant(TypedDict):
    """`bond_paid` says whether its bond was there at that moment."""

    application_id: str
    bidder: supply.Bidder
    applied_at: datetime
    bond_paid: bool


class Applicants(TypedDict):
    supply_id: str
    at: datetime
    known_at: datetime
    supply_way: SupplyWay
    applicants: list[Applicant]
