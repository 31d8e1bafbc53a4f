"""A remediation case [整治]: the reports about it, and how far those that are in force have moved it."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date
from typing import Any, TypeVar, cast

from backbone.errors import Reason
from backbone.records import record

from ..words import DisposalWay, township_of
from .course import CLOSED, CaseState, Course, Stage, course_of
from .release import Release
from .reports import Approved, Completed, Identified, Planned, Progressed, Report
from .turns import Turn, with_turn

R = TypeVar("R", bound=Report)


LEADS_TO: dict[type[Report], CaseState] = {
    Identified: CaseState.IDENTIFIED,
    Planned: CaseState.PLAN_DRAFTED,
    Approved: CaseState.PLAN_APPROVED,
    Progressed: CaseState.IN_PROGRESS,
    Completed: CaseState.ACCEPTED,
}
NEXT: dict[CaseState, tuple[type[Report], ...]] = {
    CaseState.ANNOUNCED: (Identified,),
    CaseState.IDENTIFIED: (Planned,),
    CaseState.PLAN_DRAFTED: (Approved,),
    CaseState.PLAN_APPROVED: (Progressed, Completed),  # not every case reports its progress
    CaseState.IN_PROGRESS: (Completed,),
    CaseState.ACCEPTED: (),
}


@record
class SetAside:
    """A report that had been waiting and turned out not to fit what comes before it."""

    report: str
    event_id: str
    reasons: tuple[Reason, ...]


@record
class Case:
    """A report of the chain that is here may still wait: those up to `chain` are in force. `stage` is
    where the case stands; `state` knows the words of the chain alone, so that a case that was reopened
    is in progress again, and `reached` is then how far its chain has come. `disposal_way` is that of
    the plan in force. `completed_again` are acceptances after a reopening, one for each.
    `vacated_parcel_id` is the parcel, or the child that was split off for it."""

    case_id: str
    parcel_id: str
    township: str
    state: CaseState = CaseState.ANNOUNCED
    stage: Stage = Stage.ANNOUNCED
    disposal_way: DisposalWay | None = None
    identified: Identified | None = None
    planned: Planned | None = None
    approved: Approved | None = None
    progressed: Progressed | None = None
    completed: Completed | None = None
    completed_again: tuple[Completed, ...] = ()
    turns: tuple[Turn, ...] = ()
    reached: CaseState | None = None
    set_aside: tuple[SetAside, ...] = ()
    vacated_parcel_id: str
    release: Release = field(default_factory=Release)

    def __post_init__(self) -> None:
        """A case that was kept before there were stages stands where its chain has come to."""
        if self.stage is Stage.ANNOUNCED:
            object.__setattr__(self, "stage", Stage(self.state))

    @classmethod
    def unknown(cls, case_id: str, parcel_id: str) -> Case:
        """A case of which nothing was reported yet."""
        township = township_of(case_id)
        return cls(
            case_id=case_id, parcel_id=parcel_id, township=township, vacated_parcel_id=parcel_id
        )

    @property
    def is_open(self) -> bool:
        """From its identification to its acceptance or cancellation. An id that was mistyped announces
        a case which never comes to anything; that one must not hold up land for ever."""
        return self.stage not in (Stage.ANNOUNCED, *CLOSED)

    @property
    def chain(self) -> CaseState:
        """How far the reports of the chain have brought it."""
        return self.reached or self.state

    @property
    def course(self) -> Course:
        """Where the turns and acceptances that are here have brought it."""
        first = self.in_force(Completed)
        acceptances = (first, *self.completed_again) if first else ()
        return course_of(self.chain, self.progressed, acceptances, self.turns)

    @property
    def vacated(self) -> Completed | None:
        """The acceptance that vacated land, if there is one in force."""
        return self.to_release if self.stage is Stage.ACCEPTED else None

    @property
    def to_release(self) -> Completed | None:
        """The acceptance whose land is released or barred: the last one, also after a reopening; and
        one that turned out to be void after its land was released."""
        completed = self.course.acceptance
        if completed is None and self.release.release_no:
            completed = self.completed
        return completed if completed and completed.vacated_area_m2 > 0 else None

    def holds_vacated(self, parcel_id: str) -> bool:
        """Whether it has vacated land of this parcel, which is under review for release."""
        return self.vacated is not None and self.vacated_parcel_id == parcel_id

    def held(self, kind: type[R]) -> R | None:
        """The report of this kind, in force or waiting; of acceptances the first."""
        report: R | None = getattr(self, kind.kind)
        return report

    def held_like(self, report: R) -> R | None:
        """The report that this one repeats or replaces: of its kind, and of the same reopening."""
        if not isinstance(report, Completed) or report.reopened_on is None:
            return self.held(type(report))
        day = report.reopened_on
        again = [each for each in self.completed_again if each.reopened_on == day]
        return cast("R | None", again[0] if again else None)

    def in_force(self, kind: type[R]) -> R | None:
        return self.held(kind) if self.chain.rank >= LEADS_TO[kind].rank else None

    def accepted_like(self, report: Completed) -> Completed | None:
        """The acceptance in force that this one repeats or contradicts."""
        held = self.held_like(report)
        if report.reopened_on is None:
            return self.in_force(Completed)
        return held if held in self.course.taken else None

    def next_report(self) -> Report | None:
        """The waiting report that is next in the chain, if it is here."""
        return next((held for kind in NEXT[self.chain] if (held := self.held(kind))), None)

    def with_report(self, report: Report) -> Case:
        return self._with(report, report)

    def with_turn(self, turn: Turn) -> Case:
        return replace(self, turns=with_turn(self.turns, turn))

    def moved_by(self, report: Report) -> Case:
        return replace(self, state=LEADS_TO[type(report)], reached=None)

    def without(self, report: Report, reasons: tuple[Reason, ...]) -> Case:
        aside = SetAside(
            report=f"remediation.{report.kind}", event_id=report.said.event_id, reasons=reasons
        )
        return replace(self._with(report, None), set_aside=(*self.set_aside, aside))

    def _with(self, report: Report, instead: Report | None) -> Case:
        """The case with `instead` in the place of the report."""
        kept: dict[str, Any] = {report.kind: instead}
        if isinstance(report, Completed) and report.reopened_on:
            others = [each for each in self.completed_again if each != self.held_like(report)]
            again = [*others, instead] if isinstance(instead, Completed) else others
            kept = {"completed_again": tuple(sorted(again, key=_reopened_on))}
        return replace(self, **kept)

    def with_course(self) -> Case:
        course, chain = self.course, self.chain
        turns = tuple(
            replace(turn, told=turn.told or course.has_taken(turn)) for turn in self.turns
        )
        open_again = chain is CaseState.ACCEPTED and course.stage is not Stage.ACCEPTED
        state = CaseState.IN_PROGRESS if open_again else chain
        reached = chain if open_again else None
        return replace(self, state=state, stage=course.stage, reached=reached, turns=turns)

    def with_way(self) -> Case:
        plan = self.in_force(Planned)
        return replace(self, disposal_way=plan.disposal_way if plan else None)


def _reopened_on(report: Completed) -> date:
    return report.reopened_on or date.min
