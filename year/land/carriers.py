"""A plot that bears a park: its buildings, their units, and who rents there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from ..codes import firm_name
from ..coming import Coming, between, corrected, reported
from ..firms.homes import firm_id
from ..plan import Plan
from .sites import Fate, Site

REPORTED = (date(2022, 9, 1), date(2022, 9, 30))
LET = (date(2022, 10, 8), date(2023, 12, 20))
STOREYS, LET_SHARE = (3, 6), 0.7


def park_of(plan: Plan, site: Site) -> Iterator[Coming]:
    """Everything that is reported of the park, if the plot bears one."""
    if site.fate is not Fate.CARRIER:
        return
    chance = plan.draw("park", site.number)
    day, park_id = between(*REPORTED, chance), f"{site.parcel_id}.P"
    park: dict[str, Any] = {
        "park_id": park_id,
        "name": f"虚{site.number}号创业园",
        "operator": "a park company",
    }
    park |= {"parcel_ids": [site.parcel_id], "small_firm_park": chance.random() < 0.4}
    yield from reported(plan, "carrier.park_reported", day, park | {"reported_on": day.isoformat()})
    storey_m2 = max(200, site.area_m2 // 8)
    for number in range(1, chance.randint(1, 3) + 1):
        yield from _building(plan, site, f"{park_id}-{number}", storey_m2, day, chance)


def _building(
    plan: Plan, site: Site, building_id: str, storey_m2: int, day: date, chance: Random
) -> Iterator[Coming]:
    floors, on = chance.randint(*STOREYS), day.isoformat()
    yield from reported(plan, "carrier.building_reported", day, {
        "building_id": building_id,
        "park_id": f"{site.parcel_id}.P",
        "parcel_id": site.parcel_id,
        "name": f"{building_id.rpartition('-')[2]}号楼",
        "floors": floors,
        "floor_area_m2": str(storey_m2 * floors),
        "built_year": chance.randint(2008, 2021),
        "reported_on": on,
    })  # fmt: skip
    for floor in range(1, floors + 1):
        for unit in (1, 2):
            unit_id = f"{building_id}-{floor}0{unit}"
            yield from _unit(plan, building_id, unit_id, floor, storey_m2 * 2 // 5, day, chance)


def _unit(
    plan: Plan, building_id: str, unit_id: str, floor: int, area_m2: int, day: date, chance: Random
) -> Iterator[Coming]:
    rent = chance.randrange(1200, 2800, 50) / 100
    unit = {
        "unit_id": unit_id,
        "building_id": building_id,
        "floor": floor,
        "rentable_area_m2": str(area_m2),
        "asking_rent_cny_per_m2_month": f"{rent:.2f}",
        "available_from": day.isoformat(),
        "reported_on": day.isoformat(),
    }
    wrong = {"asking_rent_cny_per_m2_month": f"{rent * 10:.2f}"}
    yield from corrected(plan, "carrier.unit_reported", day, unit, wrong)
    if chance.random() < LET_SHARE:
        yield from _lease(plan, unit_id, area_m2, rent, chance)


def _lease(plan: Plan, unit_id: str, area_m2: int, rent: float, chance: Random) -> Iterator[Coming]:
    """The whole unit to one of the firms, for one to five years."""
    signed, tenant = between(*LET, chance), chance.randrange(plan.firms)
    starts = signed + timedelta(days=chance.randint(5, 40))
    ends = starts + timedelta(days=365 * chance.randint(1, 5))
    yield from reported(plan, "carrier.unit_leased", signed, {
        "unit_id": unit_id,
        "lease_id": f"{unit_id}.L",
        "enterprise_id": firm_id(plan, tenant),
        "lessee_name": firm_name(plan, tenant),
        "area_m2": str(area_m2),
        "starts_on": starts.isoformat(),
        "ends_on": ends.isoformat(),
        "rent_cny_per_m2_month": f"{rent * chance.uniform(0.9, 1):.2f}",
        "deposit_cny": f"{area_m2 * rent * 2:.2f}",
        "use": "production",
        "signed_on": signed.isoformat(),
    }, f"{unit_id}.L")  # fmt: skip
