"""What vacancy answers. Areas in m², days in the park, both ends of a term included."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TypedDict

from ...words import Why
from ..carriers import Finding, Place
from ..unit import FitOut


class FreeUnit(Place):
    """`free_area_m2` can be had on that day, all of it until `free_until`; none is without an end."""

    free_area_m2: Decimal
    free_until: date | None
    fit_out: FitOut | None
    asking_rent_cny_per_m2_month: Decimal | None
    deposit_cny: Decimal | None


class UnitsFree(TypedDict):
    """`units_found` counts all; `units` are the smallest of them, up to the limit."""

    on: date
    units_found: int
    free_area_m2: Decimal
    units: list[FreeUnit]


class EndingLease(Place):
    lease_id: str
    enterprise_id: str | None
    lessee_name: str | None
    area_m2: Decimal
    last_day: date
    days_left: int


class LeasesEnd(TypedDict):
    """`leases_found` counts all; `leases` are the first to end, up to the limit."""

    on: date
    until: date
    leases_found: int
    leases: list[EndingLease]


class Relocation(TypedDict):
    """Units that can take the lessee from the day after the lease, the nearest and smallest first."""

    lease: EndingLease
    units: list[FreeUnit]


class Relocations(TypedDict):
    """`leases_found` counts all that end; those named are the first to end, up to the limit."""

    on: date
    until: date
    leases_found: int
    relocations: list[Relocation]


class BuildingOccupancy(TypedDict):
    building_id: str
    building_name: str | None
    units_found: int
    rentable_area_m2: Decimal
    leased_area_m2: Decimal


class Occupancy(TypedDict):
    """`occupied_percent` is none where nothing can be rented. A park that was merged by that day holds
    nothing, and `merged_into` names the one that holds it now."""

    park_id: str
    park_name: str | None
    on: date
    operator: str | None
    stars: int | None
    merged_into: str | None
    units_found: int
    leases_found: int
    rentable_area_m2: Decimal
    leased_area_m2: Decimal
    vacant_area_m2: Decimal
    occupied_percent: Decimal | None
    buildings: list[BuildingOccupancy]


class RatedPark(TypedDict):
    park_id: str
    park_name: str | None
    township: str
    stars: int


class RatedParks(TypedDict):
    on: date
    least_stars: int
    source: str
    parks: list[RatedPark]


class Findings(TypedDict):
    findings: list[Finding]


class SalePrice(TypedDict):
    building_id: str | None
    unit_id: str | None
    on: date
    area_m2: Decimal
    price_cny_per_m2: Decimal
    total_cny: Decimal
    revenue_from_wan: Decimal | None
    revenue_below_wan: Decimal | None
    place: str
    source: str
    warnings: list[Why]
