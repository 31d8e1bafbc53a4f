"""The contracts of enterprises: what townships report, the facts it reads, what may be asked."""

from __future__ import annotations

from typing import Any

from marshmallow import (
    EXCLUDE,
    RAISE,
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from backbone.contract import Contract
from park.fields import AreaM2, Day, Id, IndustryCode, Text, Uscc

from . import enterprise
from .site import Completion
from .standing import WAYS, Role

# --- what a township reports


class Report(Contract):
    """What a township tells."""


class Premises(Report):
    """`to` is the last day; without it the firm is still there."""

    parcel_id = Id(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(load_default=None, allow_none=True, data_key="to")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("to_on") and data["to_on"] < data["from_on"]:
            raise ValidationError("The last day must not come before the first.", "to")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> enterprise.Premises:
        return enterprise.Premises(**data)


class EnterpriseRegistered(Report):
    """The whole of what the township knows of the firm: it takes the place of its last report."""

    enterprise_id = Id(required=True)
    name = Text(required=True)
    uscc = Uscc(load_default=None, allow_none=True)
    scale = fields.Enum(enterprise.Scale, by_value=True, required=True)
    industry_code = IndustryCode(load_default=None, allow_none=True)
    premises = fields.List(fields.Nested(Premises), required=True)


# --- facts of parcels: only the fields that are used


class Fact(Contract):
    class Meta:
        unknown = EXCLUDE


class RemediationIdentified(Fact):
    case_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    identified_on = Day(required=True)


class RemediationCompleted(Fact):
    """Loads to the names of the case and `completion`, a `Completion`."""

    case_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    disposal_way = fields.Str(required=True, validate=validate.OneOf(WAYS))
    vacated_area_m2 = AreaM2(required=True, zero=True)
    completed_on = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        names = {name: data.pop(name) for name in ("case_id", "parcel_id")}
        return names | {"completion": Completion(**data)}


# --- requests


class FirmsOnParcel(Schema):
    """`on` is a day in the park; today if it is left out."""

    class Meta:
        unknown = RAISE

    parcel_id = fields.Str(required=True)
    on = Day(load_default=None, allow_none=True)
