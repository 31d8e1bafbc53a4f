"""The contracts of matching: the facts that it follows, and what may be asked of it."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import fields

from backbone.messages.contract import Contract, Fact


class ListingDrafted(Fact):
    listing_id = fields.Str(required=True)


class LeadRegistered(Fact):
    lead_id = fields.Str(required=True)


class Fit(Contract):
    listing_id = fields.Str(required=True)
    lead_id = fields.Str(required=True)


class Fitness(TypedDict):
    """Without a reason against it, it fits."""

    fits: bool
    reasons: list[dict[str, str]]
