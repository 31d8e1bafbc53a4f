"""The service with a desk, and the requests that the tests tell of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from backbone.testing import Rehearsal
from park.time import PARK_TIME
from services.enterprises.service import EnterprisesService
from services.installation import TOWNSHIPS

TOWNSHIP = "330604006"
FIRM = f"{TOWNSHIP}-E9"
REQUEST = f"{TOWNSHIP}-R1"


def moment(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(hour), PARK_TIME)


def received(**changes: Any) -> dict[str, Any]:
    report = {
        "service_request_id": REQUEST,
        "enterprise_id": FIRM,
        "kind": "blockage",
        "topic": "permits",
        "summary": "The permit for the new plant does not come.",
    }
    return report | changes


class Desk(Rehearsal):
    """The service on some day. A township reports by `report`, the desk enters by `enter`; both at nine
    in the morning of that day unless `at` says otherwise."""

    def __init__(self, today: str = "2026-09-14") -> None:
        self.now = moment(today)
        super().__init__(EnterprisesService, feeds=[TOWNSHIPS], clock=lambda: self.now)

    def day(self, today: str, hour: int = 9) -> None:
        """It becomes that day (or that hour of it), and the timers look."""
        self.now = moment(today, hour)
        self.tick("settle_request_clocks")
        self.tick("escalate_requests")

    def report(self, type_: str, data: dict[str, Any], on: str = "", **how: Any) -> Any:
        """A township reports; answers the note of its receipt. Raises what it is refused for."""
        at = moment(on) if on else self.now
        how = {"publisher": TOWNSHIP, "time": at} | how
        data = {"service_request_id": REQUEST} | data
        return self.hear("township", f"request.{type_}", data, **how).or_raise().note

    def enter(self, method: str, on: str = "", **data: Any) -> Any:
        self.now += timedelta(minutes=1)
        at = {"at": moment(on).isoformat()} if on else {}
        return self.call(method, **{"service_request_id": REQUEST} | at | data)

    def request(self, request_id: str = REQUEST) -> dict[str, Any]:
        return self.read("get_service_request", service_request_id=request_id)

    def due(self, **asked: Any) -> list[str]:
        return [
            each["service_request_id"] for each in self.read("requests_due", **asked)["requests"]
        ]

    def escalations(self) -> list[tuple[str, str, int]]:
        found = self.facts_named("request_escalated")
        return [(each["level"], each["due_on"], each["days_overdue"]) for each in found]
