"""Three services under one clock that a test sets, of which parcels writes the reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from backbone.errors import Unavailable
from backbone.testing import Rehearsal
from services.installation import TOWNSHIPS
from services.parcels.service import ParcelsService

from ...enterprises.requests.desk import Desk as ServiceDesk
from ...projects.pipeline.desk import InvestmentDesk
from .. import reports
from ..conftest import Parcels
from ..overview.desk import noon

WEEK = "weekly-2023-W30"  # 24 to 30 July
JULY = "monthly-2023-07"


class Asked:
    """Another service as parcels reaches it: it answers as in a rehearsal, or raises its problem."""

    def __init__(self, service: Rehearsal) -> None:
        self.service, self.deadline_s = service, 10.0
        self.problem: Exception | None = None

    def __getattr__(self, method: str) -> Callable[..., Any]:
        def answer(**asked: Any) -> Any:
            if self.problem:
                raise self.problem
            return self.service.read(method, **asked)

        return answer


class Zone(Parcels):
    """On 3 August 2023, unless a test goes on to another day."""

    def __init__(self) -> None:
        super().__init__()
        self.moment = noon("2023-08-03")
        self.requests, self.land = ServiceDesk(), InvestmentDesk()
        self.others = {"enterprises": Asked(self.requests), "projects": Asked(self.land)}
        Rehearsal.__init__(
            self, ParcelsService, feeds=[TOWNSHIPS], clock=lambda: self.moment, **self.others
        )
        self.day("2023-08-03")

    def day(self, day: str) -> Zone:
        self.moment: datetime = noon(day)
        self.land.moment = self.requests.now = self.moment
        return self

    def whole_case(self, remediated: str | None = "10", **completion: Any) -> Zone:
        """A case that was accepted on 28 July, of so many mu if it says so."""
        area = {"remediated_area_mu": remediated} if remediated else {}
        for report in reports.whole_case(**area, **completion):
            self.report(*report)
        return self

    def ask(self, service: str, method: str, _wait_s: float, **asked: Any) -> Any:
        """The answer of a service, or none while it is away."""
        if service == "parcels":
            return self.read(method, **asked)
        try:
            return getattr(self.others[service], method)(**asked)
        except Unavailable:
            return None

    def draft(self, kind: str, on: str, **asked: Any) -> Any:
        return self.read("draft_report", report_kind=kind, on=on, **asked)

    def issue(self, kind: str, on: str) -> Any:
        return self.call("issue_report", report_kind=kind, on=on)

    def corrections(self, report_id: str) -> Any:
        return self.read("report_corrections", zone_report_id=report_id)["corrections"]


def figures_of(report: Any) -> dict[str, Any]:
    """The figures of a report by their names with their service."""
    return {
        f"{each['service']}.{each['told']['figure']}": each
        for section in report["sections"]
        for each in section["figures"]
    }


def values_of(report: Any) -> dict[str, str | None]:
    return {name: each["told"]["value"] for name, each in figures_of(report).items()}


def section_of(report: Any, title: str) -> Any:
    """The section whose title begins so."""
    return next(each for each in report["sections"] if each["title"].startswith(title))


def lines_of(report: Any, title: str) -> Any:
    return section_of(report, title)["listed"]["lines"]
