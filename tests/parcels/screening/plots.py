"""Plots and their figures for the tests, with whatever a test changes."""

from __future__ import annotations

from typing import Any

from ..reports import PARCEL, XIAOYUE, Report

FIRM = f"{XIAOYUE}-E9"
OTHER = f"{XIAOYUE}-E10"


def figures(**more: Any) -> dict[str, Any]:
    """What `enterprises` announces of a firm's year: all of it on one parcel, output of 54,000 yuan per
    mu on 10 mu."""
    given = {
        "enterprise_id": FIRM,
        "township": XIAOYUE,
        "data_year": 2022,
        "version": 1,
        "industry_code": "C34",
        "parcels": [{"parcel_id": PARCEL, "share": "1"}],
        "tax_paid_cny": "265000",
        "gross_output_cny": "540000",
        "value_added_cny": "190000",
        "energy_tce": "310.5",
        "employees": "60",
        "floor_area_m2": "9800",
        "at_least": [],
        "statistics_only": [],
    }
    return given | more


def low(**more: Any) -> dict[str, Any]:
    """An output of 40,000 yuan per mu, below the 50,000 of the criterion."""
    return figures(gross_output_cny="400000") | more


def construction(**more: Any) -> Report:
    given = {"parcel_id": PARCEL, "reported_on": "2023-07-31"}
    return "construction.reported", given | more


def verified(**more: Any) -> Report:
    return _check("verified", checked_on="2023-05-10", document_ids=["D-1"], **more)


def rejected(**more: Any) -> Report:
    return _check("rejected", **({"checked_on": "2023-05-12"} | more))


def holder_heard(view: str = "objects", **more: Any) -> Report:
    given = {"view": view, "text": "the line was being rebuilt", "heard_on": "2023-05-20"}
    return _check("holder_heard", **(given | more))


def answered(upheld: bool = False, **more: Any) -> Report:
    given = {"upheld": upheld, "text": "it has stood since 2021", "answered_on": "2023-06-01"}
    return _check("objection_answered", **(given | more))


def _check(kind: str, **data: Any) -> Report:
    about = {"parcel_id": PARCEL, "data_year": 2022, "operator_role": "township"}
    return f"low_efficiency.{kind}", about | data
