"""The contracts of firms: what townships report, and what may be asked."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import (
    RAISE,
    Schema,
    fields,
    post_load,
    validates_schema,
)

from backbone.messages.contract import Contract
from park.fields import Day, Id, IndustryCode, Share, Text, Uscc, in_order

from ..words import Role, Standing
from . import enterprise

# --- what a township reports


class Premises(Contract):
    """`to` is the last day; without it the firm is still there. `land_share` is the part of the parcel's
    land that is the firm's; without it, all that it is evaluated with. `unit_id` is that of a unit in a
    carrier on the parcel."""

    parcel_id = Id(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(load_default=None, allow_none=True, data_key="to")
    land_share = Share(zero=False, load_default=None, allow_none=True)
    unit_id = Id(load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on", "to")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> enterprise.Premises:
        return enterprise.Premises(**data)


class EnterpriseRegistered(Contract):
    """The whole of what the township knows of the firm: it takes the place of its last report."""

    enterprise_id = Id(required=True)
    name = Text(required=True)
    uscc = Uscc(load_default=None, allow_none=True)
    scale = fields.Enum(enterprise.Scale, by_value=True, required=True)
    industry_code = IndustryCode(load_default=None, allow_none=True)
    premises = fields.List(fields.Nested(Premises), required=True)


# --- questions and their answers


class FirmsOnParcel(Schema):
    """`on` is a day in the park; today if it is left out."""

    class Meta:
        unknown = RAISE

    parcel_id = fields.Str(required=True)
    on = Day(load_default=None, allow_none=True)


class Occupant(TypedDict):
    """A firm on the parcel."""

    enterprise_id: str
    role: Role
    standing: Standing


class PerhapsOccupant(TypedDict):
    """A firm that was reported on `reported_parcel_id`, and is on one or more of `candidate_ids`."""

    enterprise_id: str
    role: Role
    standing: Standing
    reported_parcel_id: str
    candidate_ids: list[str]


class Occupants(TypedDict):
    """`perhaps` are firms of which a township has to say whether they are here. A parcel that others
    took the place of names them in `became_ids`; `firms` are then those that were reported on it."""

    on: date
    firms: list[Occupant]
    perhaps: list[PerhapsOccupant]
    became_ids: list[str]
