"""Vacancy: what is free, what becomes free, how full a park is, and what a plant is sold for."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone import query
from park.rules import refuse
from park.time import months_later

from ..carriers import Carriers
from ..entrypoints import MOST, Keeping
from ..park import Building, Park
from ..unit import NOTHING, Unit
from . import answers, free, sale, schemas
from .rulebook import STAR_RATING


class Vacancies(Keeping):
    """Answers the investment team, as of a day: today, unless another is given."""

    @query(schemas.UnitsAvailable, answers=answers.UnitsFree)
    def units_available(self, request: dict[str, Any]) -> Any:
        """What can be rented on that day, the smallest first."""
        on, carriers = self._asked(request)
        units = carriers.units_in(on, **_where(request), small_firm_park=request["small_firm_park"])
        least = request["area_from_m2"] or NOTHING
        found = free.free_units(carriers, units, on)
        found = [each for each in found if each["free_area_m2"] >= least]
        total = sum((each["free_area_m2"] for each in found), NOTHING)
        answer = {
            "on": on,
            "units_found": len(found),
            "free_area_m2": total,
            "units": found[: request["limit"]],
        }
        return self.store.dump(answer)

    @query(schemas.LeasesEnding, answers=answers.LeasesEnd)
    def leases_ending(self, request: dict[str, Any]) -> Any:
        """The leases that end within so many months, and that nobody has renewed."""
        _, leases, answer = self._ending(request)
        return self.store.dump({**answer, "leases": [lease for lease, _ in leases]})

    @query(schemas.RelocationMatches, answers=answers.Relocations)
    def relocation_matches(self, request: dict[str, Any]) -> Any:
        """For each lease that ends within so many months, the units that can take the lessee."""
        carriers, leases, answer = self._ending(request)
        found = free.relocations(carriers, leases, request["most"])
        return self.store.dump({**answer, "relocations": found})

    @query(schemas.OccupancyAsked, answers=answers.Occupancy)
    def occupancy(self, request: dict[str, Any]) -> Any:
        """How full a park is on that day, by building."""
        park = self.store.require(Park, request["park_id"], "park_id")
        on = request["on"] or self.store.today
        return self.store.dump(free.occupancy(self._carriers(), park, on))

    @query(schemas.StarRated, answers=answers.RatedParks)
    def star_rated(self, request: dict[str, Any]) -> Any:
        """The small-firm parks that have enough stars on that day for the yearly evaluation."""
        on = request["on"] or self.store.today
        bar = STAR_RATING.on(on)
        least = bar.least_stars if request["least_stars"] is None else request["least_stars"]
        parks = self.store.find(Park, MOST, small_firm_park=True)
        found = free.rated(parks, least, on)
        answer = {"on": on, "least_stars": least, "source": bar.source, "parks": found}
        return self.store.dump(answer)

    @query(schemas.CarrierFindings, answers=answers.Findings)
    def carrier_findings(self, request: dict[str, Any]) -> Any:
        """What is doubtful: floors that are too full, units and leases that do not fit."""
        wanted = request["township"]
        found = self._carriers().findings()
        here = [each for each in found if wanted in (None, each["township"])]
        return self.store.dump({"findings": here})

    @query(schemas.SalePriceAsked, answers=answers.SalePrice)
    def sale_price(self, request: dict[str, Any]) -> Any:
        """What a building or a unit is sold for to a buyer of that yearly revenue."""
        on = request["on"] or self.store.today
        thing, area = self._for_sale(request)
        if area is None:
            refuse(sale.no_area_reported("building_id" if request["building_id"] else "unit_id"))
        price = sale.sale_price(thing.township, area, request["buyer_revenue_cny"], on)
        about = {name: request[name] for name in ("building_id", "unit_id")}
        return self.store.dump({**about, "on": on, **price})

    def _ending(self, request: dict[str, Any]) -> tuple[Carriers, Any, dict[str, Any]]:
        """The first of the leases that end, up to the limit, and what an answer says of all."""
        on, carriers = self._asked(request)
        until = months_later(on, request["within_months"])
        leases = free.ending(carriers, carriers.units_in(on, **_where(request)), on, until)
        answer = {"on": on, "until": until, "leases_found": len(leases)}
        return carriers, leases[: request["limit"]], answer

    def _for_sale(self, request: dict[str, Any]) -> Any:
        if request["building_id"] is not None:
            building = self.store.require(Building, request["building_id"], "building_id")
            return building, building.floor_area_m2
        unit = self.store.require(Unit, request["unit_id"], "unit_id")
        return unit, unit.rentable_area_m2

    def _asked(self, request: dict[str, Any]) -> tuple[date, Carriers]:
        if request["park_id"] is not None:
            self.store.require(Park, request["park_id"], "park_id")
        return request["on"] or self.store.today, self._carriers()


def _where(request: dict[str, Any]) -> dict[str, Any]:
    return {name: request[name] for name in ("township", "park_id")}
