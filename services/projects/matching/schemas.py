"""The contracts of matching: the facts that it follows, and what may be asked of it."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import fields

from backbone.messages.contract import Contract, Fact
from park.fields import AreaM2


class ListingDrafted(Fact):
    listing_id = fields.Str(required=True)
    parcel_id = fields.Str(load_default=None, allow_none=True)
    township = fields.Str(load_default=None, allow_none=True)
    area_m2 = AreaM2(load_default=None, allow_none=True)
    target_use = fields.Str(load_default=None, allow_none=True)


class LeadRegistered(Fact):
    lead_id = fields.Str(required=True)


class Fit(Contract):
    listing_id = fields.Str(required=True)
    lead_id = fields.Str(required=True)


class Fitness(TypedDict):
    """Without a reason against it, it fits."""

    fits: bool
    reasons: list[dict[str, str]]
