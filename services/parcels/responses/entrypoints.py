"""Responses: how fast what a township reports is received and takes effect, and what waits for what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.responses.asked import TimesQuestion, begun, changed_since
from park.responses.times import (
    Reported,
    ReportTimes,
    WaitingReport,
    once_each,
    reports_in,
    times_of,
    with_effects,
)

from ..boundaries.boundary import Boundary
from ..carriers.park import Building, Park
from ..carriers.unit import Unit
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..screening.plot import Plot
from ..screening.suspicion import Suspicion
from ..soil.record import SoilRecord
from . import waiting

REPORTED = (Parcel, Case, SoilRecord, Plot, Suspicion, Boundary, Park, Building, Unit)
MOST = 100_000  # cases of a township: far more than it has


class AskReportTimes(Contract, TimesQuestion):
    """How fast reports of land were received and took effect."""


class Responses:
    """Answers how long the reports of a township took, by the histories of what they changed."""

    store: Any  # within a handler, the unit of work

    @query(AskReportTimes, answers=ReportTimes)
    def report_times(self, request: dict[str, Any]) -> Any:
        """How long a township's reports of land took from their sending to their receipt and to their effect,
        and which wait for what."""
        township, now = request["township"], self.store.now
        since = begun(request, now)
        effects: dict[str, Any] = {}
        found: list[Reported] = []
        record = self.store.repository
        for kind, identity in changed_since(record, REPORTED, township, since):
            changes = record.history(kind, identity)
            found += reports_in(changes, township, since)
            if kind is Case:
                effects |= waiting.effects_in(changes)
        reports = with_effects(once_each(found), effects)
        waits = self._waiting_reports(township)
        return self.store.dump(
            times_of(township, since, now, reports, waits, request["most_waiting"])
        )

    def _waiting_reports(self, township: str) -> Iterator[WaitingReport]:
        now = self.store.now
        for case in self.store.find(Case, MOST, township=township):
            parcel = self.store.get(Parcel, case.parcel_id) or Parcel.unknown(case.parcel_id)
            yield from waiting.of_case(case, parcel, now)
        for unit in self.store.find(Unit, MOST, township=township):
            yield from waiting.of_leases(unit, now)
        for record in self.store.find(SoilRecord, MOST, township=township):
            if record.reports:
                parcel = self.store.get(Parcel, record.parcel_id)
                yield from waiting.of_soil(record, parcel, now)
