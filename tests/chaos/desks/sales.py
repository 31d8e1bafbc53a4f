"""Land that is offered in other ways than the plot of a life: each of these sales is of a plot beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from demo.story import Plot
from services.projects.listings.listing import listing_id_of

from . import land

if TYPE_CHECKING:
    from .life import Life

CONTENT = {"use_term_years": 50, "price_basis": "total", "start_price_cny": "4700000"}
DECIDED = {"decided_by": "区人民政府"}
ONLINE = {"place": "福建"}  # where the last hour of a listing may call an auction


def amended(life: Life) -> None:
    """A notice is supplemented, suspended and resumed; then its land is taken off the market."""
    plot = life.beside("amended")
    about = offered(life, plot)
    why = about | {"document": "D-1", "reason": "The boundary is measured again."}
    later = {"terms": {"bond_cny": "950000"}, "new_dates": {"listing_end_on": plot.day(40)}}
    life.write("projects", "supplement_notice", **why, **later, supplemented_at=life.at(8, 10))
    life.write("projects", "suspend_notice", **why, suspended_at=life.at(12, 10))
    life.write("projects", "resume_notice", **why, resumed_at=life.at(15, 10))
    admitted(life, about, "A-01")
    land.record_soil(life, plot, 30, on_registry=True)
    life.until(lambda: _state(life, about) == "withdrawn")


def unsold(life: Life) -> None:
    """Nobody bids; offered again by agreement, two parties ask for it, and no contract is signed."""
    plot = life.beside("unsold")
    about = offered(life, plot)
    life.write("projects", "close_bidding", **about, closed_at=life.at(34, 16), bids=[])
    again = Plot(f"{plot.run}2", plot.township, plot.accepted_on + timedelta(days=60))
    terms = again.notice() | {"supply_way": "agreement"}
    life.write("projects", "publish_listing", **about, **terms)
    for application_id in ("A-01", "A-02"):
        bidder = {"application_id": application_id, "bidder": {"name": f"{application_id} works"}}
        life.write("projects", "apply_for_land", **about, **bidder, applied_at=life.at(70, 10))
    bond = {"application_id": "A-01", "amount_cny": "940000", "paid_at": life.at(71, 10)}
    life.write("projects", "record_bond", **about, **bond)
    bid = {"application_id": "A-01", "price_cny": "4700000", "bid_at": life.at(90, 10)}
    life.write("projects", "close_bidding", **about, closed_at=life.at(94, 16), bids=[bid])


def online(life: Life) -> None:
    """A bidding is frozen and repaired, two bid in its last hour, and a late word drops the auction."""
    about = offered(life, life.beside("online"), **ONLINE, listing_ends_at=life.at(34, 10))
    admitted(life, about, "A-01", "A-02", "A-03")
    froze = {"frozen_at": life.at(30, 10)}
    life.write("projects", "record_interruption", **about, **froze)
    repaired = froze | {"repaired_at": life.at(30, 10, 10)}
    life.write("projects", "record_interruption", **about, **repaired)
    closed = {"closed_at": life.at(34, 11), "bids": _bids_of_the_last_hour(life)}
    life.write("projects", "close_bidding", **about, **closed)
    late = {"application_id": "A-03", "price_cny": "4900000", "bid_at": life.at(25, 10)}
    life.write("projects", "enter_bid", **about, **late)


def planned(life: Life) -> None:
    """An offer plan lies, is returned, and approved; its notice departs from it. Another ends with the
    release that it was for."""
    plot, other = life.beside("planned"), life.beside("ended")
    for each in (plot, other):
        _submitted(life, each)
    life.until(lambda: life.ask("projects", "get_offer_plan", **about_of(plot))["lies_told"])
    no = DECIDED | {"decided_on": plot.day(2), "document": "no", "remarks": "Too low."}
    life.write("projects", "return_offer_plan", **about_of(plot), **no)
    submitted = {"content": CONTENT | {"use_term_years": 40}, "submitted_on": plot.day(2)}
    life.write("projects", "submit_offer_plan", **about_of(plot), **submitted, document="request 8")
    for each in (plot, other):
        yes = DECIDED | {"decided_on": each.day(3), "document": f"{each.accepted_on.year}-31"}
        life.write("projects", "approve_offer_plan", **about_of(each), **yes)
    life.write("projects", "publish_listing", **about_of(plot), **plot.notice())
    land.record_soil(life, other, 30, on_registry=True)
    life.until(lambda: _plan_state(life, other) == "ended")


def about_of(plot: Plot) -> dict[str, Any]:
    return {"listing_id": listing_id_of(plot.parcel_id, plot.case_id)}


def drafted(life: Life, plot: Plot) -> dict[str, Any]:
    """The land of the plot may be offered: what a command names it by."""
    life.vacate(plot)
    life.until(lambda: life.ask("projects", "get_listing", **about_of(plot)))
    return about_of(plot)


def offered(life: Life, plot: Plot, **terms: Any) -> dict[str, Any]:
    about = drafted(life, plot)
    life.write("projects", "publish_listing", **about, **plot.notice() | terms)
    return about


def _submitted(life: Life, plot: Plot) -> None:
    about = drafted(life, plot)
    given = {"content": CONTENT, "submitted_on": plot.day(1), "document": "request 7"}
    life.write("projects", "submit_offer_plan", **about, **given)


def admitted(life: Life, about: dict[str, Any], *application_ids: str) -> None:
    for application_id in application_ids:
        bidder = {"application_id": application_id, "bidder": {"name": f"{application_id} works"}}
        life.write("projects", "apply_for_land", **about, **bidder, applied_at=life.at(20, 10))
        bond = {"application_id": application_id, "amount_cny": "950000"}
        life.write("projects", "record_bond", **about, **bond, paid_at=life.at(21, 10))


def _bids_of_the_last_hour(life: Life) -> list[dict[str, Any]]:
    return [
        {"application_id": "A-01", "price_cny": "4700000", "bid_at": life.at(34, 9, 10)},
        {"application_id": "A-02", "price_cny": "4800000", "bid_at": life.at(34, 9, 30)},
    ]


def _state(life: Life, about: dict[str, Any]) -> str:
    return str(life.ask("projects", "get_listing", **about)["state"])


def _plan_state(life: Life, plot: Plot) -> str:
    return str(life.ask("projects", "get_offer_plan", **about_of(plot))["state"])
