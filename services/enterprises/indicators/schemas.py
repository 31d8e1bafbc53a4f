"""The contracts of indicators: what the statistics desk enters, what may be asked, and the answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate

from backbone.messages.contract import Contract
from park.fields import Day, Figure, Moment, Text, Tuple

from .definitions import IndicatorCounting
from .figures import FigureKind, FigureRole, StandingFigure


class RecordIndicator(Contract):
    """A figure of a period. One of the same role and period that was entered before is corrected by it.
    `unit` is that of the indicator unless another is given (万元, 亿元). Loads to `about`, fields of a
    `Situation`, and `said`, further fields of an `IndicatorFigure`."""

    indicator = Text(60, required=True)
    basis = Text(20, required=True)
    period_start = Day(load_default=None, allow_none=True)
    period_end = Day(required=True)
    role = fields.Enum(FigureRole, by_value=True, load_default=FigureRole.ACTUAL)
    figure_kind = fields.Enum(FigureKind, by_value=True, load_default=FigureKind.EXACT)
    value = Figure(required=True)
    unit = Text(20, load_default=None, allow_none=True)
    source = Text(200, required=True, data_key="document")
    reason = Text(200, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        about = dict(data)
        said = {name: about.pop(name) for name in ("figure_kind", "source", "reason")}
        return {"about": about, "said": said}


class IndicatorAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now."""

    indicator = Text(60, required=True)
    basis = Text(20, load_default="zone")
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class GrowthAsked(Contract):
    """The growth of the period that ends on `period_end` over the same one of the year before."""

    indicator = Text(60, required=True)
    basis = Text(20, load_default="zone")
    period_end = Day(required=True)
    known_at = Moment(load_default=None, allow_none=True)


class FigureNamed(Contract):
    indicator = Text(60, required=True)
    basis = Text(20, required=True)
    period_end = Day(required=True)


class SumAsked(Contract):
    figures = Tuple(
        fields.Nested(FigureNamed), required=True, validate=validate.Length(min=1, max=50)
    )
    known_at = Moment(load_default=None, allow_none=True)


# --- answers


class IndicatorOn(TypedDict):
    """An indicator on a day: the newest `figure` whose period was over, and the `target` that comes next
    after it, with the share of it that was reached. A ratio is `computed` from the figures of one period,
    `period_end`; without a value `reasons` say why."""

    indicator: str
    title: str
    unit: str
    counting: IndicatorCounting
    basis: str
    on: date
    known_at: datetime
    figure: StandingFigure | None
    computed: Decimal | None
    period_end: date | None
    target: StandingFigure | None
    target_reached: Decimal | None
    reasons: Sequence[dict[str, str]]


class Growth(TypedDict):
    """`growth` is a share, 0.05 is 5 %; it is at least so much where `figure_kind` says so. `comparable`
    says whether the base covers what the figure covers."""

    indicator: str
    basis: str
    known_at: datetime
    figure: StandingFigure | None
    base: StandingFigure | None
    comparable: bool
    growth: Decimal | None
    figure_kind: FigureKind | None
    reasons: Sequence[dict[str, str]]


class IndicatorSum(TypedDict):
    """`value` is at least, or more than, the sum where one of the figures is."""

    value: Decimal
    figure_kind: FigureKind
    unit: str
    known_at: datetime
    figures: list[StandingFigure]
