"""Verdicts: which leads and plots would be judged otherwise by a changed rulebook. Nothing is kept of it."""

from __future__ import annotations

from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.verdicts.asked import RulesQuestion
from park.verdicts.compared import (
    RulesCompared,
    RulesKept,
    Sides,
    Topic,
    compared,
    kept_of,
    sides_of,
    topic_of,
)

from ..assignment.entrypoints import MOST, Assignment
from ..assignment.rulebook import ASSIGNMENT_LAW
from ..assignment.scoring import Market
from ..handbook.hold import PlotHold
from ..handbook.rulebook import HANDBOOK
from ..leads.lead import Lead
from ..listings.listing import Listing
from .fits import by_assignment, by_handbook

TOPICS = {
    "assignment": Topic(
        rulebook=ASSIGNMENT_LAW,
        thing="lead",
        judges="which open plot suits a lead best, and which it misses by little",
    ),
    "handbook": Topic(
        rulebook=HANDBOOK,
        thing="listing",
        judges="whether an open plot can be had, by what projects knows",
    ),
}


class CompareRules(Contract, RulesQuestion):
    """Which leads or plots a changed rulebook would judge otherwise, or one edition and another."""


class RulesWanted(Contract):
    """The rulebooks by which things can be compared."""


class Verdicts(Assignment):
    """Answers what a rulebook that might be would make of the leads and plots that there are."""

    @query(RulesWanted, answers=RulesKept)
    def rules_kept(self, _: dict[str, Any]) -> Any:
        """The rulebooks by which things can be compared, with the first days of their editions."""
        return self.store.dump(kept_of(TOPICS, self.store.today))

    @query(CompareRules, answers=RulesCompared)
    def compare_rules(self, request: dict[str, Any]) -> Any:
        """A page of leads that look, or of open plots, by two rulebooks: the verdicts that are other ones.
        Nobody is told of any of them."""
        name = request["topic"]
        topic = topic_of(TOPICS, name)
        sides = sides_of(topic.rulebook, request["before"], request["after"], self.store.today)
        kind, asked = (
            (Lead, {"is_looking": True}) if name == "assignment" else (Listing, {"is_open": True})
        )
        page = self.store.repository.page(kind, asked, "key", request["limit"], request["cursor"])
        judge = self._leads_by if name == "assignment" else self._plots_by
        rulings = judge(page.items, sides)
        return self.store.dump(compared(name, topic, len(page.items), rulings, (), page.cursor))

    def _leads_by(self, leads: list[Lead], sides: Sides) -> Any:
        open_land, listings = self._open_land(), self.store.find(Listing, MOST)
        kept_for, _ = self._not_for_all(open_land, {each.lead_id for each in leads})
        market, today = Market.of(open_land, kept_for), self.store.today
        return tuple(by_assignment(leads, market, listings, rules, today) for rules in sides)

    def _plots_by(self, listings: list[Listing], sides: Sides) -> Any:
        if listings:
            holds = [(PlotHold, each.listing_id) for each in listings]
            self.store.read_ahead.fetch([], holds)
        plots = [self.plot_of(each, self.store.now, None) for each in listings]
        return tuple(by_handbook(plots, rules) for rules in sides)
