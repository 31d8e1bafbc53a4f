"""A township's reports about one parcel, and what the park made of them."""

from __future__ import annotations

import itertools
import uuid
from datetime import date
from typing import Any

from demo.story import TOWNSHIP, Plot

from .doorway import Host
from .eventually import eventually

ACCEPTED_ON = date(2023, 7, 28)
SERVICES = ["parcels", "enterprises", "projects", "notify"]


class Story(Plot):
    """The story of one plot, told to a park that runs; every id is its own."""

    def __init__(self, park: Host, township: str = TOWNSHIP) -> None:
        super().__init__(uuid.uuid4().hex[:8], township, ACCEPTED_ON)
        self.park = park
        self.numbers = itertools.count()

    # --- reports

    def publish(self, type_: str, data: dict[str, Any], **more: Any) -> Any:
        return self.park.publish(self.township, type_, data, **more)

    def tell(self, reports: list[tuple[str, dict[str, Any]]]) -> list[Any]:
        """Publish each report and wait for its receipt."""
        return [self.publish(type_, data) for type_, data in reports]

    # --- calls

    def write(self, service: str, method: str, **arguments: Any) -> Any:
        request_id = f"{self.run}-{next(self.numbers)}"
        return self.park.call(service, method, **arguments, request_id=request_id)

    def record_soil(self, **soil: Any) -> Any:
        clean = {
            "on_registry": False,
            "survey_reviewed": True,
            "survey_filed": True,
            "case_open": False,
        }
        given = {"parcel_id": self.parcel_id, "recorded_on": "2023-08-01", "evidence_ids": ["E-1"]}
        return self.write("parcels", "record_soil", **{**given, **clean, **soil})

    def register_lead(self, **wish: Any) -> str:
        lead_id = f"lead-{self.run}-{next(self.numbers)}"
        lead = self.lead(**{"townships": [], **wish})
        self.write("projects", "register_lead", **lead | {"lead_id": lead_id})
        return lead_id

    def publish_listing(self, **changed: Any) -> Any:
        terms = self.notice() | {"listing_id": self.listing()["listing_id"]}
        return self.write("projects", "publish_listing", **terms | changed)

    # --- what came of it

    def the_case(self) -> dict[str, Any]:
        return self.park.call("parcels", "get_case", case_id=self.case_id)

    def listings(self) -> list[dict[str, Any]]:
        return self.park.call("projects", "list_listings", filter={"case_id": self.case_id})[
            "items"
        ]

    def listing(self, state: str = "") -> dict[str, Any]:
        """The listing of this case, once it is there (and in that state)."""
        return eventually(
            lambda: next((each for each in self.listings() if state in ("", each["state"])), None)
        )

    def match(self, listing_id: str, lead_id: str) -> dict[str, Any] | None:
        """The match of this listing, once it names the lead."""
        named = {"lead_ids": lead_id}
        found = self._all("projects", "list_matches", filter=named)
        return next((each for each in found if each["listing_id"] == listing_id), None)

    def alerts(self, kind: str) -> list[dict[str, Any]]:
        found = self._all("notify", "list_alerts", filter={"kind": kind})
        return [alert for alert in found if self.run in str(alert["data"]) + alert["subject"]]

    def alert(self, kind: str) -> dict[str, Any]:
        return eventually(lambda: self.alerts(kind))[0]

    def _all(self, service: str, method: str, **asked: Any) -> list[dict[str, Any]]:
        """Every page: the park is shared, and however many stories there are, this one is among them."""
        found, cursor = [], None
        while True:
            page = self.park.call(service, method, **asked, limit=200, cursor=cursor)
            found += page["items"]
            if (cursor := page["cursor"]) is None:
                return found

    def standing(self) -> str:
        found = self.park.call("enterprises", "get_enterprise", enterprise_id=self.enterprise_id)
        return str(found["standing"])

    def facts(self, name: str) -> list[dict[str, Any]]:
        return [fact for fact in self.park.facts(name) if self.run in str(fact["data"])]
