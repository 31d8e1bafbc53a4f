"""The contracts of premises: the facts of parcels, only the fields that are used."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from backbone.messages.contract import Fact
from park.fields import Day, Flag


class Named(Fact):
    """A parcel within a fact; loads to its id."""

    parcel_id = fields.Str(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> str:
        return str(data["parcel_id"])


class ParcelSplit(Fact):
    parcel_id = fields.Str(required=True)
    children = fields.List(fields.Nested(Named), required=True)
    split_on = Day(required=True)


class SplitCorrected(Fact):
    parcel_id = fields.Str(required=True)
    undone = Flag(required=True)
    corrected_on = Day(required=True)


class ParcelsMerged(Fact):
    parcel_id = fields.Str(required=True)
    sources = fields.List(fields.Nested(Named), required=True)
    merged_on = Day(required=True)
