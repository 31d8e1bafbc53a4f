"""What a township reports of a park of small firms: the type and the data of each event."""

from __future__ import annotations

from typing import Any

from ..reports import PARCEL, XIAOYUE, Report

PARK = f"{XIAOYUE}-P1"
BUILDING = f"{XIAOYUE}-P1-5"
UNIT = f"{XIAOYUE}-P1-5-301"
FIRM = f"{XIAOYUE}-E9"


def park(**more: Any) -> Report:
    """A park of four stars."""
    return "carrier.park_reported", {
        "park_id": PARK,
        "name": "上虞新时代科创园",
        "operator": "park company",
        "stars": 4,
        "stars_from": "2023-01-01",
        "small_firm_park": True,
        "parcel_ids": [PARCEL],
        "reported_on": "2023-01-10",
        **more,
    }


def building(**more: Any) -> Report:
    """Five floors of 1,200 m² each."""
    return "carrier.building_reported", {
        "building_id": BUILDING,
        "park_id": PARK,
        "parcel_id": PARCEL,
        "name": "5号楼",
        "floors": 5,
        "floor_area_m2": "6000",
        "built_year": 2019,
        "reported_on": "2023-01-11",
        **more,
    }


def unit(**more: Any) -> Report:
    """500 m² on the third floor."""
    return "carrier.unit_reported", {
        "unit_id": UNIT,
        "building_id": BUILDING,
        "floor": 3,
        "rentable_area_m2": "500",
        "fit_out": "basic",
        "asking_rent_cny_per_m2_month": "18.5",
        "deposit_cny": "30000",
        "available_from": "2023-02-01",
        "reported_on": "2023-01-12",
        **more,
    }


def terms(name: str = "L1", area: Any = "300", **more: Any) -> dict[str, Any]:
    """300 m² for the year from March 2023 on."""
    return {
        "unit_id": UNIT,
        "lease_id": f"{XIAOYUE}-{name}",
        "enterprise_id": FIRM,
        "area_m2": area,
        "starts_on": "2023-03-01",
        "ends_on": "2024-02-29",
        "rent_cny_per_m2_month": "17",
        "deposit_cny": "20000",
        "rent_free_days": 30,
        "use": "production",
        "signed_on": "2023-02-20",
        **more,
    }


def lease(name: str = "L1", area: Any = "300", **more: Any) -> Report:
    return "carrier.unit_leased", terms(name, area, **more)


def whole_park(**more: Any) -> list[Report]:
    return [park(), building(), unit(**more)]
