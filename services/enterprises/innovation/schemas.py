"""The contracts of innovation: what is recorded, what may be asked, and the overview."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

from marshmallow import post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Flag, Id, Moment, MoneyCny, Text, TownshipCode, Tuple, in_order

from ..indicators.figures import StandingFigure


class RecordInnovation(Contract):
    """The whole of what is known of a record; it takes the place of what was said of it before. Loads to
    `innovation_id`, `kind` and `report`, fields of an `InnovationReport`."""

    innovation_id = Id(required=True)
    kind = Text(40, required=True)
    level = Text(40, load_default=None, allow_none=True)
    name = Text(100, load_default=None, allow_none=True)
    enterprise_id = Id(load_default=None, allow_none=True)
    host_id = Id(load_default=None, allow_none=True)
    member_ids = Tuple(Id(), load_default=(), validate=validate.Length(max=50))
    amount_cny = MoneyCny(load_default=None, allow_none=True)
    from_on = Day(required=True)
    to_on = Day(load_default=None, allow_none=True)
    withdrawn = Flag(load_default=False)
    source = Text(200, required=True, data_key="document")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        about = {name: report.pop(name) for name in ("innovation_id", "kind")}
        return about | {"report": report}


class OverviewAsked(Contract):
    """`basis` is that of the figures that were stated; `township` narrows the records."""

    basis = Text(20, load_default="zone")
    township = TownshipCode(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class CountOn(TypedDict):
    """`counted` are the records, `stated` is what somebody reported of the same: two answers to one
    question, which are never added. `fits` says whether the records bear the stated figure out; none
    where nothing was stated."""

    name: str
    title: str
    counted: int
    innovation_ids: list[str]
    stated: StandingFigure | None
    fits: bool | None


class InnovationOverview(TypedDict):
    on: date
    known_at: datetime
    basis: str
    township: str | None
    counts: list[CountOn]
