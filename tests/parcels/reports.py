"""What a township reports of a parcel and its case: the type and the data of each event. What differs
from the usual report is given as keywords."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

XIAOYUE = "330604006"
PARCEL = f"{XIAOYUE}-0231"
CASE = f"{XIAOYUE}-C17"
FIRST = datetime(2023, 8, 1, 1, 0, tzinfo=UTC)
Report = tuple[str, dict[str, Any]]


def event(type_: str, data: dict[str, Any], number: int, township: str = XIAOYUE) -> dict[str, Any]:
    """A report as the event of that number: each is an hour after the one before."""
    return {
        "type_": type_,
        "data": data,
        "publisher": township,
        "id": f"event-{number}",
        "time": FIRST + timedelta(hours=number),
    }


def survey(**more: Any) -> Report:
    """10 mu of industrial land, unless the keywords say otherwise."""
    area = {} if "area_mu" in more else {"area_m2": "6666.666667"}
    return "parcel.registered", {
        "parcel_id": PARCEL,
        **area,
        "land_use": "industrial",
        "planned_use": "industrial",
        "in_zone": True,
        "surveyed_on": "2023-01-10",
        **more,
    }


def soil(**more: Any) -> dict[str, Any]:
    """Clean and surveyed."""
    clean = {
        "on_registry": False,
        "survey_reviewed": True,
        "survey_filed": True,
        "case_open": False,
    }
    return {**clean, "evidence_ids": ["SOIL-2023-7"], **more}


def soil_record(on: str = "2023-08-20", **more: Any) -> dict[str, Any]:
    """A record of the ecology desk."""
    return {"parcel_id": PARCEL, "recorded_on": on, **soil(), **more}


def _remediation(kind: str, role: str, **data: Any) -> Report:
    ids = {"case_id": CASE, "parcel_id": PARCEL, "operator_role": role}
    return f"remediation.{kind}", {**ids, **data}


def identified(**more: Any) -> Report:
    given = {"low_efficiency_reasons": ["use_strength"], "identified_on": "2023-02-01"}
    return _remediation("identified", "task_force", **given | more)


def planned(way: str = "land_reserve", **more: Any) -> Report:
    given = {"disposal_way": way, "planned_end_on": "2023-07-31"}
    return _remediation("planned", "township", **given | more)


def approved(way: str = "land_reserve", **more: Any) -> Report:
    given = {"disposal_way": way, "approved_on": "2023-03-15", "document_number": "2023-17"}
    return _remediation("approved", "government", **given | more)


def progressed(percent: int = 60, **more: Any) -> Report:
    given = {"percent": percent, "reported_on": "2023-05-31"}
    return _remediation("progressed", "township", **given | more)


def completed(way: str = "land_reserve", **more: Any) -> Report:
    """All of the parcel was vacated."""
    area = {} if "vacated_area_m2" in more else {"vacated_area_mu": "10"}
    given = {"disposal_way": way, "completed_on": "2023-07-28", "acceptance_number": "2023-9"}
    return _remediation("completed", "task_force", **area | given | more)


def whole_case(way: str = "land_reserve", **completion: Any) -> list[Report]:
    """Every report of a case, in order."""
    steps = [survey(), identified(), planned(way), approved(way), progressed()]
    return [*steps, completed(way, **completion)]


def turn(kind: str, on: str, **more: Any) -> Report:
    """A report that may repeat, by the office that usually sends it and with what it has to say."""
    role, day, says = TURNS[kind]
    return _remediation(kind, role, **{day: on} | says | more)


TURNS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "acceptance_requested": ("township", "requested_on", {}),
    "returned": ("task_force", "returned_on", {"missing": ["the demolition certificate"]}),
    "suspended": ("task_force", "suspended_on", {"reason": "the owner is insolvent"}),
    "resumed": ("task_force", "resumed_on", {"reason": "the administrator agrees"}),
    "cancelled": ("task_force", "cancelled_on", {"reason": "a road is built there"}),
    "reopened": ("patrol", "reopened_on", {"findings": ["the press is back"]}),
    "followed_up": ("patrol", "followed_up_on", {"all_is_well": True}),
}
