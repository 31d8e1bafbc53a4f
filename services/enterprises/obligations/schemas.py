"""The contracts of obligations: the facts of projects, only the fields that are used."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from backbone.messages.contract import Fact
from park.fields import Day, Figure, MoneyCny, Share, WholeNumber

from .land import Bearer


class PartyHeard(Fact):
    enterprise_id = fields.Str(load_default=None, allow_none=True)
    uscc = fields.Str(load_default=None, allow_none=True)
    share = Share(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Bearer:
        return Bearer(**data)


class OfContract(Fact):
    contract_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    township = fields.Str(required=True)


class InstalmentHeard(Fact):
    instalment_no = WholeNumber(required=True)
    amount_cny = MoneyCny(load_default=None, allow_none=True)
    due_on = Day(required=True)


class ContractSigned(OfContract):
    signed_on = Day(required=True)
    holders = fields.List(fields.Nested(PartyHeard), required=True)
    change_no = WholeNumber(required=True)
    instalments = fields.List(fields.Nested(InstalmentHeard), load_default=())


class ContractChanged(OfContract):
    changed_on = Day(required=True)
    holders = fields.List(fields.Nested(PartyHeard), required=True)
    duty_bearers = fields.List(fields.Nested(PartyHeard), load_default=())
    change_no = WholeNumber(required=True)


class PaymentMade(OfContract):
    instalment_no = WholeNumber(required=True)
    paid_on = Day(required=True)


class PaymentDue(InstalmentHeard):
    supply_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    township = fields.Str(required=True)


class PromiseHeard(Fact):
    commitment_id = fields.Str(required=True)
    indicator = fields.Str(required=True)
    check_stage = fields.Str(required=True)
    op = fields.Str(required=True)
    required = Figure(required=True)
    unit = fields.Str(required=True)
    years_running = WholeNumber(required=True)


class CommitmentsMade(OfContract):
    """`indicators` says how many there are where `promises` are left out, as they once were."""

    indicators = WholeNumber(required=True)
    promises = fields.List(fields.Nested(PromiseHeard), load_default=())


class Reviewed(OfContract):
    commitment_id = fields.Str(load_default=None, allow_none=True)
    review_id = fields.Str(load_default=None, allow_none=True)
    reviewed_on = Day(required=True)
    data_year = WholeNumber(load_default=None, allow_none=True)
    actual = Figure(required=True)
    bearers = fields.List(fields.Nested(PartyHeard), load_default=())


class CommitmentBreached(Reviewed):
    breach_id = fields.Str(required=True)


class CommitmentBreachLifted(OfContract):
    breach_id = fields.Str(required=True)


class AwardVoided(Fact):
    supply_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    township = fields.Str(required=True)
