"""What is owed under a contract or a notice, and told by the clock: each of a plot beside that of a life."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from demo.story import Plot
from tests.chaos import told
from tests.projects.plans.office import CITY

from . import sales

if TYPE_CHECKING:
    from .life import Life

BUILDS = {"code": "jobs", "op": ">=", "value": "30", "unit": "人", "check_stage": "start"}


def owed(life: Life) -> None:
    """A contract is signed: nobody pays, nobody builds, and nobody reviews once they do."""
    plot = life.beside("owed")
    terms = {"payments": [{"share": "1", "within_months": 1}], "start_within_months": 6}
    about = sales.offered(life, plot, indicators=[BUILDS], contract_terms=terms)
    sales.admitted(life, about, "A-01")
    bid = {"application_id": "A-01", "price_cny": "4700000", "bid_at": life.at(30, 10)}
    life.write("projects", "close_bidding", **about, closed_at=life.at(34, 16), bids=[bid])
    life.write("projects", "confirm_award", **about, confirmed_on=plot.day(35))
    signed = {"signed_on": plot.day(40), "contract_number": f"2023-{plot.run}"}
    life.write("projects", "sign_contract", **about, **signed)
    for kind in ("payment_due", "start_overdue"):
        life.until(lambda kind=kind: life.is_told(kind, plot.parcel_id))
    contract = {"contract_id": f"{about['listing_id']}.1"}
    life.write("projects", "record_construction", **contract, started_on=plot.day(400))
    life.until(lambda: life.is_told("review_due", plot.parcel_id))


def near(life: Life) -> None:
    """Applications for land on offer end in three days."""
    accepted_on = life.desk.today() - timedelta(days=28)
    plot = Plot(f"{life.plot.run}near", life.plot.township, accepted_on)
    sales.offered(life, plot)
    life.until(lambda: life.is_told("deadline_near", plot.parcel_id))


def plan_of_the_year(life: Life) -> None:
    """The city has no plan for this year until it is known that it was published."""
    today = life.desk.today()
    if "projects.supply_plan_overdue" in told.not_led_to(today):
        return
    own = {"document": f"a plan of {life.plot.run}"}  # else the second desk would say nothing new
    life.write("projects", "record_supply_plan", **CITY | own)
    plan = {"plan_id": f"{CITY['region']}-{today.year}"}
    life.until(lambda: _was_missing(life.ask("projects", "get_supply_plan", **plan)))
    days = {"approved_on": f"{today.year}-03-20", "published_on": f"{today.year}-03-30"}
    life.write("projects", "record_supply_plan", **CITY | own | days | {"year": today.year})


def _was_missing(plan: dict[str, Any]) -> bool:
    """That is told; or another desk has entered the plan meanwhile, for the city has one."""
    return bool(plan["overdue_told"] or plan["versions"])
