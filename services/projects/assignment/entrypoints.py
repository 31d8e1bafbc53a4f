"""Leads and open land together: plots ranked for a lead, the best assignment of all, and near misses.
Nothing is kept of it; who gets the land is decided by its supply."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from backbone import query
from backbone.errors import Reason
from park.rules import refuse

from ..leads.lead import Lead
from ..listings.listing import Listing
from . import schemas
from .best import best_of
from .near import near_misses_of
from .rulebook import ASSIGNMENT_LAW, Most
from .scoring import Market, Scale, ranked

MOST = 100_000  # leads, or listings: far more than a park has


class Assignment:
    """Ranks and assigns land by the weights of the team."""

    store: Any  # within a handler, the unit of work

    @query(schemas.RankPlots, answers=schemas.Ranking)
    def rank_plots(self, request: dict[str, Any]) -> Any:
        """The open plots that fit a lead, the best first, each with what speaks for it."""
        lead, scale = self._looking(request["lead_id"]), self._scale(request)
        plots = ranked(lead, Market.of(self._open_land()), scale)
        return {
            "lead_id": lead.lead_id,
            **self._by(request, scale),
            "best_score": scale.weights.best_score,
            "plots": plots[: request["most"]],
        }

    @query(schemas.AssignBest, answers=schemas.Assigned)
    def best_assignment(self, request: dict[str, Any]) -> Any:
        """All open land to all leads that look, each at most once, so that the value is the greatest."""
        leads = self.store.find(Lead, MOST, is_looking=True)
        of_township = {"township": request["township"]} if request["township"] else {}
        listings = self._open_land(**of_township)
        most = ASSIGNMENT_LAW.on(request["on"] or self.store.today).most
        refuse(too_many(len(leads), len(listings), most))
        scale = self._scale(request)
        return self._by(request, scale) | best_of(leads, listings, scale)

    @query(schemas.NearMisses, answers=schemas.Missed)
    def near_misses(self, request: dict[str, Any]) -> Any:
        """The land that a lead would fit but for one rule, and by how much it breaks that one."""
        lead = self._looking(request["lead_id"])
        on = request["on"] or self.store.today
        share, usual = request["area_share"], ASSIGNMENT_LAW.on(on).near.area_share
        area_share = usual if share is None else share
        return {
            "lead_id": lead.lead_id,
            "rules_of": on,
            "area_share": area_share,
            "plots": near_misses_of(lead, self.store.find(Listing, MOST), area_share),
        }

    def _open_land(self, **filters: Any) -> list[Listing]:
        found: list[Listing] = self.store.find(Listing, MOST, is_open=True, **filters)
        return found

    def _looking(self, lead_id: str) -> Lead:
        lead: Lead = self.store.require(Lead, lead_id, "lead_id")
        refuse(None if lead.is_looking else _not_looking(lead))
        return lead

    def _scale(self, request: dict[str, Any]) -> Scale:
        law = ASSIGNMENT_LAW.on(request["on"] or self.store.today)
        return Scale(weights=replace(law.weights, **request["weights"]), points=law.points)

    def _by(self, request: dict[str, Any], scale: Scale) -> dict[str, Any]:
        return {
            "rules_of": request["on"] or self.store.today,
            "weights": asdict(scale.weights),
        }


def too_many(leads: int, plots: int, most: Most) -> Reason | None:
    """One call ends within seconds, so that no other waits for it."""
    if leads <= most.leads and plots <= most.plots:
        return None
    return Reason(
        "TOO_MANY_TO_ASSIGN",
        f"There are {leads} leads and {plots} open plots; one call assigns {most.leads} leads and "
        f"{most.plots} plots at most. Ask for one township.",
        field="township",
    )


def _not_looking(lead: Lead) -> Reason:
    sentence = f"The lead looks for no land: it is {lead.stage.value}."
    return Reason("NOT_LOOKING", sentence, field="lead_id")
