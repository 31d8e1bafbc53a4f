"""Firms and cases for the tests, with whatever a test changes."""

from __future__ import annotations

from typing import Any

TOWNSHIP = "330604006"
FIRM = f"{TOWNSHIP}-E9"
OTHER = f"{TOWNSHIP}-E10"
PARCEL = f"{TOWNSHIP}-0231"
CASE = f"{TOWNSHIP}-C17"


def premises(role: str = "owner", parcel_id: str = PARCEL, **days: str) -> dict[str, str]:
    return {"parcel_id": parcel_id, "role": role, "from": "2015-01-01"} | days


def firm(*where: dict[str, str], **changes: Any) -> dict[str, Any]:
    report = {
        "enterprise_id": FIRM,
        "name": "上虞示例机械有限公司",
        "uscc": "91330604XXXX00019D",
        "scale": "below_scale",
        "industry_code": "C34",
        "premises": list(where) or [premises()],
    }
    return report | changes


def identified(**changes: Any) -> dict[str, Any]:
    fact = {
        "case_id": CASE,
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "low_efficiency_reasons": ["tax_per_mu"],
        "identified_on": "2023-02-10",
    }
    return fact | changes


def completed(way: str = "vacate_relocate", **changes: Any) -> dict[str, Any]:
    fact = {
        "case_id": CASE,
        "parcel_id": PARCEL,
        "township": TOWNSHIP,
        "disposal_way": way,
        "vacated_area_m2": "11781",
        "completed_on": "2023-07-20",
    }
    return fact | changes


def case_fact(**day: str) -> dict[str, Any]:
    return {"case_id": CASE, "parcel_id": PARCEL, "township": TOWNSHIP} | day
