"""What may be recorded and asked of funds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import fields, post_load, validate

from backbone.messages.contract import Contract
from park.fields import Amount, Day, Flag, Moment, MoneyCny, Reference, Share, Text, Tuple, Word

from ..platforms.schemas import PlainId
from .fund import ApprovalLevel, FundState, PartnerRatio

MOST_PARTNERS, MOST_WORDS = 100, 20
LEVELS_OF_TALENTS = {  # the words of talent plans
    "district": ApprovalLevel.COUNTY,
    "provincial": ApprovalLevel.PROVINCE,
    "national": ApprovalLevel.STATE,
}
NO_PARTNERS: tuple[PartnerRatio, ...] = ()


class Multiple(Amount):
    largest, unit, most_places = Decimal(100), "times", 2
    asked, example = "multiple", "1.5"


class FundPartner(Contract):
    """A firm or an office that pays in; a person's number is masked."""

    partner = Text(100, required=True)
    ratio = Share(zero=False, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PartnerRatio:
        return PartnerRatio(**data)


class RecordFund(Contract):
    """The whole of what is known of a fund on `reported_on`. Loads to `fund_id` and `report`, the fields of
    a `FundReport`."""

    fund_id = PlainId(required=True)
    name = Text(100, required=True)
    fund_kind = Text(40, required=True)
    fund_state = fields.Enum(FundState, by_value=True, required=True)
    purposes = Tuple(
        Text(40),
        required=True,
        validate=validate.Length(1, MOST_WORDS, error="Give 1 to 20 purposes."),
    )
    approval_level = Word(ApprovalLevel, LEVELS_OF_TALENTS, load_default=None, allow_none=True)
    total_cny = MoneyCny(load_default=None, allow_none=True)
    first_tranche_cny = MoneyCny(load_default=None, allow_none=True)
    paid_in_cny = MoneyCny(zero=True, load_default=None, allow_none=True)
    partners = Tuple(
        fields.Nested(FundPartner),
        load_default=NO_PARTNERS,
        validate=validate.Length(max=MOST_PARTNERS),
    )
    set_up_on = Day(load_default=None, allow_none=True)
    reinvestment_multiple = Multiple(zero=True, load_default=None, allow_none=True)
    scope_levels = Tuple(Text(40), load_default=(), validate=validate.Length(max=MOST_WORDS))
    scope_stages = Tuple(Text(40), load_default=(), validate=validate.Length(max=MOST_WORDS))
    document = Reference(200, required=True)
    reported_on = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        return {"fund_id": report.pop("fund_id"), "report": report}


class CommitFund(Contract):
    """Money of a fund for a project; the same `fund_commitment_id` again corrects it. Loads to `fund_id`
    and `made`, the fields of a `FundCommitment`."""

    fund_id = PlainId(required=True)
    fund_commitment_id = PlainId(required=True)
    project_id = PlainId(required=True)
    amount_cny = MoneyCny(required=True)
    committed_on = Day(required=True)
    withdrawn = Flag(load_default=False)
    evidence_ids = Tuple(
        Reference(100),
        required=True,
        validate=validate.Length(1, 50, error="Give the ids of 1 to 50 documents that prove it."),
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        made = dict(data)
        return {"fund_id": made.pop("fund_id"), "made": made}


class FundOverviewAsked(Contract):
    """All funds, or one; `on` is today unless a day is given, `known_at` is now."""

    fund_id = PlainId(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
