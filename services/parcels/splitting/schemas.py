"""The contracts of a split and of its correction."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate

from backbone.messages.contract import Contract
from park.fields import Day, Flag, Id, ParcelCode, Text, Tuple, WithArea

from . import correction, split


class Part(Contract, WithArea):
    parcel_id = Id(required=True)
    vacated = Flag(load_default=False)
    parcel_code = ParcelCode(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> split.Part:
        return split.Part(**super().make(data))


class SplitParcel(Contract):
    """`children` are all the parts of the parcel. When it is split for a case, one of them is the part
    that the case has vacated; without a case none is."""

    parcel_id = fields.String(required=True)
    case_id = fields.String(load_default=None, allow_none=True)
    children = Tuple(fields.Nested(Part), required=True, validate=validate.Length(2, 50))
    split_on = Day(required=True)


class CorrectedPart(Contract, WithArea):
    parcel_id = fields.String(required=True)
    parcel_code = ParcelCode(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> correction.CorrectedPart:
        return correction.CorrectedPart(**super().make(data))


class CorrectSplit(Contract):
    """`children` are all the parts with the areas that are right, and a code for those that have
    another one; with `undo` there are none, and the parcel takes its place back."""

    parcel_id = fields.String(required=True)
    children = Tuple(
        fields.Nested(CorrectedPart), load_default=(), validate=validate.Length(max=50)
    )
    undo = Flag(load_default=False)
    reason = Text(500, required=True)
    corrected_on = Day(required=True)
