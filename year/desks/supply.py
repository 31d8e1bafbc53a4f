"""The plots that are granted: offered, awarded, contracted, paid, delivered, built on and reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from services.projects.listings.listing import listing_id_of

from ..codes import BODIES, firm_name, uscc
from ..coming import Coming, at, call, call_at_once
from ..land.cases import accepted_on
from ..land.sites import Fate, Site
from ..plan import Plan
from .pipeline import project_id

START_PRICE_PER_M2, BOND_SHARE = 450, 5
INVEST = {
    "code": "invest",
    "op": ">=",
    "value": "350",
    "unit": "万元/亩",
    "check_stage": "completion",
}
TAX = {"code": "tax", "op": ">=", "value": "25", "unit": "万元/亩", "check_stage": "full_capacity"}
TERMS = {
    "payments": [{"share": "0.5", "within_months": 1}, {"share": "0.5", "within_months": 3}],
    "start_within_months": 6,
    "complete_within_months": 24,
}
ON_RELEASED_LAND = ("publish_listing", "confirm_award")  # rest on what townships reported
NINE, FOUR = 9 * 60, 16 * 60  # the desk's hour, and the one at which a listing ends, in minutes
AUCTIONED = 3  # every third plot by auction, the others by listing


def supply_of(plan: Plan, site: Site) -> Iterator[Coming]:
    """All commands about the plot, if it is granted: each rests on those before it."""
    if site.fate is not Fate.GRANTED:
        return
    steps = (*_notice(plan, site), *_bidding(plan, site), *_contract(plan, site))
    begun = accepted_on(plan, site)
    for number, (days, method, arguments) in enumerate(steps):
        hour = FOUR if method == "close_bidding" else NINE
        moment = at(begun + timedelta(days=days), minutes=hour + number)
        how = call if method in ON_RELEASED_LAND else call_at_once
        yield how(plan, moment, "projects", method, f"{site.number}/{number}", **arguments)


Step = tuple[
    int, str, dict[str, Any]
]  # so many days after the acceptance, the method, its arguments


def listing_of(site: Site) -> dict[str, str]:
    return {"listing_id": listing_id_of(site.parcel_id, site.case_id)}


def contract_of(site: Site) -> dict[str, str]:
    return {"contract_id": f"{listing_of(site)['listing_id']}.1"}


def _price(site: Site) -> int:
    return site.area_m2 * START_PRICE_PER_M2 // 10_000 * 10_000


def _notice(plan: Plan, site: Site) -> Iterator[Step]:
    def day(days: int) -> str:
        return (accepted_on(plan, site) + timedelta(days=days)).isoformat()

    number = f"虚土工告〔{accepted_on(plan, site).year}〕{site.number}号"
    yield (
        7,
        "publish_listing",
        listing_of(site)
        | {
            "listing_number": number,
            "approval_document_number": f"{number}批",
            "approved_on": day(4),
            "notice_start_on": day(8),
            "notice_end_on": day(29),
            "application_start_on": day(8),
            "application_end_on": day(38),
            "bond_deadline_on": day(39),
            "listing_start_on": day(30),
            "listing_end_on": day(42),
            "use_term_years": 50,
            "price_basis": "total",
            "start_price_cny": str(_price(site)),
            "bond_cny": str(_price(site) // BOND_SHARE),
            "bid_step_cny": "100000",
            "supply_way": "auction" if site.rank % AUCTIONED == 1 else "listing",
            "indicators": [INVEST, TAX],
            "contract_terms": TERMS,
        },
    )


def _bidding(plan: Plan, site: Site) -> Iterator[Step]:
    """One to three bidders, of whom the last one bids most."""
    chance, begun = plan.draw("bidders", site.number), accepted_on(plan, site)
    numbers = [f"A-{each:02}" for each in range(1, chance.randint(1, 3) + 1)]
    bids = []
    for place, number in enumerate(numbers):
        about = listing_of(site) | {"application_id": number}
        who = _bidder(plan, site, place, is_last=number == numbers[-1])
        applied = about | who | {"applied_at": at(begun + timedelta(days=20 + place)).isoformat()}
        yield 20 + place, "apply_for_land", applied
        paid = {"amount_cny": str(_price(site) // BOND_SHARE)}
        paid |= {"paid_at": at(begun + timedelta(days=25 + place)).isoformat()}
        yield 25 + place, "record_bond", about | paid
        price, bid_at = (
            _price(site) + place * 300_000,
            at(begun + timedelta(days=40 + place // 2), place),
        )
        bids.append(
            {"application_id": number, "price_cny": str(price), "bid_at": bid_at.isoformat()}
        )
    over = at(begun + timedelta(days=42), minutes=FOUR).isoformat()
    yield 42, "close_bidding", listing_of(site) | {"closed_at": over, "bids": bids}
    for days, method in ((43, "confirm_award"), (44, "publicise_result")):
        name = {"confirm_award": "confirmed_on", "publicise_result": "publicised_on"}[method]
        on = (begun + timedelta(days=days)).isoformat()
        yield days, method, listing_of(site) | {name: on}
    for number in numbers[:-1]:
        back = {"application_id": number, "returned_on": (begun + timedelta(days=45)).isoformat()}
        yield 45, "return_bond", listing_of(site) | back


def _bidder(plan: Plan, site: Site, place: int, *, is_last: bool) -> dict[str, Any]:
    """A firm from elsewhere; the one that wins is the investor of a project of the pipeline."""
    number = BODIES // 2 + site.rank * 10 + place
    bidder = {"name": firm_name(plan, number), "uscc": uscc(plan, number)}
    return {"bidder": bidder} | ({"lead_id": project_id(plan, site.rank)} if is_last else {})


def _contract(plan: Plan, site: Site) -> Iterator[Step]:
    def day(days: int) -> str:
        return (accepted_on(plan, site) + timedelta(days=days)).isoformat()

    about, chance = contract_of(site), plan.draw("contract", site.number)
    signed = {"contract_number": f"虚合同{site.number}", "signed_on": day(48)}
    yield 48, "sign_contract", listing_of(site) | signed
    for number, due in ((1, 75), (2, 135)):
        paid = due + (chance.randint(5, 20) if chance.random() < 0.2 else -chance.randint(0, 15))
        yield paid, "record_payment", about | {"instalment_no": number, "paid_on": day(paid)}
    yield 85, "record_delivery", about | {"delivered_on": day(85)}
    begun, complete = chance.randint(120, 200), chance.randint(330, 390)
    yield begun, "record_construction", about | {"started_on": day(begun)}
    if accepted_on(plan, site) + timedelta(days=complete) < date(2024, 3, 1):
        built = {"started_on": day(begun), "completed_on": day(complete)}
        yield complete, "record_construction", about | built
        figures = [{"code": "invest", "value": str(chance.randint(320, 420)), "unit": "万元/亩"}]
        yield (
            complete + 20,
            "review_commitments",
            about
            | {
                "review_id": "R-1",
                "check_stage": "completion",
                "reviewed_on": day(complete + 20),
                "figures": figures,
                "evidence_ids": [f"review-{site.number}"],
            },
        )
