"""Questions about the figures of the campaign, and the answer that explains one."""

from __future__ import annotations

from typing import Any, TypedDict

from marshmallow import ValidationError, fields, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, TownshipCode

from ..words import DisposalWay
from .counting import Counting
from .figures import Figure, Line


class CampaignFigures(Contract):
    """Both days are included. Loads to `since`, `until` and `township` (or none)."""

    since = Day(required=True, data_key="from")
    until = Day(required=True, data_key="to")
    township = TownshipCode(load_default=None, allow_none=True)

    @validates_schema
    def period_has_days(self, data: dict[str, Any], **_: Any) -> None:
        if data["until"] < data["since"]:
            raise ValidationError("The last day must not be before the first.", "to")


class ExplainFigure(CampaignFigures):
    """`disposal_way` narrows it to one way."""

    figure = fields.Enum(Figure, by_value=True, required=True)
    disposal_way = fields.Enum(DisposalWay, by_value=True, load_default=None, allow_none=True)


class Explanation(TypedDict):
    """Those of `lines` that add something add up to the figure."""

    figure: Figure
    rule: Counting
    lines: list[Line]
