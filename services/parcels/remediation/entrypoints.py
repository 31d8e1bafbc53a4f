"""Remediation: the reports that move a case, from its identification to its acceptance."""

from __future__ import annotations

from typing import Any

from backbone import Collection, hears, reads
from backbone.messages.envelope import Event
from park.rules import refuse

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from ..register.rules import not_your_township
from . import facts, schemas
from .case import Case
from .cases import cases_on as cases_on
from .cases import recovered_on as recovered_on
from .chain import advanced, note_of, note_of_turn, reported, turned
from .reports import Approved, Completed, Identified, Planned, Progressed, Report
from .turns import Turn, TurnKind

MOST_CASES = 100_000  # far more than a park has
KEPT = (
    Collection(Case, key="case_id", filters=("township", "parcel_id", "state", "disposal_way")),
)
EMITTED = facts.EMITTED


class Remediation(Reporting):
    """Keeps the cases, and moves each as the reports about it allow."""

    get_case, list_cases, case_history = reads(Case)

    @hears(
        "township", "remediation.identified", schemas.RemediationIdentified, in_order_of="parcel_id"
    )
    def identify_remediation(self, event: Event) -> str | None:
        """The task force found a plot to be of low efficiency."""
        return self._report(event, Identified)

    @hears("township", "remediation.planned", schemas.RemediationPlanned, in_order_of="parcel_id")
    def plan_remediation(self, event: Event) -> str | None:
        """A plan says what shall be done, and until when."""
        return self._report(event, Planned)

    @hears("township", "remediation.approved", schemas.RemediationApproved, in_order_of="parcel_id")
    def approve_remediation(self, event: Event) -> str | None:
        """The plan was approved."""
        return self._report(event, Approved)

    @hears(
        "township", "remediation.progressed", schemas.RemediationProgressed, in_order_of="parcel_id"
    )
    def progress_remediation(self, event: Event) -> str | None:
        """The work has come so far."""
        return self._report(event, Progressed)

    @hears(
        "township", "remediation.completed", schemas.RemediationCompleted, in_order_of="parcel_id"
    )
    def complete_remediation(self, event: Event) -> str | None:
        """The case was accepted; what it vacated may be released."""
        return self._report(event, Completed)

    @hears(
        "township",
        "remediation.acceptance_requested",
        schemas.RemediationAcceptanceRequested,
        in_order_of="parcel_id",
    )
    def request_acceptance(self, event: Event) -> str | None:
        """The township asks for the acceptance of what was done."""
        return self._turn(event, TurnKind.ACCEPTANCE_REQUESTED)

    @hears("township", "remediation.returned", schemas.RemediationReturned, in_order_of="parcel_id")
    def return_remediation(self, event: Event) -> str | None:
        """The task force misses something; the work goes on."""
        return self._turn(event, TurnKind.RETURNED)

    @hears(
        "township", "remediation.suspended", schemas.RemediationSuspended, in_order_of="parcel_id"
    )
    def suspend_remediation(self, event: Event) -> str | None:
        """The task force lets the case rest; nothing is due."""
        return self._turn(event, TurnKind.SUSPENDED)

    @hears("township", "remediation.resumed", schemas.RemediationResumed, in_order_of="parcel_id")
    def resume_remediation(self, event: Event) -> str | None:
        """The case goes on where it stood."""
        return self._turn(event, TurnKind.RESUMED)

    @hears(
        "township", "remediation.cancelled", schemas.RemediationCancelled, in_order_of="parcel_id"
    )
    def cancel_remediation(self, event: Event) -> str | None:
        """The task force gives the case up, for good; it holds up no land."""
        return self._turn(event, TurnKind.CANCELLED)

    @hears("township", "remediation.reopened", schemas.RemediationReopened, in_order_of="parcel_id")
    def reopen_remediation(self, event: Event) -> str | None:
        """The trouble came back after the acceptance; what was released is revoked."""
        return self._turn(event, TurnKind.REOPENED)

    @hears(
        "township",
        "remediation.followed_up",
        schemas.RemediationFollowedUp,
        in_order_of="parcel_id",
    )
    def follow_up_remediation(self, event: Event) -> str | None:
        """Somebody looked again at what was accepted."""
        return self._turn(event, TurnKind.FOLLOWED_UP)

    def advance_cases(self, parcel_id: str) -> None:
        """Move on the cases whose reports waited for this parcel."""
        parcel = self.store.require(Parcel, parcel_id)
        for case in cases_on(parcel, self.store):
            if case.parcel_id == parcel_id:
                after, *announced = advanced(case, parcel)
                self.store.save(after)
                self.store.announce(*announced)

    def _report(self, event: Event, kind: type[Report]) -> str | None:
        parcel, case = self._parcel(event), self._case(event)
        said = self._said(event, kind.day if event.data["on"] else "time")
        report = kind(**event.data["report"], said=said)
        after = self._follow(parcel, *reported(case, parcel, report))
        return note_of(after, report, registered=parcel.registered)

    def _turn(self, event: Event, kind: TurnKind) -> str | None:
        parcel, case = self._parcel(event), self._case(event)
        said = self._said(event, f"data.{kind.day}")
        turn = Turn(kind=kind, **event.data["report"], said=said)
        after = self._follow(parcel, *turned(case, parcel, turn))
        return note_of_turn(after, turn, registered=parcel.registered)

    def _follow(self, parcel: Parcel, after: Case, *announced: Any) -> Case:
        """Keep the case, and let everything that looks at its land look again, also at what has taken
        its place."""
        self.store.save(parcel.with_case(after.case_id), after)
        self.store.announce(*announced)
        heirs = self._with_heirs(parcel.parcel_id)
        for parcel_id in dict.fromkeys((parcel.parcel_id, after.vacated_parcel_id, *heirs)):
            self.parcel_changed(parcel_id)
        return after

    def _case(self, event: Event) -> Case:
        case_id, parcel_id = event.data["case_id"], event.data["parcel_id"]
        case = self.store.get(Case, case_id) or Case.unknown(case_id, parcel_id)
        refuse(not_your_township(event.publisher, case.township, "data.case_id"))
        return case
