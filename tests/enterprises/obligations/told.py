"""The facts of projects about one contract, with whatever a test changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ..conftest import NOON, Enterprises
from ..reports import FIRM, OTHER, PARCEL, TOWNSHIP

CONTRACT = "L1.1"
HEAD = f"{TOWNSHIP}-H1"
ABOUT = {"contract_id": CONTRACT, "parcel_id": PARCEL, "township": TOWNSHIP}


def party(enterprise_id: str | None = FIRM, **more: Any) -> dict[str, Any]:
    return {"name": "works", "uscc": None, "enterprise_id": enterprise_id, "share": None} | more


def instalment(number: int, due_on: str, amount_cny: str = "2350000.00") -> dict[str, Any]:
    return {"instalment_no": number, "due_on": due_on, "amount_cny": amount_cny, "paid_on": None}


def signed(*holders: dict[str, Any], **more: Any) -> dict[str, Any]:
    parts = [instalment(1, "2023-02-08"), instalment(2, "2024-01-08")]
    fact = {"signed_on": "2023-01-08", "change_no": 1, "instalments": parts}
    return ABOUT | fact | {"holders": list(holders) or [party()]} | more


def changed(*holders: dict[str, Any], on: str = "2023-05-01", **more: Any) -> dict[str, Any]:
    people = list(holders) or [party(OTHER)]
    fact = {"changed_on": on, "change_no": 2, "holders": people, "duty_bearers": people}
    return ABOUT | fact | more


def due(number: int = 1, on: str = "2023-02-08", **more: Any) -> dict[str, Any]:
    about = {"supply_id": CONTRACT, "parcel_id": PARCEL, "township": TOWNSHIP}
    return about | {"instalment_no": number, "due_on": on, "level": "overdue"} | more


def paid(number: int = 1, on: str = "2023-03-10", **more: Any) -> dict[str, Any]:
    return ABOUT | {"instalment_no": number, "paid_on": on} | more


def promise(number: int = 1, **more: Any) -> dict[str, Any]:
    form = {"indicator": "tax", "check_stage": "full_capacity", "op": ">=", "required": "30"}
    about = {"commitment_id": f"{CONTRACT}.{number}", "unit": "万元/亩", "years_running": 1}
    return about | form | more


def made(*promises: dict[str, Any], **more: Any) -> dict[str, Any]:
    found = list(promises) or [promise()]
    return ABOUT | {"indicators": len(found), "promises": found} | more


def review(met: bool, number: int = 1, review_id: str = "R1", **more: Any) -> dict[str, Any]:
    """Of a breach if the promise is not met."""
    commitment_id = f"{CONTRACT}.{number}"
    ids = {"commitment_id": commitment_id, "review_id": review_id, "bearers": [party()]}
    told = {"reviewed_on": "2023-06-30", "data_year": None, "actual": "31" if met else "28.5"}
    breach = {} if met else {"breach_id": f"{commitment_id}.{review_id}"}
    return ABOUT | ids | told | breach | more


def lifted(number: int = 1, review_id: str = "R1") -> dict[str, Any]:
    return ABOUT | {"breach_id": f"{CONTRACT}.{number}.{review_id}", "actual": "31"}


def void() -> dict[str, Any]:
    return {"supply_id": CONTRACT, "parcel_id": PARCEL, "township": TOWNSHIP}


NAMES = {True: "commitment_verified", False: "commitment_breached"}


def hear(
    enterprises: Enterprises, name: str, data: dict[str, Any], hour: float = 0, **how: Any
) -> None:
    enterprises._heard("projects", name, data, at=NOON + timedelta(hours=hour), **how)


def hear_review(enterprises: Enterprises, met: bool, hour: float = 0, **more: Any) -> None:
    hear(enterprises, NAMES[met], review(met, **more), hour)
