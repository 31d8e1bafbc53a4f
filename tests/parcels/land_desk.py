"""What the land desk asks of the register about plots without a case."""

from __future__ import annotations

from typing import Any

from . import reports
from .conftest import Parcels

WHOLE = reports.PARCEL
LEFT, RIGHT = f"{WHOLE}-L", f"{WHOLE}-R"
NEXT_DOOR = "330604006-0232"
MERGED = "330604006-0240"


def survey(parcels: Parcels, parcel_id: str = WHOLE, **more: Any) -> str | None:
    return parcels.report(*reports.survey(parcel_id=parcel_id, **more))


def parcel(parcels: Parcels, parcel_id: str = WHOLE) -> Any:
    return parcels.read("get_parcel", parcel_id=parcel_id)


def lineage(parcels: Parcels, parcel_id: str) -> Any:
    return parcels.read("lineage", parcel_id=parcel_id)


def part(parcel_id: str, area_m2: str, **more: Any) -> dict[str, Any]:
    return {"parcel_id": parcel_id, "area_m2": area_m2, **more}


def divide(parcels: Parcels, *parts: dict[str, Any], **more: Any) -> Any:
    """Split without a case, in two unless the parts are given."""
    parts = parts or (part(LEFT, "2000"), part(RIGHT, "4666.666667"))
    request = {"parcel_id": WHOLE, "split_on": "2023-08-15"} | more
    return parcels.call("split_parcel", children=list(parts), **request)


def merge(parcels: Parcels, **more: Any) -> Any:
    """The parcel and the one next door, of 10 mu each."""
    area = {} if "area_mu" in more else {"area_m2": "13333.333333"}
    request = {"parcel_id": MERGED, "source_ids": [WHOLE, NEXT_DOOR], "merged_on": "2023-08-16"}
    return parcels.call("merge_parcels", **area | request | more)
