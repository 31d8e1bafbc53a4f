"""A township's reports about one parcel, and what the park made of them."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from .doorway import Host
from .eventually import eventually

SERVICES = ["parcels", "enterprises", "projects", "notify"]
TOWNSHIP = "330604006"
AREA_M2 = "11781"


class Story:
    """One parcel, one case, one firm; every id is its own."""

    def __init__(self, park: Host, township: str = TOWNSHIP) -> None:
        self.park, self.township = park, township
        self.run = uuid.uuid4().hex[:8]
        self.parcel_id = f"{township}-P{self.run}"
        self.case_id = f"{township}-C{self.run}"
        self.enterprise_id = f"{township}-E{self.run}"
        self.numbers = itertools.count()

    # --- reports

    def publish(self, type_: str, data: dict[str, Any], **more: Any) -> Any:
        return self.park.publish(self.township, type_, data, **more)

    def parcel(self, **more: Any) -> tuple[str, dict[str, Any]]:
        return "parcel.registered", {
            "parcel_id": self.parcel_id,
            "area_m2": AREA_M2,
            "land_use": "industrial",
            "planned_use": "industrial",
            "in_zone": True,
            "surveyed_on": "2023-01-10",
            **more,
        }

    def enterprise(self, role: str = "owner") -> tuple[str, dict[str, Any]]:
        return "enterprise.registered", {
            "enterprise_id": self.enterprise_id,
            "name": "an example works",
            "uscc": "91330604XXXX00019D",
            "scale": "below_scale",
            "premises": [{"parcel_id": self.parcel_id, "role": role, "from": "2015-01-01"}],
        }

    def case(self, **more: Any) -> dict[str, Any]:
        return {"case_id": self.case_id, "parcel_id": self.parcel_id, **more}

    def identified(self) -> tuple[str, dict[str, Any]]:
        return "remediation.identified", self.case(
            operator_role="task_force",
            low_efficiency_reasons=["use_strength"],
            identified_on="2023-02-01",
        )

    def planned(self, way: str) -> tuple[str, dict[str, Any]]:
        return "remediation.planned", self.case(
            operator_role="township", disposal_way=way, planned_end_on="2023-07-31"
        )

    def approved(self, way: str) -> tuple[str, dict[str, Any]]:
        return "remediation.approved", self.case(
            operator_role="government" if way in RECOVERY else "zone_committee",
            disposal_way=way,
            approved_on="2023-03-15",
            document_number="2023-17",
        )

    def progressed(self) -> tuple[str, dict[str, Any]]:
        return "remediation.progressed", self.case(
            operator_role="township", percent=60, reported_on="2023-05-31"
        )

    def completed(self, way: str, area_m2: str = AREA_M2) -> tuple[str, dict[str, Any]]:
        return "remediation.completed", self.case(
            operator_role="task_force",
            disposal_way=way,
            vacated_area_m2=area_m2,
            completed_on="2023-07-28",
            acceptance_number="2023-9",
        )

    def reports(
        self, way: str = "land_reserve", area_m2: str = AREA_M2, **parcel: Any
    ) -> list[tuple[str, dict[str, Any]]]:
        """All reports of a remediation, in order."""
        return [
            self.parcel(**parcel),
            self.enterprise(),
            self.identified(),
            self.planned(way),
            self.approved(way),
            self.progressed(),
            self.completed(way, area_m2),
        ]

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
        wanted = {
            "min_area_m2": "8000",
            "max_area_m2": "20000",
            "townships": [],
            "industry_codes": [],
        }
        self.write(
            "projects",
            "register_lead",
            lead_id=lead_id,
            name="separators",
            source="fund_led",
            wish={**wanted, **wish},
        )
        return lead_id

    def publish_listing(self, **changed: Any) -> Any:
        terms = {
            "listing_number": f"2023-{self.run}",
            "approval_document_number": "2023-31",
            "approved_on": "2023-07-31",
            "notice_start_on": "2023-08-01",
            "notice_end_on": "2023-08-21",
            "listing_start_on": "2023-08-21",
            "listing_end_on": "2023-08-31",
            "application_start_on": "2023-08-01",
            "application_end_on": "2023-08-28",
            "bond_deadline_on": "2023-08-29",
            "use_term_years": 50,
            "price_basis": "total",
            "start_price_cny": "4700000",
            "bond_cny": "940000",
            "bid_step_cny": "100000",
        }
        listing_id = self.listing()["listing_id"]
        return self.write(
            "projects", "publish_listing", listing_id=listing_id, **{**terms, **changed}
        )

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
        found = self.park.call("projects", "list_matches", filter=named, limit=200)["items"]
        return next((each for each in found if each["listing_id"] == listing_id), None)

    def alerts(self, kind: str) -> list[dict[str, Any]]:
        found = self.park.call("notify", "list_alerts", filter={"kind": kind}, limit=200)["items"]
        return [alert for alert in found if self.run in str(alert["data"]) + alert["subject"]]

    def alert(self, kind: str) -> dict[str, Any]:
        return eventually(lambda: self.alerts(kind))[0]

    def standing(self) -> str:
        found = self.park.call("enterprises", "get_enterprise", enterprise_id=self.enterprise_id)
        return str(found["standing"])

    def facts(self, name: str) -> list[dict[str, Any]]:
        return [fact for fact in self.park.facts(name) if self.run in str(fact["data"])]


RECOVERY = ("land_reserve", "state_capital_operation", "function_change")
