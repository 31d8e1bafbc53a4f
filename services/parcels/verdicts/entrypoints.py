"""Verdicts: what would be judged otherwise by a changed rulebook. Nothing is kept of it."""

from __future__ import annotations

from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.verdicts.answers import RulesCompared, RulesKept, compared, kept_of
from park.verdicts.asked import RulesQuestion

from ..rulebook import FOLDER
from .topics import TOPICS


class CompareRules(Contract, RulesQuestion):
    """Which plots, cases or parcels would be judged otherwise by a changed rulebook, or by one edition and
    another."""


class RulesWanted(Contract):
    """The rulebooks by which things can be compared."""


class Verdicts:
    """Answers what a rulebook that might be would make of the things that there are."""

    store: Any  # within a handler, the unit of work

    @query(RulesWanted, answers=RulesKept)
    def rules_kept(self, _: dict[str, Any]) -> Any:
        """The rulebooks by which things can be compared, with the first days of their editions; of each other
        one, why nothing is."""
        return self.store.dump(kept_of(TOPICS, FOLDER, self.store.today))

    @query(CompareRules, answers=RulesCompared)
    def compare_rules(self, request: dict[str, Any]) -> Any:
        """A page of things by two rulebooks: the verdicts that are other ones, and what would be told."""
        return self.store.dump(compared(TOPICS, FOLDER, self, request))
