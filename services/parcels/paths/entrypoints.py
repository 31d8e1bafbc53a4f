"""Paths: the chart of each case, and what is said when one is late."""

from __future__ import annotations

from typing import Any

from backbone import Collection, every, query, reads
from backbone.messages.envelope import Event

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..remediation.entrypoints import cases_on
from ..remediation.reports import Identified
from ..screening.suspicion import Suspicion
from . import facts, schemas
from .deadline import Deadline, deadline_of, overdue
from .path import CasePath, path_of
from .screened import Screened, first_on_record, screening_of

LOOK_EVERY_S = 3600
TOLD_AT_ONCE = 200  # the others at the next tick
KEPT = (
    Collection(
        Deadline,
        key="case_id",
        filters=("township", "stage", "step", "holder", "is_watched"),
        orders=("due_on", "tell_on"),
    ),
)
EMITTED = facts.EMITTED


class Paths(Reporting):
    """Charts the path of each case, and reminds by itself of those that are late."""

    get_deadline, list_deadlines, deadline_history = reads(Deadline)

    @query(schemas.CasePath, answers=CasePath)
    def case_path(self, request: dict[str, Any]) -> Any:
        """Each step of a case with its planned and its actual day, and who holds it since when."""
        case = self.store.require(Case, request["case_id"], "case_id")
        return self.store.dump(path_of(case, self.store.today, self._screening(case)))

    @every(LOOK_EVERY_S)
    def remind_of_late_cases(self, _: Event) -> None:
        """Announce each case that has become late, once for each level."""
        today = self.store.today
        watched = self.store.find(Deadline, TOLD_AT_ONCE, "tell_on", is_watched=True)
        for deadline in watched:
            if deadline.tell_on <= today:
                after, *announced = overdue(deadline, today)
                self.store.save(after)
                self.store.announce(*announced)

    def chart_cases(self, parcel_id: str) -> None:
        """Bring the deadlines of the cases on this parcel up to date."""
        for case in cases_on(self.store.require(Parcel, parcel_id), self.store):
            before = self.store.get(Deadline, case.case_id)
            after = deadline_of(case, before, self.store.today)
            if before or after.identified_on:
                self.store.save(after)

    def _screening(self, case: Case) -> tuple[Screened, ...]:
        """What came before the finding, with the day on which the suspicion came on record."""
        found = case.in_force(Identified)
        if found is None:
            return ()
        held = self.store.find(Suspicion, parcel_id=case.parcel_id)
        led = [each for each in held if each.identified_on == found.said.on]
        record = self.store.repository
        days = {
            each.suspicion_id: first_on_record(record.history(Suspicion, each.suspicion_id))
            for each in led
        }
        return screening_of(led, found.said.on, days)
