"""The figures of projects in the overview of the park: land, platforms, policies, talents, visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
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
)
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from . import schemas
from .reckonings import Cause, Reckonings

FIGURES = Rulebook(FOLDER / "overview", dict[str, FigureRule])


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

    def _figures_of(self, clocks: Clocks, cause: Cause) -> Overview:
        read = cache(lambda kind: [*known(self.store, kind, clocks.known_at)])
        return Overview(FIGURES, Reckonings(read, cause).by_name)

    def _cause(self, known_at: datetime) -> Callable[[type, str, str | None], str | None]:
        """Who said a thing, by its history up to the moment."""

        def cause(kind: type, identity: str, field: str | None) -> str | None:
            said = [
                change["by"]["id"]
                for change in self.store.repository.history(kind, identity)
                if datetime.fromisoformat(change["at"]) <= known_at
                and (field is None or field in change["changed"])
            ]
            return said[-1] if said else None

        return cause


def _nobody(_kind: type, _identity: str, _field: str | None) -> str | None:
    """Of a figure alone nobody asks who said its parts."""
    return None
