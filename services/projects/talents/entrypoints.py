"""Talent plans, who applied to them, and how many talents there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from backbone import Collection, command, query, reads
from backbone.errors import NotFound, Reason, Refused
from park.rules import broken, refuse

from . import facts, schemas
from .application import ApplicationReport, TalentApplication, TalentStep
from .batch import BatchOn, batch_on
from .counts import TalentCounts, talent_counts
from .figure import FigureReport, TalentFigure
from .plan import PlanReport, TalentPlan, TalentState
from .rules import (
    APPLYING_RULES,
    PLAN_RULES,
    STATING_RULES,
    STEP_RULES,
    STEP_WARNINGS,
    Applying,
    Stating,
    Stepping,
)

MOST = 100_000  # applications, or figures: far more than a zone has
KEPT = (
    Collection(TalentPlan, key="talent_plan_id", filters=("plan_level",)),
    Collection(
        TalentApplication,
        key="talent_application_id",
        filters=("talent_plan_id", "talent_batch", "talent_state", "person_id", "project_id"),
    ),
    Collection(TalentFigure, key="talent_figure_id", history=False),  # it keeps every report
)
EMITTED = facts.EMITTED


class Talents:
    """Keeps talent plans and the applications to them, and counts by level, plan and category."""

    store: Any  # within a handler, the unit of work

    get_talent_plan, list_talent_plans, talent_plan_history = reads(TalentPlan)
    get_talent_application, list_talent_applications, talent_application_history = reads(
        TalentApplication
    )

    @command(schemas.RecordTalentPlan, answers=TalentPlan)
    def record_talent_plan(self, request: dict[str, Any]) -> Any:
        """Record a talent plan with its categories, support and batches, or correct it."""
        report = PlanReport(**request["report"], known_at=self.store.now)
        refuse(*broken(PLAN_RULES, report))
        plan_id = request["talent_plan_id"]
        before = self.store.get(TalentPlan, plan_id) or TalentPlan(talent_plan_id=plan_id)
        after = before.with_report(report)
        self.store.save(after)
        return self.store.dump(after)

    @command(schemas.ApplyForTalentPlan, answers=schemas.TalentApplied)
    def apply_for_talent_plan(self, request: dict[str, Any]) -> Any:
        """Record that a person applied to a batch of a plan, or correct it."""
        report = ApplicationReport(**request["report"], known_at=self.store.now)
        plan = self._talent_plan(report.talent_plan_id)
        application_id = request["talent_application_id"]
        known = self.store.get(TalentApplication, application_id)
        refuse(
            *broken(
                APPLYING_RULES, Applying(report=report, plan=plan, known=known, now=self.store.now)
            )
        )
        after = (
            known.with_report(report)
            if known
            else TalentApplication(
                talent_application_id=application_id, application_reports=(report,)
            )
        )
        return self._keep_application(known, after, report.step, self._applied_twice(after))

    @command(schemas.EnterTalentState, answers=schemas.TalentApplied)
    def enter_talent_state(self, request: dict[str, Any]) -> Any:
        """An application entered a state on a day, or that was not as it was recorded. What comes late takes
        its place among the others by its day."""
        before = self._talent_application(request)
        step = TalentStep(**request["step"], known_at=self.store.now)
        stepping = self._stepping(before, step)
        refuse(*broken(STEP_RULES, stepping))
        same = step.says_as(before.step(step.talent_state))
        after = before if same else before.with_step(step)
        return self._keep_application(before, after, step, broken(STEP_WARNINGS, stepping))

    @command(schemas.RevokeTalentState, answers=schemas.TalentApplied)
    def revoke_talent_state(self, request: dict[str, Any]) -> Any:
        """A state was not entered after all; the record of it stays."""
        before = self._talent_application(request)
        known = before.step(request["talent_state"])
        if known is None or known.talent_state is TalentState.SUBMITTED:
            sentence = "Name a state that the application entered after its submission."
            raise Refused([Reason("TALENT_STATE_NOT_ENTERED", sentence, field="talent_state")])
        step = replace(known, revoked=True, known_at=self.store.now)
        stepping = self._stepping(before, step)
        refuse(*broken(STEP_RULES, stepping))
        return self._keep_application(before, before.with_step(step), step, ())

    @command(schemas.StateTalentFigure, answers=TalentFigure)
    def state_talent_figure(self, request: dict[str, Any]) -> Any:
        """Record a number of applications or talents that was reported without its records, or correct it."""
        report = FigureReport(**request["report"], known_at=self.store.now)
        plan_id = report.talent_scope.talent_plan_id
        plan = self._talent_plan(plan_id) if plan_id else None
        refuse(*broken(STATING_RULES, Stating(report=report, plan=plan, today=self.store.today)))
        figure_id = request["talent_figure_id"]
        before = self.store.get(TalentFigure, figure_id) or TalentFigure(talent_figure_id=figure_id)
        after = before.with_report(report)
        self.store.save(after)
        return self.store.dump(after)

    @query(schemas.BatchAsked, answers=BatchOn)
    def batch_applicants(self, request: dict[str, Any]) -> Any:
        """Who had applied to a batch at its deadline or at another moment, as known at a moment."""
        known_at = min(request["known_at"] or self.store.now, self.store.now)
        plan_id = request["talent_plan_id"]
        plan = self.store.require(TalentPlan, plan_id, "talent_plan_id").known(known_at)
        batch = plan.batch(request["talent_batch"]) if plan else None
        if batch is None:
            raise NotFound.of("talent batch", "talent_batch")
        at = request["at"] or batch.closes_at
        applications = self.store.find(TalentApplication, MOST)
        return self.store.dump(batch_on(plan_id, batch, applications, at, known_at))

    @query(schemas.TalentCountsAsked, answers=TalentCounts)
    def talent_counts(self, request: dict[str, Any]) -> Any:
        """How many applied and how many are talents, by level, plan and category, on a day as known at a
        moment: from the records where there are any, else as stated."""
        known_at = min(request["known_at"] or self.store.now, self.store.now)
        found = talent_counts(
            self.store.find(TalentPlan, MOST),
            self.store.find(TalentApplication, MOST),
            self.store.find(TalentFigure, MOST),
            request["on"] or self.store.today,
            known_at,
        )
        return self.store.dump(found)

    def _talent_plan(self, plan_id: str) -> PlanReport:
        plan: TalentPlan = self.store.require(TalentPlan, plan_id, "talent_plan_id")
        return plan.plan_reports[-1]

    def _talent_application(self, request: dict[str, Any]) -> TalentApplication:
        found: TalentApplication = self.store.require(
            TalentApplication, request["talent_application_id"], "talent_application_id"
        )
        return found

    def _stepping(self, application: TalentApplication, step: TalentStep) -> Stepping:
        plan = self._talent_plan(application.talent_plan_id)
        return Stepping(step=step, application=application, plan=plan, now=self.store.now)

    def _applied_twice(self, application: TalentApplication) -> list[Reason]:
        """A warning: the person is in this batch of the plan already (practice; plans differ)."""
        others = self.store.find(
            TalentApplication,
            MOST,
            person_id=application.person_id,
            talent_plan_id=application.talent_plan_id,
            talent_batch=application.talent_batch,
        )
        own = application.talent_application_id
        if all(each.talent_application_id == own for each in others):
            return []
        sentence = "The person has another application to this batch."
        return [Reason("PERSON_APPLIED_TWICE", sentence, field="person_id")]

    def _keep_application(
        self,
        before: TalentApplication | None,
        after: TalentApplication,
        step: TalentStep,
        warnings: Iterable[Reason],
    ) -> Any:
        if after != before:
            self.store.save(after)
            self.store.announce(facts.stepped(after, step))
        said = [each.as_dict() for each in warnings]
        return self.store.dump({"talent_application": after, "warnings": said})
