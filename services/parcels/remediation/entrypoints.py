"""Remediation: the reports that move a case, from its identification to its acceptance."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone import Collection, hears, reads
from backbone.messages.envelope import Event
from park.rules import refuse

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from ..register.rules import not_your_township
from ..words import DisposalWay
from . import facts, schemas
from .case import Case
from .chain import advanced, note_of, reported
from .reports import Approved, Completed, Identified, Planned, Progressed, Report

KEPT = (
    Collection(Case, key="case_id", filters=("township", "parcel_id", "state", "disposal_way")),
)
EMITTED = facts.EMITTED
RECOVERS = (DisposalWay.LAND_RESERVE,)


def cases_on(parcel: Parcel, store: Any) -> list[Case]:
    """Every case that concerns the parcel, as the unit of work has them."""
    return [store.require(Case, case_id) for case_id in parcel.case_ids]


def recovered_on(parcel: Parcel, store: Any) -> date | None:
    """The day on which the right to use the parcel was recovered [收储], by the last such case."""
    cases = [each for each in cases_on(parcel, store) if each.disposal_way in RECOVERS]
    return max((each.vacated.said.on for each in cases if each.vacated), default=None)


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
        report = kind(**event.data["report"], said=self._said(event, kind.day))
        after, *announced = reported(case, parcel, report)
        parcel = parcel.with_case(after.case_id)
        self.store.save(parcel, after)
        self.store.announce(*announced)
        for parcel_id in dict.fromkeys((parcel.parcel_id, after.vacated_parcel_id)):
            self.parcel_changed(parcel_id)
        return note_of(after, parcel, report)

    def _case(self, event: Event) -> Case:
        case_id, parcel_id = event.data["case_id"], event.data["parcel_id"]
        case = self.store.get(Case, case_id) or Case.unknown(case_id, parcel_id)
        refuse(not_your_township(event.publisher, case.township, "data.case_id"))
        return case
