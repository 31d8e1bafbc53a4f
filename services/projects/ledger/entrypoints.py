"""The ledger of deadlines [到期事项台账]: what is due of land and of investment, by its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.dues.asked import DueQuestion, PeriodQuestion, asked, period_asked
from park.dues.due import Asked, Due, DuePage, page_of
from park.dues.outcome import DueOutcomePage, Gone, page_of_outcomes
from park.dues.stood import as_it_stood
from park.time import end_of
from park.why.then import kept_at

from ..contests.contest import Contest
from ..contests.entry import ContestEntry
from ..contracts.contract import Contract as SignedContract
from ..dues.due_step import DueStep
from ..handbook.hold import PlotHold
from ..listings.listing import Listing
from ..pipeline.project import Project
from ..plans.offer_plan import OfferPlan
from ..platforms.platform import Platform
from ..policies.policy import Policy
from ..supply.supply import Supply
from . import dues, outcomes, terms
from .stood import STOOD

MOST = 100_000  # steps, projects: far more than a zone has


class AskDue(Contract, DueQuestion):
    """What is due between a notice and full capacity, and of the work of the investment team."""


class AskDueOutcomes(Contract, PeriodQuestion):
    """What became of what was due between a notice and full capacity, and of investment."""


class Ledger:
    """Answers what is due, for whom, on which day, by which rule, and who was reminded of it."""

    store: Any  # within a handler, the unit of work

    @query(AskDue, answers=DuePage)
    def due(self, request: dict[str, Any]) -> Any:
        """What is due of notices, contracts, payments and reviews, of offer plans, targets, policies, holds,
        winners who are to settle, and next steps of projects; and what of it is late."""
        question = asked(request, self.store.today)
        kept = kept_at(self.store, question.known_at)
        page = page_of(self._all_due(kept, question), question)
        told = tuple(self._as_it_stood(kept, each) for each in page.dues)
        return self.store.dump(replace(page, dues=told))

    @query(AskDueOutcomes, answers=DueOutcomePage)
    def due_outcomes(self, request: dict[str, Any]) -> Any:
        """What became of what was due in a period of contracts, payments and reviews, of offer plans, targets
        and winners who were to settle: met, late or missed, and how each stood on its day."""
        question, today = period_asked(request), self.store.today
        found = (each for each in self._all_gone(Asked(on=today)) if each)
        as_stood, told = partial(self._as_it_stood, self.store), outcomes.NOT_COVERED
        return self.store.dump(page_of_outcomes(found, question, today, as_stood, told))

    def _all_gone(self, today: Asked) -> Iterator[Gone | None]:
        for step in self.store.find(DueStep, MOST):
            yield outcomes.of_step(step, self._was_open(step), today)
        for platform in self.store.find(Platform, MOST):
            yield from outcomes.of_targets(platform, today)
        for entry in self.store.find(ContestEntry, MOST):
            yield outcomes.of_settlement(entry, today)
        for plan in self.store.find(OfferPlan, MOST):
            supplies = self.store.find(Supply, MOST, listing_id=plan.listing_id)
            yield from outcomes.of_offer_plan(plan, [each.notice for each in supplies], today)

    def _was_open(self, step: DueStep) -> bool:
        """Whether a step that was dropped since was open when its day was over."""
        if not step.dropped or step.due_on is None:
            return False
        then = self.store.repository.as_of(DueStep, step.step_id, end_of(step.due_on))
        return then is not None and then.is_open and step.due_on < self.store.today

    def _all_due(self, kept: Any, question: Asked) -> Iterator[Due]:
        for step in kept.find(DueStep, MOST, is_open=True):
            yield dues.of_step(step, question)
        for platform in kept.find(Platform, MOST):
            yield from dues.of_targets(platform, question)
        for policy in kept.find(Policy, MOST):
            yield from dues.of_policy(policy, question)
        for due in self._perhaps_due(kept, question):
            if due:
                yield due

    def _perhaps_due(self, kept: Any, question: Asked) -> Iterator[Due | None]:
        for hold in kept.find(PlotHold, MOST):
            listing = kept.get(Listing, hold.listing_id)
            yield dues.of_hold(hold, listing.township if listing else None, question)
        for entry in kept.find(ContestEntry, MOST):
            yield dues.of_settlement(entry, question)
        for project in kept.find(Project, MOST, is_open=True):
            yield dues.of_next_step(project, question)
        for plan in kept.find(OfferPlan, MOST):
            yield dues.of_offer_plan(plan, question)

    def _as_it_stood(self, kept: Any, due: Due) -> Due:
        """With its firm, the length of its rule, and how it stood when its day was over."""
        if due.thing == "contest_entry":
            entry = kept.require(ContestEntry, due.thing_id)
            due = terms.by_contest(due, entry, kept.require(Contest, entry.contest_id))
        if due.thing == "due_step":
            step = kept.require(DueStep, due.thing_id)
            supply = kept.get(Supply, step.supply_id)
            contract = kept.get(SignedContract, step.supply_id)
            due = terms.by_terms(due, step, supply, contract)
        return as_it_stood(due, STOOD, self.store.repository, kept.now)
