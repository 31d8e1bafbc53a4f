"""Responses: how fast what a township reports of firms is received, and which requests wait for a receipt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
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
)

from ..figures.firm_figures import FirmFigures
from ..firms.enterprise import Enterprise
from ..groups.ownership import FirmOwners
from ..honours.honours import FirmHonours
from ..identity.firm_identity import FirmIdentity
from ..industry.firm_industry import FirmIndustry
from ..profile.firm_profile import FirmProfile
from ..requests.request import ServiceRequest
from ..requests.words import RequestState

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
FOR_RECEIPT = "waits for the receipt of its request"


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
        since = begun(request, now)
        found: list[Reported] = []
        record = self.store.repository
        for kind, identity in changed_since(record, REPORTED, township, since):
            found += reports_in(record.history(kind, identity), township, since)
        announced = self.store.find(
            ServiceRequest, MOST, township=township, state=RequestState.ANNOUNCED
        )
        waits = (each for held in announced for each in _waiting(held, now))
        return self.store.dump(
            times_of(township, since, now, once_each(found), waits, request["most_waiting"])
        )


def _waiting(request: ServiceRequest, now: datetime) -> Iterator[WaitingReport]:
    """What was said of a request whose receipt nobody has reported."""
    for entry in request.entries:
        yield WaitingReport(
            report=f"request.{entry.kind.value}",
            event_id=None,
            thing="service_request",
            thing_id=request.service_request_id,
            sent_at=entry.said_at,
            waiting_s=max(0, round((now - entry.said_at).total_seconds())),
            waits_for=FOR_RECEIPT,
        )
