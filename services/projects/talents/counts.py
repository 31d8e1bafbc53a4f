"""Talents and applications by level, plan and category on a day, as it was known at a moment.

A number is counted from the records where there are any, and the stated one where a figure alone was
reported. The two are shown side by side and never added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from backbone.records import record
from park.time import end_of

from .application import ApplicationReport, TalentApplication, TalentStep, holds_on
from .figure import (
    FigureReport,
    TalentFigure,
    TalentFigureKind,
    TalentMeasure,
    TalentScope,
    borne_out,
)
from .plan import PlanLevel, PlanReport, TalentPlan, TalentState

MOST_IDS = 200  # that an answer names
NUMBER = ("talents", "talents_from", "talent_figure_kind")


class CountedFrom(StrEnum):
    RECORDS = "records"
    STATEMENT = "statement"


@record
class TalentCount:
    """`talents` is the number that holds, `talents_from` says where it is from, and `talent_figure_kind` how
    much it says; none of them where there is a target alone. `talents_recorded` and `persons` are none
    without records; one person may have several applications. `stated_figure` is the last one by the day,
    `talent_targets` are what is to be. `stated_alone` names the plans of the scope of which there is a
    figure and no record, so that they are not in the records."""

    talent_scope: TalentScope
    talents: int | None
    talents_from: CountedFrom | None
    talent_figure_kind: TalentFigureKind | None
    talents_recorded: int | None
    persons: int | None
    talent_application_ids: tuple[str, ...]
    stated_figure: FigureReport | None
    borne_out: bool | None
    talent_targets: tuple[FigureReport, ...]
    stated_alone: tuple[str, ...]


@record
class TalentCounts:
    on: date
    known_at: datetime
    talent_counts: tuple[TalentCount, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """An application as it was on the day, with its plan, by what was known."""

    id: str
    report: ApplicationReport
    plan: PlanReport
    path: tuple[TalentStep, ...]
    on: date

    def is_of(self, scope: TalentScope) -> bool:
        """It is in the records of the scope: for talents, once it was approved."""
        same_level = scope.plan_level in (None, self.plan.plan_level)
        same_plan = scope.talent_plan_id in (None, self.report.talent_plan_id)
        same_category = scope.talent_category in (None, self.report.talent_category)
        return (
            same_level and same_plan and same_category and self._is_recorded(scope.talent_measure)
        )

    def counts(self, measure: TalentMeasure) -> bool:
        if measure is TalentMeasure.APPLICATIONS:
            return True
        return holds_on(self.path, self.plan.term_months, self.on)

    def _is_recorded(self, measure: TalentMeasure) -> bool:
        if measure is TalentMeasure.APPLICATIONS:
            return True
        return any(each.talent_state is TalentState.APPROVED for each in self.path)


def talent_counts(
    plans: Iterable[TalentPlan],
    applications: Iterable[TalentApplication],
    figures: Iterable[TalentFigure],
    on: date,
    known_at: datetime,
) -> TalentCounts:
    """A number for each scope of which there are records or a figure."""
    known = {each.talent_plan_id: plan for each in plans if (plan := each.known(known_at))}
    seen = [*_seen(known, applications, on, known_at)]
    said = [*_said(known, figures, known_at)]
    scopes = {*_scopes(seen), *(each.talent_scope for each in said)}
    found = (_count(scope, seen, said, on) for scope in sorted(scopes, key=_order))
    return TalentCounts(
        on=on, known_at=known_at, talent_counts=tuple(each for each in found if each)
    )


def _seen(
    plans: dict[str, PlanReport],
    applications: Iterable[TalentApplication],
    on: date,
    known_at: datetime,
) -> Iterator[Seen]:
    for each in applications:
        report = each.known(known_at)
        plan = plans.get(report.talent_plan_id) if report else None
        path = each.path(by=end_of(on), known_at=known_at)
        if report and plan and path:
            yield Seen(each.talent_application_id, report, plan, path, on)


def _said(
    plans: dict[str, PlanReport], figures: Iterable[TalentFigure], known_at: datetime
) -> Iterator[FigureReport]:
    """The figures that stood at the moment; that of a plan has the level of the plan."""
    for each in figures:
        report = each.known(known_at)
        if report is None or report.revoked:
            continue
        plan = plans.get(report.talent_scope.talent_plan_id or "")
        level = plan.plan_level if plan else report.talent_scope.plan_level
        yield replace(report, talent_scope=replace(report.talent_scope, plan_level=level))


def _scopes(seen: Iterable[Seen]) -> Iterator[TalentScope]:
    """All together, and each level, plan and category, of which there are records."""
    for each in seen:
        level, plan_id = each.plan.plan_level, each.report.talent_plan_id
        for measure in TalentMeasure:
            for scope in (
                TalentScope(talent_measure=measure),
                TalentScope(talent_measure=measure, plan_level=level),
                TalentScope(talent_measure=measure, plan_level=level, talent_plan_id=plan_id),
                TalentScope(
                    talent_measure=measure,
                    plan_level=level,
                    talent_plan_id=plan_id,
                    talent_category=each.report.talent_category,
                ),
            ):
                if each.is_of(scope):
                    yield scope


def _count(
    scope: TalentScope, seen: list[Seen], said: list[FigureReport], on: date
) -> TalentCount | None:
    records = [each for each in seen if each.is_of(scope)]
    there = [each for each in records if each.counts(scope.talent_measure)]
    stated, targets = _stated(scope, said, on)
    if not records and stated is None and not targets:
        return None
    recorded = len(there) if records else None
    return TalentCount(
        talent_scope=scope,
        **_number(recorded, stated),
        talents_recorded=recorded,
        persons=len({each.report.person_id for each in there}) if records else None,
        talent_application_ids=tuple(sorted(each.id for each in there))[:MOST_IDS],
        stated_figure=stated,
        borne_out=borne_out(stated, recorded) if stated and recorded is not None else None,
        talent_targets=targets,
        stated_alone=_stated_alone(scope, seen, said, on),
    )


def _number(recorded: int | None, stated: FigureReport | None) -> dict[str, Any]:
    """The records, else the statement; where there is neither, nothing."""
    if recorded is not None:
        found = (recorded, CountedFrom.RECORDS, TalentFigureKind.EXACT)
    elif stated:
        found = (stated.talents_stated, CountedFrom.STATEMENT, stated.talent_figure_kind)
    else:
        return dict.fromkeys(NUMBER)
    return dict(zip(NUMBER, found, strict=True))


def _stated(
    scope: TalentScope, said: list[FigureReport], on: date
) -> tuple[FigureReport | None, tuple[FigureReport, ...]]:
    """The last figure by the day (of one day, the one that became known last), and every target."""
    of_scope = [each for each in said if each.talent_scope == scope]
    targets = [each for each in of_scope if each.talent_figure_kind is TalentFigureKind.TARGET]
    past = [each for each in of_scope if each not in targets and each.figure_on <= on]
    last = max(past, key=lambda each: (each.figure_on, each.known_at), default=None)
    return last, tuple(sorted(targets, key=lambda each: (each.figure_on, each.known_at)))


def _stated_alone(
    scope: TalentScope, seen: list[Seen], said: list[FigureReport], on: date
) -> tuple[str, ...]:
    """The plans within a wider scope that have a figure and no record."""
    if scope.talent_plan_id:
        return ()
    recorded = {each.report.talent_plan_id for each in seen if each.is_of(scope)}
    named = {
        each.talent_scope.talent_plan_id
        for each in said
        if each.talent_scope.talent_measure is scope.talent_measure
        and scope.plan_level in (None, each.talent_scope.plan_level)
        and each.talent_figure_kind is not TalentFigureKind.TARGET
        and each.figure_on <= on
    }
    return tuple(sorted(each for each in named - recorded if each))


def _order(scope: TalentScope) -> tuple[str, ...]:
    """The widest first, the levels from the highest down."""
    level = f"{[*PlanLevel].index(scope.plan_level)}" if scope.plan_level else ""
    plan_id, category = scope.talent_plan_id or "", scope.talent_category or ""
    return (scope.talent_measure, level, plan_id, category)
