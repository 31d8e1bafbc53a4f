"""Questions about the benefit of remediations, and their answers."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from marshmallow import fields

from backbone.messages.contract import Contract

from .benefit import Benefit, Sum


class CaseBenefit(Contract):
    case_id = fields.String(required=True)


class BenefitOfCampaign(TypedDict):
    """`cases` are all of them, also those whose figures are missing."""

    township: str | None
    from_on: date
    to_on: date
    sums: list[Sum]
    cases: list[Benefit]
