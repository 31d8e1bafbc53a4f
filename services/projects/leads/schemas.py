"""The contracts of leads: what may be asked of them."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import AreaM2, IndustryCode, Text, TownshipCode

from . import lead

AT_MOST = validate.Length(max=200)


class Wish(Contract):
    """The land that a lead wishes for; what is left out is open."""

    min_area_m2 = AreaM2(load_default=None, allow_none=True)
    max_area_m2 = AreaM2(load_default=None, allow_none=True)
    townships = fields.List(TownshipCode(), load_default=list, validate=AT_MOST)
    industry_codes = fields.List(IndustryCode(), load_default=list, validate=AT_MOST)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        least, most = data.get("min_area_m2"), data.get("max_area_m2")
        if least and most and least > most:
            raise ValidationError("Give at most max_area_m2.", "min_area_m2")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> lead.Wish:
        lists = {name: tuple(data[name]) for name in ("townships", "industry_codes")}
        return lead.Wish(**data | lists)


class RegisterLead(Contract):
    """`name` is the project's, not a person's."""

    lead_id = fields.Str(
        load_default=None,
        allow_none=True,
        validate=validate.Regexp(
            r"[A-Za-z0-9._-]{1,80}\Z",
            error="Use 1 to 80 letters, digits, dots, underscores or dashes.",
        ),
    )
    name = Text(required=True)
    source = fields.Enum(lead.LeadSource, by_value=True, required=True)
    stage = fields.Enum(lead.Stage, by_value=True, load_default=lead.Stage.LEAD)
    wish = fields.Nested(Wish, load_default=lead.Wish)
