"""Simulation: schemes are tried on figures that the caller gives. Nothing is written."""

from __future__ import annotations

from typing import Any

from backbone import query

from ..kept import kept, scheme_of
from ..scoring import Group
from . import answers, schemas
from .comparing import compare
from .forecasting import forecast
from .simulating import simulate


class Simulations:
    """Answers the enterprise desk what a scheme would make of firms."""

    store: Any

    @query(schemas.ScoresSimulated, answers=answers.Simulated)
    def simulate_scores(self, request: dict[str, Any]) -> Any:
        """Score and grade firms by a scheme: parts, total, rank, grade, what was missing or excluded."""
        return self.store.dump(simulate(scheme_of(request["scheme"]), request["figures"]))

    @query(schemas.SchemesCompared, answers=answers.Compared)
    def compare_schemes(self, request: dict[str, Any]) -> Any:
        """The same firms by two schemes: winners and losers, changed grades, and what it costs."""
        before, after = scheme_of(request["scheme"]), scheme_of(request["against"], "against")
        return self.store.dump(compare(before, after, request["figures"]))

    @query(schemas.GradeForecast, answers=answers.Forecast)
    def forecast_grade(self, request: dict[str, Any]) -> Any:
        """How much more of each indicator, all else equal, takes a firm to a better grade."""
        group = Group.read(scheme_of(request["scheme"]), request["figures"])
        found = forecast(group, request["firm"], request["grade"], request["unit"])
        return self.store.dump(found)

    @query(schemas.SchemesWanted, answers=answers.SchemesKept)
    def list_schemes(self, request: dict[str, Any]) -> Any:
        """The published schemes that are kept, with their source; those of a place, if one is given."""
        found = [each for each in kept().values() if request["place"] in (None, each.place)]
        return self.store.dump({"schemes": [answers.kept_of(each) for each in found]})
