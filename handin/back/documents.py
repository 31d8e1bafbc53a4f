"""What the park has on record, as the cells of a workbook: the words and forms that reading knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from ..events import FIGURES
from ..template import first_words

Document = Mapping[str, Any]  # as a service answers it
Cells = dict[str, Any]  # by the field of the template
STATE_CODES = ("parcel_code", "property_unit_code")
UNITS = {"m2": "", "mu": "亩", "hectare": "公顷", "wan_m2": "万㎡"}
SOIL = {
    "on_registry": "列入名录",
    "survey_reviewed": "调查已评审",
    "survey_filed": "已备案",
    "case_open": "案件未结",
}


def of_parcel(document: Document) -> Cells:
    """The survey of a parcel, and its codes. What is on record beside the survey stays where it is."""
    holder = document.get("right_holder") or {}
    return {
        "parcel_id": document["parcel_id"],
        "area": area(document),
        "land_use": word("land_use", document.get("land_use")),
        "planned_use": word("land_use", document.get("planned_use")),
        "in_zone": flag(document.get("in_zone")),
        "surveyed_on": (document.get("surveyed") or {}).get("on"),
        "right_holder": holder.get("name"),
        "uscc": holder.get("uscc"),
        "industry_code": document.get("industry_code"),
        "key_regulated_unit": flag(document.get("key_regulated_unit") or None),
        **_codes(document),
    }


def recorded(document: Document) -> Cells:
    """What is on record beside the survey, for people; no column of it is read again."""
    soil = document.get("soil") or {}
    return {
        "state": document["state"],
        "soil": "；".join(f"{says} {flag(soil[name])}" for name, says in SOIL.items() if soil),
        **{name: _told(document.get(name)) for name in ("use_right", "buildings", "coded_uses")},
    }


def of_firm(document: Document) -> Cells:
    """A firm. Premises of which each has its own role or days have no place in one row: those cells
    stay empty, so that nobody hands in half of them."""
    premises = document["premises"]
    each = [(p["role"], p["from_on"], p.get("to_on")) for p in premises]
    role, first, last = each[0] if len(set(each)) == 1 else (None, None, None)
    return {
        "enterprise_id": document["enterprise_id"],
        "name": document["name"],
        "uscc": document.get("uscc"),
        "scale": word("scale", document["scale"]),
        "industry_code": document.get("industry_code"),
        "parcel_ids": "、".join(p["parcel_id"] for p in premises),
        "role": word("role", role),
        "from": first,
        "to": last,
        "standing": document["standing"],
        "premises": "\n".join(_told(p) for p in premises),
    }


def in_year(firm: Document, year: int) -> list[str]:
    """The parcels on which the firm was in that year."""
    first, last = f"{year}-01-01", f"{year}-12-31"
    there = [
        p for p in firm["premises"] if p["from_on"] <= last and (p.get("to_on") or last) >= first
    ]
    return sorted({p["parcel_id"] for p in there})


def of_figures(document: Document) -> Iterator[Cells]:
    """What was reported of a firm's years: a row for each year and class of sources."""
    for report in document["reports"]:
        figures, parcels = report["figures"], report["parcels"]
        bounds = figures["at_least"]
        yield {
            "enterprise_id": document["enterprise_id"],
            "data_year": report["data_year"],
            "source_class": word("source_class", report["source_class"]),
            **{name: _figure(figures[name], name in bounds) for name in FIGURES},
            "parcel_ids": "、".join(each["parcel_id"] for each in parcels) or None,
            "shares": "、".join(each["share"] for each in parcels) or None,
        }


def _figure(value: str | None, bound: bool) -> Any:
    if value is None:
        return None
    return f"≥{value}" if bound else number(value)


def of_case(document: Document, deadline: Document) -> Cells:
    """A case, and what its path waits for."""
    found, plan = document.get("identified") or {}, document.get("planned") or {}
    reasons = found.get("low_efficiency_reasons") or ()
    return {
        "case_id": document["case_id"],
        "parcel_id": document["parcel_id"],
        "low_efficiency_reasons": "、".join(word("low_efficiency_reasons", r) for r in reasons),
        "identified_on": (found.get("said") or {}).get("on"),
        "identified_by": word("operator_role", found.get("operator_role")),
        "disposal_way": word("disposal_way", plan.get("disposal_way")),
        "planned_end_on": plan.get("planned_end_on"),
        "planned_by": word("operator_role", plan.get("operator_role")),
        "target_use": word("land_use", plan.get("target_use")),
        "stage": document["stage"],
        **{name: deadline.get(name) for name in ("step", "holder", "due_on")},
    }


def area(document: Document) -> Any:
    """The area in the unit in which it was reported; square metres have none behind them."""
    given = document.get("area_reported") or {"value": document.get("area_m2"), "unit": "m2"}
    if given["value"] is None:
        return None
    unit = UNITS[given["unit"]]
    return f"{given['value']}{unit}" if unit else number(given["value"])


def number(text: str) -> Any:
    """A number, where a spreadsheet keeps all of its digits; else its text."""
    near = float(text)
    return near if Decimal(f"{near:.15g}") == Decimal(text) else text


def flag(value: bool | None) -> str | None:
    return None if value is None else ("是" if value else "否")


def word(topic: str, value: str | None) -> Any:
    """The first word for it; the value itself where the lists have none."""
    return value and first_words(topic).get(value, value)


def _codes(document: Document) -> Cells:
    """The code of the state in its own column, if it is as old as the survey: the column says no day.
    All others with their days, in their order."""
    listed = list(document.get("identifiers") or ())
    surveyed_on = (document.get("surveyed") or {}).get("on")
    own: Cells = {}
    if listed and _fits(listed[0], surveyed_on):
        own["parcel_code"] = listed.pop(0)["value"]
    return own | {"codes": "\n".join(map(_listed, listed)) or None}


def _fits(code: Document, surveyed_on: str | None) -> bool:
    as_old = code["valid_from"] == surveyed_on and not code.get("valid_to")
    return code["kind"] in STATE_CODES and as_old


def _listed(code: Document) -> str:
    parts: Iterable[Any] = (code[name] for name in ("kind", "value", "valid_from"))
    return " ".join(filter(None, (*parts, code.get("valid_to"))))


def _told(part: Document | None) -> str:
    """A part of a document in one cell: its fields, but for who reported it and when."""
    said = {name: value for name, value in (part or {}).items() if value and name != "recorded"}
    return "；".join(f"{name} {_plain(value)}" for name, value in said.items())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(str(each) for each in value.values() if each)
    return "、".join(map(_plain, value)) if isinstance(value, list | tuple) else str(value)
