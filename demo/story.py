"""The story of one plot in Xiaoyue: it is vacated, offered, and finds its project.

`make run` plays it and the tests vary it. Every id carries `run`, so that it can be played again on
the same servers. Codes are made up.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from park.codes import uscc_check
from park.time import PARK_TIME, day_of
from services.enterprises.firms.rules import organisation_check

TOWNSHIP = "330604006"  # 小越街道
AREA_M2 = "11781"
IDENTIFIERS = [{"kind": "parcel_code", "value": "330604001002GB00017", "valid_from": "2020-01-01"}]
RECOVERY = ("land_reserve", "state_capital_operation", "function_change")  # ways into public hands
Report = tuple[str, dict[str, Any]]  # the type of an event, and its data


class Plot:
    """One parcel, its case and its firm, and what is reported of them; areas are texts in m²."""

    def __init__(self, run: str, township: str = TOWNSHIP, accepted_on: date | None = None) -> None:
        """The story's days are counted from that of the acceptance: today, if none is given."""
        self.run, self.township = run, township
        self.accepted_on = accepted_on or day_of(datetime.now(PARK_TIME))
        self.parcel_id = f"{township}-P{run}"
        self.case_id = f"{township}-C{run}"
        self.enterprise_id = f"{township}-E{run}"

    @property
    def uscc(self) -> str:
        """A credit code of its own, for no two firms have one on one day. Its organisation code is told
        by the run, and both checks fit."""
        body = hashlib.sha256(self.run.encode()).hexdigest()[:8].upper()
        first_17 = f"91330604{body}{organisation_check(body)}"
        return first_17 + uscc_check(first_17)

    def day(self, after: int) -> str:
        return (self.accepted_on + timedelta(days=after)).isoformat()

    # --- what the township publishes; more data replace ours

    def parcel(self, **more: Any) -> Report:
        return "parcel.registered", {
            "parcel_id": self.parcel_id,
            "area_m2": AREA_M2,
            "land_use": "industrial",
            "planned_use": "industrial",
            "in_zone": True,
            "surveyed_on": self.day(-200),
            **more,
        }

    def enterprise(self, role: str = "owner") -> Report:
        return "enterprise.registered", {
            "enterprise_id": self.enterprise_id,
            "name": "an example works",
            "uscc": self.uscc,
            "scale": "below_scale",
            "premises": [{"parcel_id": self.parcel_id, "role": role, "from": "2015-01-01"}],
        }

    def case(self, **more: Any) -> dict[str, Any]:
        """What every report of the remediation names."""
        return {"case_id": self.case_id, "parcel_id": self.parcel_id, **more}

    def identified(self) -> Report:
        return "remediation.identified", self.case(
            operator_role="task_force",
            low_efficiency_reasons=["use_strength"],
            identified_on=self.day(-180),
        )

    def planned(self, way: str) -> Report:
        return "remediation.planned", self.case(
            operator_role="township", disposal_way=way, planned_end_on=self.day(3)
        )

    def approved(self, way: str) -> Report:
        return "remediation.approved", self.case(
            operator_role="government" if way in RECOVERY else "zone_committee",
            disposal_way=way,
            approved_on=self.day(-135),
            document_number=f"{self.accepted_on.year}-17",
        )

    def progressed(self) -> Report:
        return "remediation.progressed", self.case(
            operator_role="township", percent=60, reported_on=self.day(-60)
        )

    def completed(self, way: str, area_m2: str = AREA_M2) -> Report:
        return "remediation.completed", self.case(
            operator_role="task_force",
            disposal_way=way,
            vacated_area_m2=area_m2,
            completed_on=self.day(0),
            acceptance_number=f"{self.accepted_on.year}-9",
        )

    def reports(
        self, way: str = "land_reserve", area_m2: str = AREA_M2, **parcel: Any
    ) -> list[Report]:
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

    # --- what internal systems call with

    def lead(self, **wish: Any) -> dict[str, Any]:
        """A project that looks for land."""
        return {
            "lead_id": f"lead-{self.run}",
            "name": "semi-solid battery separators",
            "source": "fund_led",
            "wish": {
                "min_area_m2": "8000",
                "max_area_m2": "20000",
                "townships": [self.township],
                "industry_codes": [],
                **wish,
            },
        }

    def notice(self) -> dict[str, Any]:
        """The terms under which the land desk publishes the listing; money is text in CNY."""
        return {
            "listing_number": f"{self.accepted_on.year}-{self.run}",
            "approval_document_number": f"{self.accepted_on.year}-31",
            "approved_on": self.day(3),
            "notice_start_on": self.day(4),
            "notice_end_on": self.day(24),
            "listing_start_on": self.day(24),
            "listing_end_on": self.day(34),
            "application_start_on": self.day(4),
            "application_end_on": self.day(31),
            "bond_deadline_on": self.day(32),
            "use_term_years": 50,
            "price_basis": "total",
            "start_price_cny": "4700000",
            "bond_cny": "940000",
            "bid_step_cny": "100000",
        }


def subscriptions() -> list[dict[str, Any]]:
    """Who wants to be told: the land desk, of everything; the investment team, of matches."""
    return [
        {"name": "land desk", "channel": "log", "address": "land-desk", "min_severity": "info"},
        {
            "name": "investment team",
            "channel": "log",
            "address": "investment",
            "kinds": ["land_matched", "listing_published"],
            "min_severity": "info",
        },
    ]
