"""A land desk with a supply plan: that of Shaoxing for 2023 as it was printed, or one of the district."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.projects.listings.listing import listing_id_of

from ..desk import LISTING, Desk
from ..examples import TOWNSHIP, released, terms

CITY = {
    "region": "330600",
    "year": 2023,
    "total_mu": "24616",
    "uses": [
        {"plan_use": "commercial_housing", "area_mu": "5300"},
        {"plan_use": "industrial_warehouse", "area_mu": "8809"},
        {"plan_use": "public", "area_mu": "10507"},
    ],
    "districts": [
        {"district": "330604", "area_mu": "9573"},
        {"district": "330602", "area_mu": "7816"},
        {"district": "330603", "area_mu": "7227"},
    ],
    "approved_on": "2023-03-20",
    "published_on": "2023-03-30",
    "document": "the city's plan of 2023",
}
DISTRICT = {
    "region": "330604",
    "year": 2023,
    "total_mu": "100",
    "uses": [
        {"plan_use": "industrial_warehouse", "supply_way": "listing", "area_mu": "50"},
        {"plan_use": "industrial_warehouse", "supply_way": "auction", "area_mu": "20"},
        {"plan_use": "commercial_housing", "area_mu": "30"},
    ],
    "approved_on": "2023-03-20",
    "published_on": "2023-03-30",
    "document": "the district's plan of 2023",
}
CONTENT = {"use_term_years": 50, "price_basis": "total", "start_price_cny": "4700000"}
APPROVAL = {
    "decided_on": "2023-07-28",
    "decided_by": "区人民政府",
    "document": "虞政土[2023]88号",
}
PLAN = "330604-2023"


class Office(Desk):
    """Land is released on 1 August 2023, and no notice is out; facts are heard after each call."""

    def __init__(self, **plan: Any) -> None:
        super().__init__(noticed=False)
        self.hear_itself()
        if plan:
            self.plan(**plan)

    def call(self, method: str, **arguments: Any) -> Any:
        answer = super().call(method, **arguments)
        self.hear_itself()
        return answer

    def plan(self, **changes: Any) -> Any:
        return self.call("record_supply_plan", **DISTRICT | changes)

    def progress(self, on: str | None = None, plan_id: str = PLAN, **more: Any) -> Any:
        self.moment += timedelta(milliseconds=1)  # until somebody asks
        asked = {"on": on} if on else {}
        return self.read("supply_plan_progress", plan_id=plan_id, **asked | more)

    def total(self, on: str | None = None, **more: Any) -> tuple[str, str, str]:
        """What was offered, awarded and contracted by a day, in mu."""
        found = self.progress(on, **more)["total"]
        return found["offered_mu"], found["awarded_mu"], found["contracted_mu"]

    def offer(self, number: int, area_m2: str, use: str = "industrial", **changes: Any) -> str:
        """Another plot, released and with its notice out."""
        parcel, case = f"{TOWNSHIP}-{number:04}", f"{TOWNSHIP}-C{number}"
        self.release(number, area_m2, use)
        listing = listing_id_of(parcel, case)
        self.call(
            "publish_listing",
            listing_id=listing,
            **terms(**{"listing_number": f"2023-{number}"} | changes),
        )
        return listing

    def release(self, number: int, area_m2: str, use: str = "industrial") -> None:
        parcel, case = f"{TOWNSHIP}-{number:04}", f"{TOWNSHIP}-C{number}"
        land = released(parcel_id=parcel, case_id=case, area_m2=area_m2, target_use=use)
        self.hear("parcels", "land_released", land)
        self.hear_itself()

    def submit(self, **changes: Any) -> Any:
        more = {"submitted_on": "2023-07-25", "document": "request 7"}
        given = {k: changes.pop(k) for k in (*more,) if k in changes}
        content = CONTENT | changes
        return self.call("submit_offer_plan", listing_id=LISTING, content=content, **more | given)

    def approve(self, **changes: Any) -> Any:
        return self.call("approve_offer_plan", listing_id=LISTING, **APPROVAL | changes)

    def send_back(self, **changes: Any) -> Any:
        given = APPROVAL | {"remarks": "The price is too low."} | changes
        return self.call("return_offer_plan", listing_id=LISTING, **given)

    def offer_plan(self) -> Any:
        return self.read("get_offer_plan", listing_id=LISTING)

    def doubts(self) -> list[tuple[str, str]]:
        """The code and the field of each warning of the notice."""
        return [(each["code"], each["field"]) for each in self.listing()["warnings"]]
