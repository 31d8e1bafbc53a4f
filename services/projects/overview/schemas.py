"""What may be asked of the figures of the overview."""

from __future__ import annotations

from typing import Any

from marshmallow import validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Moment, Text, in_order


class ParkOverviewAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now, `rules` are those of the day `on`."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    rules = Day(load_default=None, allow_none=True)


class ExplainOverview(ParkOverviewAsked):
    figure = Text(200, required=True)


class PeriodAsked(Contract):
    """A period, both days included, as `known_at` a moment, now if it is left out. Loads to `since`,
    `until` and `known_at`."""

    since = Day(required=True, data_key="from")
    until = Day(required=True, data_key="to")
    known_at = Moment(load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "since", "until", "to")
