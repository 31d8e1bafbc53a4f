"""The ledger of deadlines [到期事项台账]: what is due of land and of investment, by its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.dues.asked import DueQuestion, asked
from park.dues.due import Asked, Due, DuePage, page_of
from park.dues.stood import as_it_stood

from ..contests.entry import ContestEntry
from ..dues.due_step import DueStep, StepKind
from ..handbook.hold import PlotHold
from ..listings.listing import Listing
from ..pipeline.project import Project
from ..plans.offer_plan import OfferPlan
from ..platforms.platform import Platform
from ..policies.policy import Policy
from ..supply.supply import Supply
from . import dues
from .stood import STOOD

MOST = 100_000  # steps, projects: far more than a zone has
BY_BIDDERS = (StepKind.APPLICATIONS.value, StepKind.BONDS.value)


class AskDue(Contract, DueQuestion):
    """What is due between a notice and full capacity, and of the work of the investment team."""


class Ledger:
    """Answers what is due, for whom, on which day, by which rule, and who was reminded of it."""

    store: Any  # within a handler, the unit of work

    @query(AskDue, answers=DuePage)
    def due(self, request: dict[str, Any]) -> Any:
        """What is due of notices, contracts, payments and reviews, of offer plans, targets, policies, holds,
        winners who are to settle, and next steps of projects; and what of it is late."""
        question = asked(request, self.store.today)
        page = page_of(self._all_due(question), question)
        told = tuple(self._as_it_stood(each) for each in page.dues)
        return self.store.dump(replace(page, dues=told))

    def _all_due(self, question: Asked) -> Iterator[Due]:
        for step in self.store.find(DueStep, MOST, is_open=True):
            yield dues.of_step(step, question)
        for platform in self.store.find(Platform, MOST):
            yield from dues.of_targets(platform, question)
        for policy in self.store.find(Policy, MOST):
            yield from dues.of_policy(policy, question)
        for due in self._perhaps_due(question):
            if due:
                yield due

    def _perhaps_due(self, question: Asked) -> Iterator[Due | None]:
        for hold in self.store.find(PlotHold, MOST):
            listing = self.store.get(Listing, hold.listing_id)
            yield dues.of_hold(hold, listing.township if listing else None, question)
        for entry in self.store.find(ContestEntry, MOST):
            yield dues.of_settlement(entry, question)
        for project in self.store.find(Project, MOST, is_open=True):
            yield dues.of_next_step(project, question)
        for plan in self.store.find(OfferPlan, MOST):
            yield dues.of_offer_plan(plan, question)

    def _as_it_stood(self, due: Due) -> Due:
        """With how it stood when its day was over, or of a notice when its hour had come."""
        if due.what not in BY_BIDDERS:
            return as_it_stood(due, STOOD, self.store.repository, self.store.now)
        step = self.store.require(DueStep, due.thing_id)
        supply = self.store.get(Supply, step.supply_id)
        return dues.as_bidders_stood(due, supply, self.store.now) if supply else due
