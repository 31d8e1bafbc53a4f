"""What may be asked of the overview, its page, and what other services answer to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypedDict

import msgspec

from backbone.messages.contract import Contract
from park.fields import Day, Moment, Text
from park.overview import OverviewFigure

from ..words import Why


class ParkOverviewAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now, `rules` are those of the day `on`."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    rules = Day(load_default=None, allow_none=True)


class ExplainOverview(ParkOverviewAsked):
    figure = Text(200, required=True)


class OverviewTopic(TypedDict):
    """The figures of a topic, in the order of the page."""

    title: str
    figures: list[OverviewFigure]


class OverviewMissing(TypedDict):
    """A figure of a service that could not be reached."""

    figure: str
    service: str


class OverviewPage(TypedDict):
    """The overview by topics. `unreachable` are the services that could not be asked, `missing` their
    figures; nothing stands in their place."""

    on: date
    known_at: datetime
    rules: date
    topics: list[OverviewTopic]
    missing: list[OverviewMissing]
    unreachable: list[str]
    unreachable_reasons: list[Why]


class FiguresAnswered:
    """What another service answers to the overview, loaded to its figures."""

    def load(self, answer: Any) -> list[OverviewFigure]:
        return msgspec.convert(answer, list[OverviewFigure])
