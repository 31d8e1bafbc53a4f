"""The legs of a case: the steps that it has gone through, and the one that it is in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from backbone.records import record

from ..remediation.case import Case
from ..remediation.course import Step
from ..remediation.reports import Approved, Completed, Identified, Planned
from ..remediation.turns import Turn, TurnKind
from .lengths import PathStep


@record
class Leg:
    """A step of one case. `after` is the turn that made work begin again."""

    step: PathStep
    started_on: date
    done_on: date | None = None
    after: TurnKind | None = None


def legs_of(case: Case) -> list[Leg]:
    """The legs in their order; the last one may be open. None before the identification."""
    legs = _before_work(case)
    for step in case.course.taken:
        legs = _followed(legs, step)
    return legs


def _before_work(case: Case) -> list[Leg]:
    """From the finding to the approval; then the work is open."""
    found = [case.in_force(kind) for kind in (Identified, Planned, Approved)]
    days = [report.said.on if report else None for report in found]
    steps = (PathStep.PLANNING, PathStep.APPROVAL, PathStep.WORK)
    return [
        _leg(step, start, end)
        for step, start, end in zip(steps, days, [*days[1:], None], strict=True)
        if start
    ]


def _leg(step: PathStep, start: date, end: date | None) -> Leg:
    """A plan has no day but that of its event, which may be later than the approval."""
    return Leg(step=step, started_on=min(start, end) if end else start, done_on=end)


def _followed(legs: list[Leg], step: Step) -> list[Leg]:
    """The legs after one more step of the case's course."""
    day = step.said.on
    if isinstance(step, Completed):
        return [*_done(legs, day), Leg(step=PathStep.FOLLOW_UP, started_on=day)]
    match step.kind:
        case TurnKind.ACCEPTANCE_REQUESTED:
            return [*_done(legs, day), Leg(step=PathStep.ACCEPTANCE, started_on=day)]
        case TurnKind.RETURNED:
            return [*_done(legs, day), _again(step)]
        case TurnKind.REOPENED:
            return [*(leg for leg in legs if leg.done_on), _again(step)]
        case TurnKind.FOLLOWED_UP if legs[-1].step is PathStep.FOLLOW_UP:
            return _done(legs, day)
    return legs


def _again(turn: Turn) -> Leg:
    return Leg(step=PathStep.WORK, started_on=turn.said.on, after=turn.kind)


def _done(legs: list[Leg], day: date) -> list[Leg]:
    *before, last = legs
    return [*before, last if last.done_on else replace(last, done_on=max(day, last.started_on))]
