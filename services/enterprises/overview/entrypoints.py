"""The figures of enterprises in the overview of the park: firms, indicators, innovation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from functools import cache
from typing import Any

from backbone import query
from park.overview import (
    Clocks,
    FigureRule,
    Overview,
    OverviewExplained,
    OverviewFigure,
    clocks_of,
    known,
    period_clocks,
)
from park.rulebook import Rulebook
from park.time import end_of

from ..firms.enterprise import Enterprise
from ..indicators.figures import IndicatorYear, StandingFigure, figure_on
from ..innovation.entrypoints import MOST_RECORDS, Innovation
from ..innovation.innovation import InnovationRecord
from ..premises.entrypoints import MOST
from ..premises.places import Plot
from ..premises.populations import Known
from ..requests.request import ServiceRequest
from ..rulebook import FOLDER
from . import schemas
from .periods import PeriodReckonings
from .reckonings import BASIS, Reckonings, StatedOn

FIGURES = Rulebook(FOLDER / "overview", dict[str, FigureRule])
PERIOD_FIGURES = Rulebook(FOLDER / "period_figures", dict[str, FigureRule])


class Overviews(Innovation):
    """Answers the figures of enterprises, and what adds up to one."""

    @query(schemas.ParkOverviewAsked, answers=list[OverviewFigure])
    def overview_figures(self, request: dict[str, Any]) -> Any:
        """The figures that enterprises owns."""
        clocks = clocks_of(request, self.store.today, self.store.now)
        return self.store.dump(self._figures_of(clocks).figures(clocks))

    @query(schemas.ExplainOverview, answers=OverviewExplained)
    def explain_overview(self, request: dict[str, Any]) -> Any:
        """A figure of enterprises, and what adds up to it."""
        clocks = clocks_of(request, self.store.today, self.store.now)
        return self.store.dump(self._figures_of(clocks).explain(request["figure"], clocks))

    @query(schemas.PeriodAsked, answers=list[OverviewExplained])
    def period_figures(self, request: dict[str, Any]) -> Any:
        """The requests of firms in a period and at its end, with what adds up to each figure."""
        clocks = period_clocks(request, self.store.now)
        reckonings = PeriodReckonings(
            requests=self._requests_on(clocks),
            cause=lambda request_id: self._last_said(request_id, clocks.known_at),
            since=request["since"],
        )
        overview = Overview(PERIOD_FIGURES, {"requests": reckonings.of_requests})
        return self.store.dump(overview.explained(clocks))

    def _requests_on(self, clocks: Clocks) -> list[ServiceRequest]:
        """The requests that were there when the day ended, as far as it was known, in the order of ids."""
        ended = end_of(clocks.on)
        kept = self.store.find(ServiceRequest, MOST)
        then = [each.as_of(ended, clocks.known_at) for each in kept]
        received = [each for each in then if each.received_at]
        return sorted(received, key=lambda each: each.service_request_id)

    def _last_said(self, request_id: str, known_at: datetime) -> str | None:
        """The event or call that last spoke of a request by the moment."""
        changes = self.store.repository.history(ServiceRequest, request_id)
        said = [
            each["by"]["id"]
            for each in changes
            if "entries" in each["changed"] and datetime.fromisoformat(each["at"]) <= known_at
        ]
        return said[-1] if said else None

    def _figures_of(self, clocks: Clocks) -> Overview:
        reckonings = Reckonings(
            firms=lambda: self._firms_known(clocks.known_at),
            records=lambda: self.store.find(InnovationRecord, MOST_RECORDS),
            stated_on=self._zone_figures(),
        )
        by_name = {
            "firms_on_land": reckonings.firms_on_land,
            "indicator": reckonings.indicator,
            "innovation": reckonings.innovation,
            "statement": reckonings.statement,
        }
        return Overview(FIGURES, by_name)

    def _firms_known(self, known_at: datetime) -> Known:
        """The firms as they were known at the moment; a plot keeps itself what was heard of it when."""
        return Known(
            firms={each.enterprise_id: each for each in known(self.store, Enterprise, known_at)},
            profiles={},
            plots={each.parcel_id: each for each in self.store.find(Plot, MOST)},
            known_at=known_at,
        )

    def _zone_figures(self) -> StatedOn:
        """Any figure that was stated of the zone: all that was said of it is read once, for most of them are
        asked for."""

        @cache
        def held() -> dict[str, list[IndicatorYear]]:
            years = defaultdict[str, list[IndicatorYear]](list)
            for each in self.store.find(IndicatorYear, MOST_RECORDS, basis=BASIS):
                years[each.indicator].append(each)
            return years

        def stated_on(indicator: str, on: date, known_at: datetime) -> StandingFigure | None:
            return figure_on(held().get(indicator, ()), on, known_at)

        return stated_on
