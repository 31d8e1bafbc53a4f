"""Responses: how fast what a township reports is received and takes effect, and what waits for what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from backbone import query
from backbone.messages.contract import Contract
from park.responses.asked import TimesQuestion, begun, histories_since
from park.responses.times import (
    Reported,
    ReportTimes,
    WaitingReport,
    once_each,
    reports_in,
    times_of,
    with_effects,
)
from park.responses.waits import effects_of, lacks_something, traced

from ..boundaries.boundary import Boundary
from ..carriers.park import Building, Park
from ..carriers.unit import Unit
from ..register.parcel import Parcel
from ..remediation.case import Case
from ..screening.plot import Plot
from ..screening.suspicion import Suspicion
from ..soil.record import SoilRecord
from .waiting import ANNOUNCED, REPORTS_OF, ThereSince

# what others await comes before them
REPORTED = (Parcel, Park, Building, Unit, Case, SoilRecord, Plot, Suspicion, Boundary)
MOST = 100_000  # things of a kind in a township: far more than it has


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
        since, record = begun(request, now), self.store.repository
        there = ThereSince(record)
        effects: dict[str, datetime | None] = {}
        found: list[Reported] = []
        for kind, identity, changes in histories_since(record, REPORTED, township, since):
            found += reports_in(changes, township, since)
            if kind in ANNOUNCED:
                there.note(kind, identity, changes)
            if kind in REPORTS_OF:
                reports_here = traced(changes, kind, REPORTS_OF[kind], there)
                effects |= effects_of(reports_here, township)
        reports = with_effects(once_each(found), effects)
        waits = self._waiting_reports(township, there)
        return self.store.dump(
            times_of(township, since, now, reports, waits, request["most_waiting"])
        )

    def _waiting_reports(self, township: str, there: ThereSince) -> Iterator[WaitingReport]:
        for kind, ids in self._things_that_lack(township):
            for _, changes in self.store.repository.histories(kind, ids):
                for each in traced(changes, kind, REPORTS_OF[kind], there):
                    yield from each.waiting(township, self.store.now)

    def _things_that_lack(self, township: str) -> Iterator[tuple[type, list[str]]]:
        """The ids of the things that keep a report without effect; what is gone waits for nothing."""
        parcels = self.store.find(Parcel, MOST, township=township)
        gone = {each.parcel_id for each in parcels if each.is_gone}
        missing = {kind: self._missing(kind, township) for kind in ANNOUNCED}
        for kind, reports_of in REPORTS_OF.items():
            id_of = self.store.repository.collections[kind].id_of
            yield (
                kind,
                [
                    id_of(thing)
                    for thing in self.store.find(kind, MOST, township=township)
                    if any(lacks_something(each, missing) for each in reports_of(thing))
                    and not (kind is Suspicion and thing.parcel_id in gone)
                ],
            )

    def _missing(self, kind: type, township: str) -> set[str]:
        """The ids of what others await and nobody has reported."""
        id_of = self.store.repository.collections[kind].id_of
        found = self.store.find(kind, MOST, township=township, state=ANNOUNCED[kind])
        return {id_of(each) for each in found}
