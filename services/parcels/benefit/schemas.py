"""Questions about the benefit of remediations, and their answers."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, TownshipCode

from .benefit import Benefit, Sum


class CaseBenefit(Contract):
    case_id = fields.String(required=True)


class CampaignBenefit(Contract):
    """The cases that were completed from `from` to `to`, both included; of all townships unless one is
    named."""

    township = TownshipCode(load_default=None, allow_none=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(required=True, data_key="to")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        if data["to_on"] < data["from_on"]:
            raise ValidationError("The last day must not come before the first.", "to")


class BenefitOfCampaign(TypedDict):
    """`cases` are all of them, also those whose figures are missing."""

    township: str | None
    from_on: date
    to_on: date
    sums: list[Sum]
    cases: list[Benefit]
