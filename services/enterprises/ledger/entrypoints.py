"""The ledger of deadlines [到期事项台账]: what is due of firms and of their requests, by its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.dues.asked import DueQuestion, PeriodQuestion, asked, period_asked
from park.dues.due import Asked, Due, DuePage, page_of
from park.dues.outcome import DueOutcomePage, Gone, PeriodAsked, page_of_outcomes
from park.dues.stood import as_it_stood
from park.why.then import kept_at

from ..deadlines.told import DeadlinesTold
from ..honours.honours import FirmHonours
from ..profile.firm_profile import FirmProfile
from ..requests.request import ServiceRequest
from ..rounds.round import Round, RoundState
from . import dues, outcomes
from .stood import REQUEST_STOOD, STOOD

MOST = 100_000  # firms, requests: far more than a district has


class AskDue(Contract, DueQuestion):
    """What is due of requests, honours, capital and publicities."""


class AskDueOutcomes(Contract, PeriodQuestion):
    """What became of what was due of requests and capital."""


class Ledger:
    """Answers what is due, for whom, on which day, by which rule, and who was reminded of it."""

    store: Any  # within a handler, the unit of work

    @query(AskDue, answers=DuePage)
    def due(self, request: dict[str, Any]) -> Any:
        """What is due of requests, honours, capital and publicities, and what of it is late."""
        question = asked(request, self.store.today)
        kept = kept_at(self.store, question.known_at)
        page = page_of(self._all_due(kept, question), question)
        told = tuple(self._as_it_stood(kept, each) for each in page.dues)
        return self.store.dump(replace(page, dues=told))

    @query(AskDueOutcomes, answers=DueOutcomePage)
    def due_outcomes(self, request: dict[str, Any]) -> Any:
        """What became of the steps of requests, of capital to be paid and of terms to be adjusted, that were
        due in a period: met, late or missed, and how each stood on its day."""
        question, today = period_asked(request), self.store.today
        found = self._all_gone(question)
        as_stood, told = partial(self._as_it_stood, self.store), outcomes.NOT_COVERED
        return self.store.dump(page_of_outcomes(found, question, today, as_stood, told))

    def _all_gone(self, question: PeriodAsked) -> Iterator[Gone]:
        for request in self.store.find(ServiceRequest, MOST):
            yield from outcomes.of_request(request)
        of = {"township": question.township} if question.township else {}
        for profile in self.store.find(FirmProfile, MOST, **of):
            for find in (outcomes.of_capital, outcomes.of_capital_term):
                if gone := find(profile, self.store.today):
                    yield gone

    def _all_due(self, kept: Any, question: Asked) -> Iterator[Due]:
        for request in kept.find(ServiceRequest, MOST, is_open=True):
            yield dues.of_request(request, question)
        of = {"township": question.township} if question.township else {}
        told = {each.enterprise_id: each for each in kept.find(DeadlinesTold, MOST, **of)}
        for firm in kept.find(FirmHonours, MOST, **of):
            yield from dues.of_honours(firm, told.get(firm.enterprise_id), question)
        for profile in kept.find(FirmProfile, MOST, **of):
            yield from dues.of_capital(profile, told.get(profile.enterprise_id), question)
        for state in (RoundState.AREAS_PUBLICISED, RoundState.PUBLICISED):
            for held in kept.find(Round, MOST, state=state):
                if due := dues.of_round(held, question):
                    yield due

    def _as_it_stood(self, kept: Any, due: Due) -> Due:
        """With how it stood when its day was over."""
        how = {due.what: REQUEST_STOOD} if due.thing == "service_request" else STOOD
        return as_it_stood(due, how, self.store.repository, kept.now)
