"""The story that `make run` plays: a plot in Xiaoyue is vacated, offered, and finds its project.

Every id carries `run`, so that it can be played again on the same servers. Codes are made up. Its
days are counted from today: the land is accepted today, and its notice starts tomorrow.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from backbone.work import PARK_TIME

TOWNSHIP = "330604006"  # 小越街道
TODAY = datetime.now(PARK_TIME).date()  # when the land is released, and the story turns around


def day(from_today: int) -> str:
    return (TODAY + timedelta(days=from_today)).isoformat()


def ids(run: str) -> dict[str, str]:
    return {
        "parcel_id": f"{TOWNSHIP}-P{run}",
        "case_id": f"{TOWNSHIP}-C{run}",
        "enterprise_id": f"{TOWNSHIP}-E{run}",
        "lead_id": f"lead-{run}",
    }


def subscriptions() -> list[dict[str, Any]]:
    """Who wants to be told: the land desk, of everything; the investment team, of matches."""
    return [
        {"name": "land desk", "channel": "log", "address": "land-desk", "min_severity": "info"},
        {
            "name": "investment team",
            "channel": "log",
            "address": "investment",
            "kinds": ["land_matched", "listing_published"],
            "min_severity": "info",
        },
    ]


def lead(run: str) -> dict[str, Any]:
    """A project that looks for land."""
    return {
        "lead_id": ids(run)["lead_id"],
        "name": "semi-solid battery separators",
        "source": "fund_led",
        "wish": {
            "min_area_m2": "8000",
            "max_area_m2": "20000",
            "townships": [TOWNSHIP],
            "industry_codes": [],
        },
    }


def reports(run: str) -> list[tuple[str, dict[str, Any]]]:
    """What the township publishes, in order."""
    known = ids(run)
    case = {"case_id": known["case_id"], "parcel_id": known["parcel_id"]}
    way = {"disposal_way": "land_reserve"}
    return [
        ("parcel.registered", _parcel(known["parcel_id"])),
        ("enterprise.registered", _enterprise(known)),
        (
            "remediation.identified",
            {
                **case,
                "operator_role": "task_force",
                "low_efficiency_reasons": ["use_strength"],
                "identified_on": day(-180),
            },
        ),
        (
            "remediation.planned",
            {**case, **way, "operator_role": "township", "planned_end_on": day(3)},
        ),
        (
            "remediation.approved",
            {
                **case,
                **way,
                "operator_role": "government",
                "approved_on": day(-135),
                "document_number": f"{TODAY.year}-17",
            },
        ),
        (
            "remediation.progressed",
            {**case, "operator_role": "township", "percent": 60, "reported_on": day(-60)},
        ),
        (
            "remediation.completed",
            {
                **case,
                **way,
                "operator_role": "task_force",
                "vacated_area_m2": "11781",
                "completed_on": day(0),
                "acceptance_number": f"{TODAY.year}-9",
            },
        ),
    ]


def _parcel(parcel_id: str) -> dict[str, Any]:
    return {
        "parcel_id": parcel_id,
        "area_m2": "11781",
        "identifiers": [
            {"kind": "parcel_code", "value": "330604001002GB00017", "valid_from": "2020-01-01"}
        ],
        "land_use": "industrial",
        "planned_use": "industrial",
        "in_zone": True,
        "surveyed_on": day(-200),
    }


def _enterprise(known: dict[str, str]) -> dict[str, Any]:
    return {
        "enterprise_id": known["enterprise_id"],
        "name": "an example works",
        "uscc": "91330604XXXX00019D",
        "scale": "below_scale",
        "premises": [{"parcel_id": known["parcel_id"], "role": "owner", "from": "2015-01-01"}],
    }


def notice(run: str) -> dict[str, Any]:
    """The terms under which the land desk publishes the listing."""
    return {
        "listing_number": f"{TODAY.year}-{run}",
        "approval_document_number": f"{TODAY.year}-31",
        "approved_on": day(0),
        "notice_start_on": day(1),
        "notice_end_on": day(21),
        "listing_start_on": day(21),
        "listing_end_on": day(31),
        "application_start_on": day(1),
        "application_end_on": day(28),
        "bond_deadline_on": day(29),
        "use_term_years": 50,
        "price_basis": "total",
        "start_price_cny": "4700000",
        "bond_cny": "940000",
        "bid_step_cny": "100000",
        "request_id": f"notice-{run}",
    }
