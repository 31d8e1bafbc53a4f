"""The ledger of deadlines [到期事项台账]: what is due of land, soil and floor space, by its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.dues.asked import DueQuestion, PeriodQuestion, asked, period_asked
from park.dues.due import Asked, Due, DuePage, page_of
from park.dues.outcome import DueOutcomePage, Gone, page_of_outcomes
from park.dues.stood import as_it_stood
from park.why.then import kept_at

from ..bulletins.meeting import Decision
from ..carriers.unit import Unit
from ..paths.deadline import Deadline
from ..paths.lengths import PathStep
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..remediation.entrypoints import recovered_on
from ..screening.plot import Plot as ScreenedPlot
from ..soil.duties import Plot
from ..soil.record import SoilRecord
from ..soil.stages import SoilStage
from . import dues, outcomes
from .stood import STOOD

MOST = 100_000  # cases, units: far more than a district has


class AskDue(Contract, DueQuestion):
    """What is due of cases, decisions, soil, building and leases."""


class AskDueOutcomes(Contract, PeriodQuestion):
    """What became of what was due of cases, decisions and soil."""


class Ledger:
    """Answers what is due, for whom, on which day, by which rule, and who was reminded of it."""

    store: Any  # within a handler, the unit of work

    @query(AskDue, answers=DuePage)
    def due(self, request: dict[str, Any]) -> Any:
        """What is due of cases, of decisions of the meeting, of registered soil, of land not built on and of
        leases; and what of it is late."""
        question = asked(request, self.store.today)
        kept = kept_at(self.store, question.known_at)
        page = page_of(self._all_due(kept, question), question)
        told = tuple(self._as_it_stood(kept, each) for each in page.dues)
        return self.store.dump(replace(page, dues=told))

    @query(AskDueOutcomes, answers=DueOutcomePage)
    def due_outcomes(self, request: dict[str, Any]) -> Any:
        """What became of the steps of cases, of decisions of the meeting and of the periodic reports of soil,
        that were due in a period: met, late or missed, and how each stood on its day."""
        question, today = period_asked(request), self.store.today
        found = self._all_gone(today)
        as_stood, told = partial(self._frozen, self.store), outcomes.NOT_COVERED
        return self.store.dump(page_of_outcomes(found, question, today, as_stood, told))

    def _all_gone(self, today: date) -> Iterator[Gone]:
        for case in self.store.find(Case, MOST):
            yield from outcomes.of_case(case, today)
        for decision, case in self._decisions(self.store):
            if gone := outcomes.of_decision(decision, case):
                yield gone
        for record in self.store.find(SoilRecord, MOST):
            if record.risk_controls:
                yield from outcomes.of_soil(self._plot_of(self.store, record, today))

    def _all_due(self, kept: Any, question: Asked) -> Iterator[Due]:
        for step in PathStep:
            for deadline in kept.find(Deadline, MOST, "due_on", step=step):
                if due := dues.of_case(deadline, question):
                    yield due
        for decision, case in self._decisions(kept):
            if due := dues.of_decision(decision, case, question):
                yield due
        for record in kept.find(SoilRecord, MOST, stage=SoilStage.RISK_CONTROL):
            if due := dues.of_soil(self._plot_of(kept, record, question.on), question):
                yield due
        for plot in kept.find(ScreenedPlot, MOST, "idle_moves_on", clock_runs=True):
            if due := dues.of_idle_clock(plot, question):
                yield due
        for unit in kept.find(Unit, MOST):
            yield from dues.of_leases(unit, question)

    def _decisions(self, kept: Any) -> Iterator[tuple[Decision, Case]]:
        """Those with a day, each with its case."""
        for decision in kept.find(Decision, MOST):
            if decision.due_on:
                yield decision, kept.require(Case, decision.case_id)

    def _plot_of(self, kept: Any, record: SoilRecord, on: date) -> Plot:
        parcel = kept.get(Parcel, record.parcel_id) or Parcel.unknown(record.parcel_id)
        return Plot(
            parcel=parcel,
            record=record,
            target_use=None,
            today=on,
            recovered_on=recovered_on(parcel, kept),
        )

    def _as_it_stood(self, kept: Any, due: Due) -> Due:
        """With the firms and the rule of a case, and how it stood when its day was over."""
        if due.thing == "case" and due.due_on is not None:
            due = dues.by_case(due, kept.require(Case, due.thing_id))
        return self._frozen(kept, due)

    def _frozen(self, kept: Any, due: Due) -> Due:
        return as_it_stood(due, STOOD, self.store.repository, kept.now)
