"""What may be asked and entered of contracts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Id, IndustryCode, Reference, Share, Tuple, Uscc, WholeNumber

from ..listings.listing import ListingState
from ..listings.schemas import Indicator
from ..supply.schemas import PartyName
from . import contract


class Party(Contract):
    name = PartyName(200, required=True)
    uscc = Uscc(load_default=None, allow_none=True)
    enterprise_id = Id(load_default=None, allow_none=True)
    share = Share(zero=False, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> contract.Party:
        return contract.Party(**data)


class WithHolders(Contract):
    holders = Tuple(fields.Nested(Party), load_default=(), validate=validate.Length(max=100))

    @validates_schema
    def share_it_all(self, data: dict[str, Any], **_: Any) -> None:
        shares = [each.share for each in data.get("holders", ())]
        if any(shares) and (None in shares or sum(shares, Decimal(0)) != 1):
            raise ValidationError(
                "Give shares that sum to 1 to every holder, or to none.", "holders"
            )


class SignContract(WithHolders):
    """`holders` are those of the contract, where it is not the winner itself but its project company;
    `supervision_number` is the 电子监管号. `indicators` are those that the contract has beside the notice's,
    or in their place: of land for one of several industries, the row of the industry that came. `policy_code`
    is the policy under which they are promised; without `industry_code` that of the release counts."""

    listing_id = fields.Str(required=True)
    contract_number = Reference(60, required=True)
    supervision_number = Reference(60, load_default=None, allow_none=True)
    signed_on = Day(required=True)
    policy_code = Reference(60, load_default=None, allow_none=True)
    industry_code = IndustryCode(load_default=None, allow_none=True)
    indicators = Tuple(fields.Nested(Indicator), load_default=(), validate=validate.Length(max=60))


class RecordPayment(Contract):
    contract_id = fields.Str(required=True)
    instalment_no = WholeNumber(required=True, validate=validate.Range(1, error="Give 1 or more."))
    paid_on = Day(required=True)


class RecordDelivery(Contract):
    contract_id = fields.Str(required=True)
    delivered_on = Day(required=True)


class RegisterRight(Contract):
    contract_id = fields.Str(required=True)
    registered_on = Day(required=True)


class RecordConstruction(Contract):
    """`started_on`, `completed_on`, or both."""

    contract_id = fields.Str(required=True)
    started_on = Day(load_default=None, allow_none=True)
    completed_on = Day(load_default=None, allow_none=True)

    @validates_schema
    def some_day(self, data: dict[str, Any], **_: Any) -> None:
        if not (data["started_on"] or data["completed_on"]):
            raise ValidationError("Give started_on, or completed_on, or both.", "started_on")


class TransferContract(WithHolders):
    """The land goes to others, or is leased to them; the duties of the contract move with it."""

    holders = Tuple(
        fields.Nested(Party),
        required=True,
        validate=validate.Length(1, 100, error="Name 1 to 100 who take the land."),
    )
    contract_id = fields.Str(required=True)
    transfer_kind = fields.Enum(contract.TransferKind, by_value=True, required=True)
    transferred_on = Day(required=True)


class VoidAward(Contract):
    """`void_reason` is a sentence for those who were told of the award."""

    listing_id = fields.Str(required=True)
    voided_on = Day(required=True)
    void_reason = PartyName(500, required=True)


class Transferred(TypedDict):
    """`warnings` say what the notice asks for beside."""

    contract: contract.Contract
    warnings: list[dict[str, str]]


class Voided(TypedDict):
    """Whether the land is a draft again, or stays withdrawn because its release was revoked."""

    supply_id: str
    listing_state: ListingState
    voided_on: date


class AskParcel(Contract):
    parcel_id = fields.Str(required=True)
