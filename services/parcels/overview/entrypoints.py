"""The overview: the figures of the park on a day, as known at a moment, under the rules of a day."""

from __future__ import annotations

from typing import Any

import eventlet

from backbone import query
from park.overview import (
    Clocks,
    FigureRule,
    Overview,
    OverviewExplained,
    OverviewFigure,
    clocks_of,
)
from park.rulebook import Rulebook

from ..governance.entrypoints import Governance
from ..governance.rules import not_reached
from ..rulebook import FOLDER
from . import schemas
from .known import Known
from .page import PAGE, missing_of, topics_of
from .reckonings import Reckonings

LONGEST_S = 10.0  # that another service is waited for: it reads all that it keeps
FIGURES = Rulebook(FOLDER / "overview", dict[str, FigureRule])
OTHERS = ("enterprises", "projects")


class Overviews(Governance):
    """Answers the figures of parcels, and those of the other services beside them."""

    @query(schemas.ParkOverviewAsked, answers=list[OverviewFigure])
    def overview_figures(self, request: dict[str, Any]) -> Any:
        """The figures that parcels owns."""
        clocks = self._clocks(request)
        return self.store.dump(self._figures_of(clocks).figures(clocks))

    @query(schemas.ExplainOverview, answers=OverviewExplained)
    def explain_overview(self, request: dict[str, Any]) -> Any:
        """A figure of parcels, and what adds up to it."""
        clocks = self._clocks(request)
        return self.store.dump(self._figures_of(clocks).explain(request["figure"], clocks))

    @query(schemas.ParkOverviewAsked, answers=schemas.OverviewPage)
    def overview(self, request: dict[str, Any]) -> Any:
        """The overview of the park by topics, asked of every service. One that does not answer is named
        with the figures that are missing."""
        clocks = self._clocks(request)
        asked = {
            "on": clocks.on.isoformat(),
            "known_at": clocks.known_at.isoformat(),
            "rules": clocks.rules.isoformat(),
        }
        asking = {name: eventlet.spawn(self._ask_figures, name, asked) for name in OTHERS}
        own = self._figures_of(clocks).figures(clocks)
        answers = {name: each.wait() for name, each in asking.items()}
        silent = {name: why for name, why in answers.items() if isinstance(why, Exception)}
        told = {name: each for name, each in answers.items() if name not in silent}
        page = PAGE.on(clocks.rules)
        found = schemas.OverviewPage(
            on=clocks.on,
            known_at=clocks.known_at,
            rules=clocks.rules,
            topics=topics_of(page, {"parcels": own, **told}),
            missing=[*missing_of(page, silent)],
            unreachable=sorted(silent),
            unreachable_reasons=[
                not_reached(name, "figures", why).as_dict() for name, why in silent.items()
            ],
        )
        return self.store.dump(found)

    def _clocks(self, request: dict[str, Any]) -> Clocks:
        return clocks_of(request, self.store.today, self.store.now)

    def _figures_of(self, clocks: Clocks) -> Overview:
        return Overview(FIGURES, Reckonings(Known(self.store, clocks)).by_name)

    def _ask_figures(self, service: str, asked: dict[str, str]) -> Any:
        return self._answer(
            getattr(self, service),
            schemas.FiguresAnswered(),
            lambda figures: figures.overview_figures(**asked),
            LONGEST_S,
        )
