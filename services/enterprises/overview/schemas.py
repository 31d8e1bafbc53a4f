"""What may be asked of the figures of the overview."""

from __future__ import annotations

from backbone.messages.contract import Contract
from park.fields import Day, Moment, Text


class ParkOverviewAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now, `rules` are those of the day `on`."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    rules = Day(load_default=None, allow_none=True)


class ExplainOverview(ParkOverviewAsked):
    figure = Text(200, required=True)
