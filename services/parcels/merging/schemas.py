"""The contract of a merge."""

from __future__ import annotations

from marshmallow import fields, validate

from backbone.messages.contract import Contract
from park.fields import Day, Id, ParcelCode, Tuple, WithArea

SEVERAL = validate.Length(2, 50, error="Name {min} to {max} parcels.")


class MergeParcels(Contract, WithArea):
    """`source_ids` are adjacent parcels; `parcel_id` is the new one, which takes their place."""

    parcel_id = Id(required=True)
    source_ids = Tuple(fields.String(), required=True, validate=SEVERAL)
    parcel_code = ParcelCode(load_default=None, allow_none=True)
    merged_on = Day(required=True)
