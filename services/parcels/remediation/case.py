"""A remediation case [整治]: the reports about it, and how far those that are in force have moved it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from backbone.errors import Reason

from ..words import DisposalWay, township_of
from .release import Release
from .reports import Approved, Completed, Identified, Planned, Progressed, Report

R = TypeVar("R", bound=Report)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A report that had been waiting and turned out not to fit what comes before it."""

    report: str
    event_id: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A report that is here may still wait: those up to `state` are in force. `disposal_way` is that
    of the plan in force. `vacated_parcel_id` is the parcel, or the child that was split off for it."""

    case_id: str
    parcel_id: str
    township: str
    state: CaseState = CaseState.ANNOUNCED
    disposal_way: DisposalWay | None = None
    identified: Identified | None = None
    planned: Planned | None = None
    approved: Approved | None = None
    progressed: Progressed | None = None
    completed: Completed | None = None
    set_aside: tuple[SetAside, ...] = ()
    vacated_parcel_id: str
    release: Release = field(default_factory=Release)

    @classmethod
    def unknown(cls, case_id: str, parcel_id: str) -> Case:
        """A case of which nothing was reported yet."""
        township = township_of(case_id)
        return cls(
            case_id=case_id, parcel_id=parcel_id, township=township, vacated_parcel_id=parcel_id
        )

    @property
    def is_open(self) -> bool:
        """From its identification to its acceptance. An id that was mistyped announces a case which
        never comes to anything; that one must not hold up land for ever."""
        return self.state not in (CaseState.ANNOUNCED, CaseState.ACCEPTED)

    @property
    def vacated(self) -> Completed | None:
        """The acceptance that vacated land, if there is one in force."""
        completed = self.in_force(Completed)
        return completed if completed and completed.vacated_area_m2 > 0 else None

    def holds_vacated(self, parcel_id: str) -> bool:
        """Whether it has vacated land of this parcel, which is under review for release."""
        return self.vacated is not None and self.vacated_parcel_id == parcel_id

    def held(self, kind: type[R]) -> R | None:
        """The report of this kind, in force or waiting."""
        report: R | None = getattr(self, kind.kind)
        return report

    def in_force(self, kind: type[R]) -> R | None:
        return self.held(kind) if self.state.rank >= LEADS_TO[kind].rank else None

    def next_report(self) -> Report | None:
        """The waiting report that is next in the chain, if it is here."""
        return next((held for kind in NEXT[self.state] if (held := self.held(kind))), None)

    def with_report(self, report: Report) -> Case:
        kept: dict[str, Any] = {report.kind: report}
        return replace(self, **kept)

    def moved_by(self, report: Report) -> Case:
        return replace(self, state=LEADS_TO[type(report)])

    def without(self, report: Report, reasons: tuple[Reason, ...]) -> Case:
        aside = SetAside(
            report=f"remediation.{report.kind}", event_id=report.said.event_id, reasons=reasons
        )
        kept: dict[str, Any] = {report.kind: None, "set_aside": (*self.set_aside, aside)}
        return replace(self, **kept)

    def with_way(self) -> Case:
        plan = self.in_force(Planned)
        return replace(self, disposal_way=plan.disposal_way if plan else None)
