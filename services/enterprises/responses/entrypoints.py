"""Responses: how fast what a township reports of firms is received, and which requests wait for a receipt."""

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
from park.responses.waits import Kept, Traced, effects_of, traced

from ..figures.firm_figures import FirmFigures
from ..firms.enterprise import Enterprise
from ..groups.ownership import FirmOwners
from ..honours.honours import FirmHonours
from ..identity.firm_identity import FirmIdentity
from ..industry.firm_industry import FirmIndustry
from ..profile.firm_profile import FirmProfile
from ..requests.request import ServiceRequest
from ..requests.words import WAITS_FOR_RECEIPT, RequestState

REPORTED = (
    Enterprise,
    FirmFigures,
    FirmIdentity,
    FirmIndustry,
    FirmProfile,
    FirmHonours,
    FirmOwners,
    ServiceRequest,
)
MOST = 100_000  # requests of a township: far more than it has


class AskReportTimes(Contract, TimesQuestion):
    """How fast reports of firms and requests were received and took effect."""


class Responses:
    """Answers how long the reports of a township took, by the histories of what they changed."""

    store: Any  # within a handler, the unit of work

    @query(AskReportTimes, answers=ReportTimes)
    def report_times(self, request: dict[str, Any]) -> Any:
        """How long a township's reports of firms and requests took from their sending to their receipt and to
        their effect, and which wait for what."""
        township, now = request["township"], self.store.now
        since, record = begun(request, now), self.store.repository
        effects: dict[str, datetime | None] = {}
        found: list[Reported] = []
        for kind, _, changes in histories_since(record, REPORTED, township, since):
            found += reports_in(changes, township, since)
            if kind is ServiceRequest:
                effects |= effects_of(_traced(changes), township)
        reports = with_effects(once_each(found), effects)
        waits = self._waiting_reports(township)
        return self.store.dump(
            times_of(township, since, now, reports, waits, request["most_waiting"])
        )

    def _waiting_reports(self, township: str) -> Iterator[WaitingReport]:
        asked = {"township": township, "state": RequestState.ANNOUNCED}
        announced = [
            each.service_request_id for each in self.store.find(ServiceRequest, MOST, **asked)
        ]
        for _, changes in self.store.repository.histories(ServiceRequest, announced):
            for each in _traced(changes):
                yield from each.waiting(township, self.store.now)


def _traced(changes: list[dict[str, Any]]) -> list[Traced]:
    return traced(changes, ServiceRequest, reports_of, lambda _: None)


def reports_of(request: ServiceRequest) -> Iterator[Kept]:
    """What was said of a request, with what keeps it from its effect: that nobody has reported the receipt,
    or what speaks against it."""
    aside = {(each.kind, each.at): each.reasons[0]["sentence"] for each in request.aside}
    for entry in request.entries:
        note = aside.get((entry.kind, entry.at))
        yield Kept(
            key=entry.turn,
            report=f"request.{entry.kind.value}",
            thing="service_request",
            thing_id=request.service_request_id,
            sent_at=entry.said_at,
            note=note if request.receipt else WAITS_FOR_RECEIPT,
        )
