"""A land desk that goes from the notice to the contract, at whatever moment a test sets its clock to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from backbone.testing import Rehearsal
from park.time import PARK_TIME
from services.projects.listings.listing import listing_id_of
from services.projects.service import ProjectsService

from .conftest import LandRegister
from .examples import CASE, PARCEL, released, revoked, terms

LISTING = listing_id_of(PARCEL, CASE)
SUPPLY = f"{LISTING}.1"
TAX = {
    "code": "tax_per_mu",
    "op": ">=",
    "value": "30",
    "unit": "万元/亩",
    "check_stage": "full_capacity",
}
NOTICE = {
    "application_ends_at": "2023-08-28T17:00:00+08:00",
    "indicators": [TAX],
    "contract_terms": {
        "sign_within_working_days": 10,
        "payments": [
            {"share": "0.5", "within_months": 1},
            {"share": "0.5", "within_months": 12},
        ],
        "deliver_within_days": 30,
        "start_within_months": 6,
        "complete_within_months": 30,
    },
}

# The land is offered once more, from the day on which nobody had bought it.
AGAIN = {
    "listing_number": "虞土工告[2023]19号",
    "notice_start_on": "2023-08-31",
    "notice_end_on": "2023-09-20",
    "application_start_on": "2023-08-31",
    "application_end_on": "2023-09-27",
    "application_ends_at": None,
    "bond_deadline_on": "2023-09-28",
    "listing_start_on": "2023-09-20",
    "listing_end_on": "2023-10-08",
}


def at(text: str) -> datetime:
    """The moment in the park: `08-28 17:00` is one of 2023."""
    day, _, hour = text.partition(" ")
    full = day if len(day) == 10 else f"2023-{day}"
    return datetime.fromisoformat(f"{full}T{hour or '12:00'}").replace(tzinfo=PARK_TIME)


class Desk(Rehearsal):
    """The service, with a notice out on 1 August 2023 unless `noticed` is false."""

    def __init__(self, *, noticed: bool = True, **changes: Any) -> None:
        self.parcels, self.moment = LandRegister(), at("08-01 09:00")
        super().__init__(ProjectsService, clock=lambda: self.moment, parcels=self.parcels)
        self.hear("parcels", "land_released", released())
        if noticed:
            self.publish(**changes)

    def on(self, text: str) -> Desk:
        """The clock goes to that moment."""
        self.moment = at(text)
        return self

    def publish(self, **changes: Any) -> Any:
        return self.call("publish_listing", listing_id=LISTING, **terms(**NOTICE | changes))

    def apply(self, name: str, applied_at: str = "08-10 10:00", **more: Any) -> Any:
        bidder = {"name": f"{name} works"}
        moment = at(applied_at)
        self.moment = max(self.moment, moment)
        given = {"application_id": name, "bidder": bidder, "applied_at": moment.isoformat()}
        return self.call("apply_for_land", listing_id=LISTING, **given | more)

    def bond(self, name: str, paid_at: str = "08-20 10:00", amount_cny: str = "4700000") -> Any:
        moment = at(paid_at)
        self.moment = max(self.moment, moment)
        return self.call(
            "record_bond",
            listing_id=LISTING,
            application_id=name,
            amount_cny=amount_cny,
            paid_at=moment.isoformat(),
        )

    def admit(self, *names: str) -> Desk:
        for name in names:
            self.apply(name)
            self.bond(name)
        return self

    def close(
        self, *bids: tuple[str, str, str], closed_at: str = "08-31 16:00", **more: Any
    ) -> Any:
        """Each bid is a name, 10,000 yuan, and a moment."""
        self.moment = max(self.moment, at(closed_at))
        told = [
            {"application_id": name, "price_cny": f"{price}0000", "bid_at": at(moment).isoformat()}
            for name, price, moment in bids
        ]
        closed = at(closed_at).isoformat()
        return self.call("close_bidding", listing_id=LISTING, closed_at=closed, bids=told, **more)

    def award(self, name: str = "A") -> Any:
        """One bidder, at the start price, on the last day."""
        self.admit(name)
        return self.close((name, "470", "08-25 10:00"))

    def sign(self, **more: Any) -> Any:
        """Awarded on 31 August, confirmed on 1 and signed on 8 September."""
        if self.read("get_listing", listing_id=LISTING)["state"] == "notice_published":
            self.award()
        self.on("09-01")
        self.call("confirm_award", listing_id=LISTING, confirmed_on="2023-09-01")
        self.on("09-08")
        given = {"contract_number": "3306042023A21001", "signed_on": "2023-09-08"}
        return self.call("sign_contract", listing_id=LISTING, **given | more)

    def void(self, on: str = "2023-09-20") -> Any:
        self.moment = max(self.moment, at(on[5:]) + timedelta(hours=6))
        return self.call(
            "void_award",
            listing_id=LISTING,
            voided_on=on,
            void_reason="The winner gave the land back.",
        )

    def revoke(self, release_no: int = 2) -> None:
        self.hear("parcels", "release_revoked", revoked(release_no=release_no))

    def listing(self) -> Any:
        return self.read("get_listing", listing_id=LISTING)

    def supply(self, version: int = 1) -> Any:
        return self.read("get_supply", supply_id=f"{LISTING}.{version}")

    def contract(self) -> Any:
        return self.read("get_contract", contract_id=SUPPLY)

    def step(self, kind: str, number: int = 1) -> Any:
        return self.read("get_due_step", step_id=f"{SUPPLY}.{kind}.{number}")

    def tick_on(self, text: str, method: str = "remind_of_due_steps") -> list[str]:
        """What the timer announces at that moment, by name."""
        before = len(self.facts)
        self.on(text).tick(method)
        return [name for name, _ in self.facts[before:]]
