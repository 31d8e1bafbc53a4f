"""Questions about the figures of the campaign, and the answer that explains one."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import fields

from ..remediation.schemas import OfPeriod
from ..words import DisposalWay
from .counting import Counting
from .figures import Figure, Line


class ExplainFigure(OfPeriod):
    """`disposal_way` narrows it to one way."""

    figure = fields.Enum(Figure, by_value=True, required=True)
    disposal_way = fields.Enum(DisposalWay, by_value=True, load_default=None, allow_none=True)


class Explanation(TypedDict):
    """Those of `lines` that add something add up to the figure."""

    figure: Figure
    rule: Counting
    lines: list[Line]
