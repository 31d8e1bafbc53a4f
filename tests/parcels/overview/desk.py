"""A register whose clock a test sets, and which is asked for figures of a day as known at a moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backbone.testing import Rehearsal
from park.time import PARK_TIME
from services.installation import TOWNSHIPS
from services.parcels.service import ParcelsService

from ...support.overview import figures_of
from ..conftest import Parcels
from ..others import Enterprises, Projects


def noon(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=PARK_TIME)


class Register(Parcels):
    """Reports arrive at noon of the day that the clock shows."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = noon("2023-08-10")
        others = {"enterprises": self.enterprises, "projects": self.projects}
        Rehearsal.__init__(
            self, ParcelsService, feeds=[TOWNSHIPS], clock=lambda: self.moment, **others
        )

    def day(self, day: str) -> Register:
        self.moment = noon(day)
        return self

    def value(self, figure: str, on: str, known: str | None = None, **more: Any) -> Any:
        asked = {"known_at": noon(known).isoformat()} if known else {}
        return figures_of(self, on=on, **asked, **more)[figure]["value"]

    def figure(self, name: str, on: str) -> Any:
        return figures_of(self, on=on)[name]

    def parts(self, figure: str, on: str, known: str | None = None) -> Any:
        asked = {"known_at": noon(known).isoformat()} if known else {}
        return self.read("explain_overview", figure=figure, on=on, **asked)["parts"]

    def without(self, figure: str, on: str) -> Any:
        """What counts, and did not say how much."""
        return self.read("explain_overview", figure=figure, on=on)["without_amount"]


class FiguresOf:
    """Another service, of which the overview asks its figures."""

    def __init__(self, answer: Any) -> None:
        self.answer, self.deadline_s = answer, 10.0
        self.asked: list[Any] = []

    def overview_figures(self, **asked: Any) -> Any:
        self.asked.append(asked)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


__all__ = ["Enterprises", "FiguresOf", "Projects", "Register", "noon"]
