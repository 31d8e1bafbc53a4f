"""What a report would change: its data beside what the park has on record."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from park.units import mu_to_m2

from .events import FIGURES, Report

Call = tuple[str, str, str]  # service, method, argument
ASKED: dict[str, Call] = {
    "parcel.registered": ("parcels", "get_parcel", "parcel_id"),
    "enterprise.registered": ("enterprises", "get_enterprise", "enterprise_id"),
    "enterprise.figures_reported": ("enterprises", "get_firm_figures", "enterprise_id"),
    "remediation.identified": ("parcels", "get_case", "case_id"),
    "remediation.planned": ("parcels", "get_case", "case_id"),
}
UNLESS_SAID: dict[str, dict[str, Any]] = {
    "parcel.registered": {
        "industry_code": None, "key_regulated_unit": False, "right_holder": None, "identifiers": [],
    },
    "enterprise.registered": {"uscc": None, "industry_code": None},
    "enterprise.figures_reported": dict.fromkeys(FIGURES) | {"at_least": [], "parcels": []},
    "remediation.identified": {},
    "remediation.planned": {"target_use": None},
}  # fmt: skip
PARTS = ("soil", "use_right", "buildings", "coded_uses")  # a report may speak of a part of each
NO_FIELDS = ("parcel_id", "enterprise_id", "case_id", "data_year", "source_class")


def changes(report: Report, document: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    """The fields that the report would change; nothing of a thing that the park does not know."""
    standing = _standing(report, document) if document else None
    if standing is None:
        return None
    said = _plain(UNLESS_SAID[report.type] | report.data)
    return tuple(
        name
        for name in said
        if name not in NO_FIELDS and said[name] != _beside(name, said[name], standing.get(name))
    )


def _beside(name: str, said: Any, held: Any) -> Any:
    """What is held of what was said."""
    if name not in PARTS or not isinstance(held, Mapping):
        return held
    return {each: held.get(each) for each in said}


def _standing(report: Report, document: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the park has, under the names of the report; nothing if it was never reported."""
    type_ = report.type
    if type_ == "enterprise.figures_reported":
        return next((_of_year(each) for each in document["reports"] if _is_of(report, each)), None)
    if type_ == "parcel.registered":
        surveyed = document.get("area_m2") and (document.get("surveyed") or {}).get("on")
        return _plain({**document, "surveyed_on": surveyed}) if surveyed else None
    if type_ == "enterprise.registered":
        return _plain(document)
    held = document.get(type_.removeprefix("remediation."))
    return _plain(held | {"identified_on": (held.get("said") or {}).get("on")}) if held else None


def _is_of(report: Report, held: Mapping[str, Any]) -> bool:
    """Whether it is the report of the same year out of the same class of sources."""
    return all(held[name] == report.data[name] for name in ("data_year", "source_class"))


def _of_year(held: Mapping[str, Any]) -> dict[str, Any]:
    return _plain({**held["figures"], "parcels": held["parcels"]})


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """In one form: areas in m² as numbers, nothing where nothing was said."""
    said = {name: _value(value) for name, value in data.items()}
    if "area_mu" in said:
        said["area_m2"] = mu_to_m2(Decimal(said.pop("area_mu")))
    for name in ("area_m2", *FIGURES):
        if said.get(name) is not None:
            said[name] = Decimal(said[name])
    return said


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        named = {name.removesuffix("_on"): _value(inner) for name, inner in value.items()}
        for name in ("floor_area_m2", "share"):
            if named.get(name) is not None:
                named[name] = Decimal(named[name])
        return {name: inner for name, inner in named.items() if inner is not None}
    if isinstance(value, list | tuple):
        return [_value(each) for each in value]
    return value
