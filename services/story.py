"""The story that `make run` plays: a plot in Xiaoyue is vacated, offered, and finds its project.

Every id carries `run`, so that it can be played again on the same servers. Codes are made up.
"""

from __future__ import annotations

from typing import Any

TOWNSHIP = "330604006"  # 小越街道


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
                "identified_on": "2023-02-01",
            },
        ),
        (
            "remediation.planned",
            {**case, **way, "operator_role": "township", "planned_end_on": "2023-07-31"},
        ),
        (
            "remediation.approved",
            {
                **case,
                **way,
                "operator_role": "government",
                "approved_on": "2023-03-15",
                "document_number": "2023-17",
            },
        ),
        (
            "remediation.progressed",
            {**case, "operator_role": "township", "percent": 60, "reported_on": "2023-05-31"},
        ),
        (
            "remediation.completed",
            {
                **case,
                **way,
                "operator_role": "task_force",
                "vacated_area_m2": "11781",
                "completed_on": "2023-07-28",
                "acceptance_number": "2023-9",
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
        "surveyed_on": "2023-01-10",
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
        "listing_number": f"2023-{run}",
        "approval_document_number": "2023-31",
        "approved_on": "2023-07-31",
        "notice_start_on": "2023-08-01",
        "notice_end_on": "2023-08-21",
        "listing_start_on": "2023-08-21",
        "listing_end_on": "2023-08-31",
        "application_start_on": "2023-08-01",
        "application_end_on": "2023-08-28",
        "bond_deadline_on": "2023-08-29",
        "use_term_years": 50,
        "price_basis": "total",
        "start_price_cny": "4700000",
        "bond_cny": "940000",
        "bid_step_cny": "100000",
        "request_id": f"notice-{run}",
    }
