"""The contracts of a use right, and of what lies on the land."""

from __future__ import annotations

import re
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Reference, Share, Text, Tuple, Uscc, WholeNumber, in_order
from park.units import MILLIONTH

from . import rights

SEVERAL = re.compile(r"、|等([0-9一二三四五六七八九十]*[人户家位])?$")
GROUND = {
    rights.EncumbranceKind.MORTGAGE: "creditor_kind",
    rights.EncumbranceKind.SEIZURE: "document_number",
}


class Holder(Contract):
    """One who holds the right; each holder is one of these."""

    name = Text(required=True)
    uscc = Uscc(load_default=None, allow_none=True)
    share = Share(zero=False, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> rights.Holder:
        if SEVERAL.search(data["name"]):
            raise ValidationError(
                "Give each holder as an entry of its own, without 、 or 等.", "name"
            )
        return rights.Holder(**data)


class UseRight(Contract):
    """`holders` have all a share or none; shares sum to 1, within a millionth for each. `ends_on` is
    the last day."""

    right_type = fields.Enum(rights.RightType, by_value=True, required=True)
    term_years = WholeNumber(
        load_default=None, allow_none=True, validate=validate.Range(1, error="Give 1 or more.")
    )
    starts_on = Day(load_default=None, allow_none=True)
    ends_on = Day(load_default=None, allow_none=True)
    holders = Tuple(fields.Nested(Holder), load_default=(), validate=validate.Length(max=100))

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "starts_on", "ends_on")

    @validates_schema
    def share_it_all(self, data: dict[str, Any], **_: Any) -> None:
        shares = [holder.share for holder in data["holders"]]
        known = [share for share in shares if share is not None]
        if known and len(known) < len(shares):
            raise ValidationError("Give the share of every holder, or of none.", "holders")
        if known and abs(sum(known) - 1) > MILLIONTH * len(known):
            raise ValidationError("Give shares that sum to 1.", "holders")


class Encumbrance(Contract):
    """`to_on` is the last day; without it, it still lies on the land."""

    kind = fields.Enum(rights.EncumbranceKind, by_value=True, required=True)
    from_on = Day(required=True)
    to_on = Day(load_default=None, allow_none=True)
    creditor_kind = fields.Enum(
        rights.CreditorKind, by_value=True, load_default=None, allow_none=True
    )
    document_number = Reference(100, load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on")

    @validates_schema
    def hold_ground(self, data: dict[str, Any], **_: Any) -> None:
        ground = GROUND[data["kind"]]
        if data[ground] is None:
            raise ValidationError(f"Give the {ground} of a {data['kind']}.", ground)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> rights.Encumbrance:
        return rights.Encumbrance(**data)


def encumbrances(**more: Any) -> Tuple:
    """Everything that lies or lay on the land; an empty list says that nothing does."""
    return Tuple(fields.Nested(Encumbrance), validate=validate.Length(max=100), **more)
