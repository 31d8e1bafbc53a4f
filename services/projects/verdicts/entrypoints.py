"""Verdicts: what would be judged otherwise by a changed rulebook. Nothing is kept of it."""

from __future__ import annotations

from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.verdicts.answers import RulesCompared, RulesKept, compared, kept_of
from park.verdicts.asked import RulesQuestion
from park.verdicts.topic import Judged, Page

from ..assignment.entrypoints import MOST, Assignment
from ..assignment.scoring import Market
from ..handbook.hold import PlotHold
from ..listings.listing import Listing
from ..rulebook import FOLDER
from .fits import by_assignment, by_handbook
from .topics import TOPICS


class CompareRules(Contract, RulesQuestion):
    """Which leads, plots, steps, funds or platforms a changed rulebook would judge otherwise, or one edition
    and another."""


class RulesWanted(Contract):
    """The rulebooks by which things can be compared."""


class Verdicts(Assignment):
    """Answers what a rulebook that might be would make of the things that there are."""

    @query(RulesWanted, answers=RulesKept)
    def rules_kept(self, _: dict[str, Any]) -> Any:
        """The rulebooks by which things can be compared, with the first days of their editions; of each other
        one, why nothing is."""
        return self.store.dump(kept_of(TOPICS, FOLDER, self.store.today))

    @query(CompareRules, answers=RulesCompared)
    def compare_rules(self, request: dict[str, Any]) -> Any:
        """A page of things by two rulebooks: the verdicts that are other ones, and what would be told."""
        return self.store.dump(compared(TOPICS, FOLDER, self, request))

    def judged_leads(self, page: Page) -> Judged:
        """Leads that look, beside all open land. Nobody is told of what fits."""
        leads, today = page.things, self.store.today
        open_land, listings = self._open_land(), self.store.find(Listing, MOST)
        kept_for, _ = self._not_for_all(open_land, {each.lead_id for each in leads})
        market = Market.of(open_land, kept_for)
        one, other = (by_assignment(leads, market, listings, each, today) for each in page.sides)
        return Judged(things=len(leads), rulings=(one, other))

    def judged_plots(self, page: Page) -> Judged:
        """Open plots, with who holds each. Nobody is told of what can be had."""
        if page.things:
            holds = [(PlotHold, each.listing_id) for each in page.things]
            self.store.read_ahead.fetch([], holds)
        plots = [self.plot_of(each, self.store.now, None) for each in page.things]
        one, other = (by_handbook(plots, rules) for rules in page.sides)
        return Judged(things=len(plots), rulings=(one, other))
