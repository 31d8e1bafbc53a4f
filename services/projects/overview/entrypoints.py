"""The figures of projects in the overview of the park: land, platforms, policies, talents, visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

from backbone import query
from backbone.store import history
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

from ..rulebook import FOLDER
from . import schemas
from .periods import PeriodReckonings
from .reckonings import Cause, Read, Reckonings
from .starts import StartReckonings

FIGURES = Rulebook(FOLDER / "overview", dict[str, FigureRule])
PERIOD_FIGURES = Rulebook(FOLDER / "period_figures", dict[str, FigureRule])
START_FIGURES = Rulebook(FOLDER / "start_figures", dict[str, FigureRule])


class Overviews:
    """Answers the figures of projects, and what adds up to one."""

    store: Any  # within a handler, the unit of work

    @query(schemas.ParkOverviewAsked, answers=list[OverviewFigure])
    def overview_figures(self, request: dict[str, Any]) -> Any:
        """The figures that projects owns."""
        clocks = clocks_of(request, self.store.today, self.store.now)
        return self.store.dump(self._figures_of(clocks, _nobody).figures(clocks))

    @query(schemas.ExplainOverview, answers=OverviewExplained)
    def explain_overview(self, request: dict[str, Any]) -> Any:
        """A figure of projects, and what adds up to it."""
        clocks = clocks_of(request, self.store.today, self.store.now)
        overview = self._figures_of(clocks, self._cause(clocks.known_at))
        return self.store.dump(overview.explain(request["figure"], clocks))

    @query(schemas.PeriodAsked, answers=list[OverviewExplained])
    def period_figures(self, request: dict[str, Any]) -> Any:
        """The land that was listed and awarded in a period, with what adds up to each figure."""
        clocks = period_clocks(request, self.store.now)
        cause = self._cause(clocks.known_at)
        reckonings = PeriodReckonings(self._read(clocks), cause, request["since"])
        overview = Overview(PERIOD_FIGURES, reckonings.by_name)
        return self.store.dump(overview.explained(clocks))

    @query(schemas.ParkOverviewAsked, answers=list[OverviewExplained])
    def start_figures(self, request: dict[str, Any]) -> Any:
        """The start curve of the year of a day: what was to begin and what began in each month, with the
        contracts and projects. Whoever shows the curve adds the months up."""
        clocks = clocks_of(request, self.store.today, self.store.now)
        reckonings = StartReckonings(self._read(clocks), self._cause(clocks.known_at))
        return self.store.dump(Overview(START_FIGURES, reckonings.by_name).explained(clocks))

    def _figures_of(self, clocks: Clocks, cause: Cause) -> Overview:
        return Overview(FIGURES, Reckonings(self._read(clocks), cause).by_name)

    def _read(self, clocks: Clocks) -> Read:
        return cache(lambda kind: [*known(self.store, kind, clocks.known_at)])

    def _cause(self, known_at: datetime) -> Cause:
        """By what a thing last changed in one of the fields that count, or in any if none is named, by its
        history up to the moment; asked once of each. That the clock told of it changes a thing, too."""

        @cache
        def cause(kind: type, identity: str, *fields: str) -> str | None:
            for change in _newest_first(self.store.repository, kind, identity):
                was_known = datetime.fromisoformat(change["at"]) <= known_at
                if was_known and (not fields or not change["changed"].keys().isdisjoint(fields)):
                    said_by: str | None = change["by"]["id"]
                    return said_by
            return None

        return cause


def _nobody(_kind: type, _identity: str, *_fields: str) -> str | None:
    """Of a figure alone nobody asks who said its parts."""
    return None


def _newest_first(repository: Any, kind: type, identity: str) -> Iterator[dict[str, Any]]:
    """The history of a thing backwards, read as far as it is asked for: one change, then two, then four.
    Each may hold all that was said of the thing up to then, so a thousand corrections take as much as
    half a million reports."""
    name = repository.collections[kind].name
    if repository.call("exists", repository.key(history.OLD_FORM, name, identity)):
        # an earlier version kept some of it elsewhere
        yield from reversed(repository.history(kind, identity))
        return
    key, last = repository.key(history.FORM, name, identity), -1
    for power in count():
        first = last - 2**power + 1
        entries = repository.call("lrange", key, first, last)
        yield from reversed(history.read(entries))
        if len(entries) < 2**power:
            return
        last = first - 1
