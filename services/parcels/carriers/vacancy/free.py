"""What is free, what becomes free, and how full a park is, on a day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from heapq import nsmallest
from typing import Any, NamedTuple

from ..carriers import Carriers
from ..park import CarrierState, Park
from ..unit import NOTHING, Lease, Unit
from .answers import EndingLease, FreeUnit, Occupancy, RatedPark, Relocation

TENTH = Decimal("0.1")


def free_units(carriers: Carriers, units: Iterable[Unit], on: date) -> list[FreeUnit]:
    """The units of which something can be had on that day, the smallest first."""
    found = [_free(carriers, unit, on) for unit in units if _can_be_had(unit, on)]
    return sorted(found, key=lambda each: (each["free_area_m2"], each["unit_id"]))


def _can_be_had(unit: Unit, on: date) -> bool:
    opened = unit.available_from is None or unit.available_from <= on
    return unit.state is CarrierState.REPORTED and opened and unit.free_on(on) > 0


def _free(carriers: Carriers, unit: Unit, on: date) -> FreeUnit:
    free = unit.free_on(on)
    return {
        **carriers.place_of(unit, on),
        "free_area_m2": free,
        "free_until": free_until(unit, free, on),
        "fit_out": unit.fit_out,
        "asking_rent_cny_per_m2_month": unit.asking_rent_cny_per_m2_month,
        "deposit_cny": unit.deposit_cny,
    }


def free_until(unit: Unit, area_m2: Decimal, on: date) -> date | None:
    """The last day on which this much stays free; none if no lease that is known takes it."""
    starts = sorted(each.starts_on for each in unit.standing if each.starts_on > on)
    taken = (day for day in starts if unit.free_on(day) < area_m2)
    first = next(taken, None)
    return first - timedelta(days=1) if first else None


def ending(
    carriers: Carriers, units: Iterable[Unit], on: date, until: date
) -> list[tuple[EndingLease, Unit]]:
    """The leases whose last day lies from `on` to `until`, and that nobody has renewed."""
    found = [
        (_ending(carriers, unit, lease, on), unit)
        for unit in units
        for lease in ends_unrenewed(unit, on, until)
    ]
    return sorted(found, key=lambda each: (each[0]["last_day"], each[0]["lease_id"]))


def ends_unrenewed(unit: Unit, on: date, until: date) -> Iterator[Lease]:
    """The leases of a unit whose last day lies from `on` to `until`, and that nobody has renewed."""
    for lease in unit.standing:
        ends = lease.covers(lease.last_day) and on <= lease.last_day <= until
        if ends and not unit.renewals_of(lease):
            yield lease


def _ending(carriers: Carriers, unit: Unit, lease: Lease, on: date) -> EndingLease:
    return {
        **carriers.place_of(unit, on),
        "lease_id": lease.lease_id,
        "enterprise_id": lease.enterprise_id,
        "lessee_name": lease.lessee_name,
        "area_m2": lease.area_m2,
        "last_day": lease.last_day,
        "days_left": (lease.last_day - on).days,
    }


def relocations(
    carriers: Carriers, ending_leases: Iterable[tuple[EndingLease, Unit]], most: int
) -> list[Relocation]:
    """For each lease that ends, other units with room for it from the next day on."""
    openings_on: dict[date, list[Opening]] = {}  # many leases end on the same day
    found: list[Relocation] = []
    for lease, home in ending_leases:
        day = lease["last_day"] + timedelta(days=1)
        if day not in openings_on:
            openings_on[day] = _openings(carriers, day)
        chosen = _openings_for(lease, home, openings_on[day], most)
        units = [_free(carriers, each.unit, day) for each in chosen]
        found.append({"lease": lease, "units": units})
    return found


class Opening(NamedTuple):
    """A unit that is free on a day, and the park in which it then is."""

    area_m2: Decimal
    unit_id: str
    unit: Unit
    park_id: str | None


def _openings(carriers: Carriers, day: date) -> list[Opening]:
    """What is free on that day, the smallest first."""
    found = []
    for unit in carriers.units:
        if _can_be_had(unit, day):
            park = carriers.park_of(carriers.building_of(unit), day)
            park_id = park.park_id if park else None
            found.append(Opening(unit.free_on(day), unit.unit_id, unit, park_id))
    return sorted(found, key=lambda each: each[:2])


def _openings_for(
    lease: EndingLease, home: Unit, openings: list[Opening], most: int
) -> list[Opening]:
    """Those with room for the lease: in the same park first, then in the same township, then by area."""
    roomy = openings[bisect_left(openings, (lease["area_m2"],)) :]
    others = (each for each in roomy if each.unit_id != home.unit_id)
    return nsmallest(
        most,
        others,
        key=lambda each: (
            each.park_id != lease["park_id"],
            each.unit.township != lease["township"],
        ),
    )


def occupancy(carriers: Carriers, park: Park, on: date) -> Occupancy:
    """How full a park is on that day, by building."""
    buildings = carriers.buildings_in(park.park_id, on)
    rows = [_row(each.building_id, each.name, carriers, on) for each in buildings]
    units = [unit for each in buildings for unit in carriers.units_of(each.building_id)]
    rentable = sum((each["rentable_area_m2"] for each in rows), NOTHING)
    leased = sum((each["leased_area_m2"] for each in rows), NOTHING)
    return {
        "park_id": park.park_id,
        "park_name": park.name,
        "on": on,
        "operator": park.operator_on(on),
        "stars": park.stars_on(on),
        "merged_into": park.merged_into if park.merged_by(on) else None,
        "units_found": len(units),
        "leases_found": sum(each.covers(on) for unit in units for each in unit.standing),
        "rentable_area_m2": rentable,
        "leased_area_m2": leased,
        "vacant_area_m2": sum((each.free_on(on) for each in units), NOTHING),
        "occupied_percent": (100 * leased / rentable).quantize(TENTH) if rentable else None,
        "buildings": rows,
    }


def _row(building_id: str, name: str | None, carriers: Carriers, on: date) -> Any:
    units = carriers.units_of(building_id)
    return {
        "building_id": building_id,
        "building_name": name,
        "units_found": len(units),
        "rentable_area_m2": sum((each.area_on(on) for each in units), NOTHING),
        "leased_area_m2": sum((each.leased_on(on) for each in units), NOTHING),
    }


def rated(parks: Iterable[Park], least_stars: int, on: date) -> list[RatedPark]:
    """The parks with at least so many stars on that day, the best first; one that was merged by then
    is no more."""
    found = [
        RatedPark(park_id=each.park_id, park_name=each.name, township=each.township, stars=stars)
        for each in parks
        if not each.merged_by(on)
        if (stars := each.stars_on(on)) is not None and stars >= least_stars
    ]
    return sorted(found, key=lambda each: (-each["stars"], each["park_id"]))
