"""The course of a case: where its reports have brought it, as a function of those that are here.

The chain (finding, plan, approval, progress) says how far the work is. Turns and acceptances are walked
through in the order of their days, in whatever order they came; one that does not fit where it stands
has no effect, and has it when the report that it builds on arrives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

from backbone.records import record

from .reports import Completed, Progressed
from .turns import Turn, TurnKind


class CaseState(StrEnum):
    """How far a case has come, the least first."""

    ANNOUNCED = "announced"  # its reports wait for its identification, or for its parcel
    IDENTIFIED = "identified"
    PLAN_DRAFTED = "plan_drafted"
    PLAN_APPROVED = "plan_approved"
    IN_PROGRESS = "in_progress"
    ACCEPTED = "accepted"

    @property
    def rank(self) -> int:
        return list(CaseState).index(self)


class Stage(StrEnum):
    """Where a case stands, of all that may happen to one."""

    ANNOUNCED = "announced"
    IDENTIFIED = "identified"
    PLAN_DRAFTED = "plan_drafted"
    PLAN_APPROVED = "plan_approved"
    IN_PROGRESS = "in_progress"
    ACCEPTANCE_PENDING = "acceptance_pending"
    ACCEPTED = "accepted"
    SUSPENDED = "suspended"
    REOPENED = "reopened"
    CANCELLED = "cancelled"


AT_WORK = (Stage.PLAN_APPROVED, Stage.IN_PROGRESS, Stage.REOPENED)
CLOSED = (Stage.ACCEPTED, Stage.CANCELLED)
ENDS_REST = (TurnKind.RESUMED, TurnKind.CANCELLED)
Step: TypeAlias = Turn | Completed
Rest: TypeAlias = tuple[date, date]  # the first day of a suspension, and the first day after it


@record
class Course:
    """`taken` are the turns and acceptances that had an effect, in the order of their days."""

    stage: Stage
    taken: tuple[Step, ...] = ()

    @property
    def acceptance(self) -> Completed | None:
        """The last acceptance that had an effect, also after the case was reopened."""
        accepted = [step for step in self.taken if isinstance(step, Completed)]
        return accepted[-1] if accepted else None

    def rests(self, until: date) -> list[Rest]:
        """The suspensions that began before that day; one that lasts is counted up to it."""
        rests: list[Rest] = []
        since: date | None = None
        for step in self.taken:
            if isinstance(step, Turn) and step.kind is TurnKind.SUSPENDED:
                since = step.said.on
            elif since and (isinstance(step, Completed) or step.kind in ENDS_REST):
                rests.append((since, step.said.on))
                since = None
        rests += [(since, until)] if since else []
        return [(first, min(last, until)) for first, last in rests if first < until]

    def has_taken(self, turn: Turn) -> bool:
        return any(isinstance(step, Turn) and step.is_same_as(turn) for step in self.taken)


def course_of(
    chain: CaseState,
    progressed: Progressed | None,
    acceptances: Iterable[Completed],
    turns: Iterable[Turn],
) -> Course:
    """Where these reports lead. `chain` is how far the chain has come, `acceptances` those that it
    allows: before the first one of them the case was at work."""
    if chain is CaseState.ANNOUNCED:
        return Course(stage=Stage.ANNOUNCED)
    begun = Stage.IN_PROGRESS if progressed else Stage.PLAN_APPROVED
    walk = _Walk(at=begun if chain is CaseState.ACCEPTED else Stage(chain))
    steps: list[Any] = [*acceptances, *turns, *([progressed] if progressed else [])]
    for step in sorted(steps, key=place):
        walk.on(step)
    suspended = walk.suspended and walk.at not in CLOSED
    stage = Stage.SUSPENDED if suspended else walk.at
    return Course(stage=stage, taken=tuple(walk.taken))


def place(step: Step | Progressed) -> tuple[Any, ...]:
    """Where a step stands among the others of its case: they sort by it. Within a day an acceptance
    comes before what follows on it, as a reopening, unless it answers that; a turn comes where its
    event says."""
    day = step.said.on
    if isinstance(step, Turn):
        return day, 1, step.said
    answers_this_day = isinstance(step, Completed) and step.reopened_on == day
    return day, 2 if answers_this_day else 0, step.said


@dataclass(slots=True)
class _Walk:
    """Where a walk through the steps has come to. `relapses` are the days of the reopenings since the
    last acceptance: one of them is named by the acceptance that follows."""

    at: Stage
    suspended: bool = False
    relapses: set[date] = field(default_factory=set)
    taken: list[Step] = field(default_factory=list)

    def on(self, step: Step | Progressed) -> None:
        if isinstance(step, Progressed):
            if self.at is Stage.REOPENED:
                self.at = Stage.IN_PROGRESS
        elif isinstance(step, Completed):
            self._accept(step)
        elif self._turn(step):
            self.taken.append(step)

    def _accept(self, step: Completed) -> None:
        """The first acceptance, or that after a reopening. It ends a suspension."""
        answers = step.reopened_on in self.relapses if self.relapses else not step.reopened_on
        if answers and self.at not in CLOSED:
            self.at, self.suspended = Stage.ACCEPTED, False
            self.relapses = set()
            self.taken.append(step)

    def _turn(self, turn: Turn) -> bool:
        """Take the turn, if it fits here; whether it did."""
        match turn.kind:
            case TurnKind.ACCEPTANCE_REQUESTED:
                return self._move(AT_WORK, Stage.ACCEPTANCE_PENDING)
            case TurnKind.RETURNED:
                return self._move((Stage.ACCEPTANCE_PENDING,), Stage.IN_PROGRESS)
            case TurnKind.CANCELLED:
                return self.at not in CLOSED and self._move((self.at,), Stage.CANCELLED)
            case TurnKind.REOPENED:
                return self._reopen(turn.said.on)
            case TurnKind.FOLLOWED_UP:
                return any(isinstance(step, Completed) for step in self.taken)
            case TurnKind.SUSPENDED | TurnKind.RESUMED:
                return self._suspend(turn.kind is TurnKind.SUSPENDED)

    def _move(self, sources: tuple[Stage, ...], target: Stage) -> bool:
        fits = self.at in sources
        self.at = target if fits else self.at
        return fits

    def _reopen(self, day: date) -> bool:
        """Once after each acceptance; a later one that finds the case open is part of the first."""
        if self.at is Stage.ACCEPTED or self.relapses:
            self.relapses.add(day)
        return self._move((Stage.ACCEPTED,), Stage.REOPENED)

    def _suspend(self, suspended: bool) -> bool:
        fits = self.at not in CLOSED and self.suspended is not suspended
        self.suspended = suspended if fits else self.suspended
        return fits
