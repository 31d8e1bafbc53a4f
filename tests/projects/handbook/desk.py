"""An investment desk with plots on offer, and a land register that answers as a test says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from backbone.errors import Unavailable
from backbone.testing import Rehearsal
from services.projects.listings.listing import listing_id_of
from services.projects.service import ProjectsService
from tests.projects.desk import at
from tests.projects.examples import TOWNSHIP, released, revoked, terms

PLAN = {"plot_ratio": {"minimum": "1.2", "maximum": None}, "recorded": {"on": "2023-07-01"}}
CLEAN = {"state": "registered", "soil": None, "encumbrances": None, "plan_conditions": PLAN}
UNIT = {
    "unit_id": f"{TOWNSHIP}-B2-301",
    "township": TOWNSHIP,
    "park_name": "新时代科创园",
    "building_name": "5号楼",
    "floor": 3,
    "free_area_m2": "2000",
    "free_until": None,
    "fit_out": "basic",
    "asking_rent_cny_per_m2_month": "15",
}


@dataclass
class Register:
    """The service `parcels` as the desk sees it: parcels by their ids, the releases that do not stand as they
    should, and whether it answers at all. It knows of a release what the desk told it."""

    deadline_s: float = 3
    away: bool = False
    parcels: dict[str, dict[str, Any]] = field(default_factory=dict)
    standing: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    meanwhile: Callable[[], Any] | None = None  # happens once, after the register has answered

    def get_parcel(self, parcel_id: str) -> dict[str, Any]:
        self._answer(parcel_id)
        return CLEAN | self.parcels.get(parcel_id, {})

    def release_standing(self, parcel_id: str, case_id: str) -> dict[str, Any]:
        self._answer(parcel_id)
        said, happens, self.meanwhile = self.standing[parcel_id], self.meanwhile, None
        if happens:
            happens()
        return said

    def units_available(self, **_: Any) -> dict[str, Any]:
        self._answer("units")
        return {"units_found": 1, "units": [UNIT], "free_area_m2": "2000"}

    def _answer(self, what: str) -> None:
        self.asked.append(what)
        if self.away:
            raise Unavailable("parcels does not answer")


class Desk(Rehearsal):
    """It is noon of 10 August 2023; `a` and `b` are released, and the lead `lead-1` looks for land."""

    def __init__(self, *plots: str) -> None:
        self.register, self.moment = Register(), at("08-10 12:00")
        super().__init__(ProjectsService, clock=lambda: self.moment, parcels=self.register)
        self.call("register_lead", lead_id="lead-1", name="固态电池", source="fund_led", wish={})
        self.call("register_lead", lead_id="lead-2", name="膜材料", source="fund_led", wish={})
        for plot in plots or ("a", "b"):
            self.release(plot)

    def on(self, text: str) -> Desk:
        self.moment = at(text)
        return self

    def release(self, plot: str, number: int = 1, **changes: Any) -> None:
        self.register.standing[parcel_of(plot)] = standing("released", number)
        ids = {"parcel_id": parcel_of(plot), "case_id": case_of(plot), "release_no": number}
        self.hear("parcels", "land_released", released(**ids | changes))

    def revoke(self, plot: str, number: int = 2, *, told: bool = True) -> None:
        """The land register takes a release back; `told` says whether projects heard of it."""
        self.register.standing[parcel_of(plot)] = standing("revoked", number)
        ids = {"parcel_id": parcel_of(plot), "case_id": case_of(plot), "release_no": number}
        if told:
            self.hear("parcels", "release_revoked", revoked(**ids))

    def publish(self, plot: str, **changes: Any) -> Any:
        return self.call("publish_listing", listing_id=listing_of(plot), **terms(**changes))

    def hold(self, plot: str, lead: str = "lead-1", **more: Any) -> Any:
        given = {"lead_id": lead, "team": "team 2"} | more
        return self.call("hold_plot", listing_id=listing_of(plot), **given)

    def give_free(self, plot: str) -> Any:
        return self.call("release_hold", listing_id=listing_of(plot))

    def open_page(self, *plots: str, **more: Any) -> Any:
        given = {"lead_id": "lead-1", "ends_on": "2023-09-30", "team": "team 1"}
        chosen = {"listing_ids": [listing_of(plot) for plot in plots]} if plots else {}
        return self.call("open_prospect_page", **given | chosen | more)

    def page(self, token: str) -> Any:
        return self.read("prospect_page", token=token)

    def shows(self, token: str) -> list[str]:
        """The plots that the page shows now, by their letters."""
        return sorted(PLOTS[each["listing_id"]] for each in self.page(token)["plots"])

    def availability(self, plot: str, **more: Any) -> Any:
        return self.read("plot_availability", listing_id=listing_of(plot), **more)

    def why_not(self, plot: str, **more: Any) -> list[str]:
        return [each["code"] for each in self.availability(plot, **more)["reasons"]]

    def handbook(self, **asked: Any) -> Any:
        return self.read("promotion_handbook", **asked)

    def told(self) -> list[tuple[str, str]]:
        """What was told of shown plots: which fact, and of which plot."""
        facts = [each for each in self.facts if each[0].startswith("shown_plot_")]
        return [(name, PLOTS[data["listing_id"]]) for name, data in facts]


def parcel_of(plot: str) -> str:
    return f"{TOWNSHIP}-{plot}"


def case_of(plot: str) -> str:
    return f"{TOWNSHIP}-C-{plot}"


def listing_of(plot: str) -> str:
    return listing_id_of(parcel_of(plot), case_of(plot))


def standing(state: str, number: int) -> dict[str, Any]:
    return {"state": state, "release_no": number, "reasons": []}


PLOTS = {listing_of(plot): plot for plot in "abcd"}
