"""What the rows of each kind of file become: the types and the data of a township's events."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

import msgspec

from backbone.messages.contract import load
from backbone.messages.envelope import Event

from .cells.measures import Measure, in_m2
from .said import NeedsPerson, Refused

Values = Mapping[str, Any]  # the fields of a row, as their cells were read


@dataclass(frozen=True)
class Report:
    """What a row says: an event without its id and its time. `thing` is the id of what it is about,
    `part` what of it: the year and the class of sources of a firm's figures."""

    township: str
    type: str
    thing: str
    data: dict[str, Any]
    part: str = ""

    @cached_property
    def identity(self) -> str:
        """The same row says the same under the same id, whenever it is handed in."""
        said = msgspec.json.encode([self.township, self.type, self.data], order="deterministic")
        return hashlib.sha256(said).hexdigest()[:32]

    def event(self, time: datetime, again: str = "") -> Event:
        """`again` makes another event of it: what was corrected and is handed in as it was before."""
        return Event(
            id=f"handin-{self.identity}" + (f"-{again}" if again else ""),
            source=f"/townships/{self.township}",
            type=self.type,
            time=time,
            data=self.data,
        )


def of_parcel(values: Values) -> Iterator[tuple[str, dict[str, Any]]]:
    data = _given(values, "parcel_id", "land_use", "planned_use", "in_zone", "surveyed_on")
    data |= _given(values, "industry_code", "key_regulated_unit") | _area(values["area"])
    if code := values.get("parcel_code"):
        kind = "parcel_code" if len(code) == 19 else "property_unit_code"
        named = {"kind": kind, "value": code, "valid_from": values["surveyed_on"]}
        data["identifiers"] = [named]
    if listed := values.get("codes"):
        data["identifiers"] = [*data.get("identifiers", ()), *listed]
    data |= _beside_survey(values)
    if "right_holder" in values:
        data["right_holder"] = {"name": values["right_holder"]} | _given(values, "uscc")
    elif "uscc" in values:
        raise NeedsPerson(
            "There is a credit code, and no name of its holder.", "The holder's name."
        )
    yield "parcel.registered", data


SOIL = ("on_registry", "survey_reviewed", "survey_filed", "case_open")
RIGHT = {"right_type": "right_type", "right_starts_on": "starts_on", "right_ends_on": "ends_on"}
USES = ("land_use_codes", "planned_use_codes")


def _beside_survey(values: Values) -> dict[str, Any]:
    """What the row says of soil, use right, buildings and uses by code; nothing where it is silent."""
    right = {named: values[name] for name, named in RIGHT.items() if name in values}
    said = {"soil": _given(values, *SOIL), "use_right": right, "coded_uses": _given(values, *USES)}
    if "floor_area" in values:
        said["buildings"] = {"floor_area_m2": f"{in_m2(values['floor_area']):f}"}
    return {name: part for name, part in said.items() if part}


def of_firm(values: Values) -> Iterator[tuple[str, dict[str, Any]]]:
    data = _given(values, "enterprise_id", "name", "uscc", "scale", "industry_code")
    if "enterprise_id" not in data:
        data["enterprise_id"] = _id_of_code(values)
    data["premises"] = [_premises(values, each) for each in values.get("parcel_ids", ())]
    yield "enterprise.registered", data


def of_case(values: Values) -> Iterator[tuple[str, dict[str, Any]]]:
    ids = _given(values, "case_id", "parcel_id")
    found = _given(values, "low_efficiency_reasons", "identified_on")
    yield "remediation.identified", ids | {"operator_role": values["identified_by"]} | found
    plan = _given(values, "disposal_way", "planned_end_on", "target_use")
    if not plan.keys() & {"disposal_way", "planned_end_on"}:
        return
    if missing := {"disposal_way", "planned_end_on", "planned_by"} - values.keys():
        raise NeedsPerson(
            f"A plan is there in part; {', '.join(sorted(missing))} is missing.",
            "disposal_way, planned_end_on and planned_by; or none of them.",
        )
    yield "remediation.planned", ids | {"operator_role": values["planned_by"]} | plan


FIGURES = (
    "tax_paid_cny", "gross_output_cny", "value_added_cny", "energy_tce", "employees", "floor_area_m2",
)  # fmt: skip


def of_firm_year(values: Values) -> Iterator[tuple[str, dict[str, Any]]]:
    """The figures that the row gives; those that are bounds are named in `at_least`."""
    given: dict[str, Measure] = {name: values[name] for name in FIGURES if name in values}
    if not given:
        raise Refused("The row gives no figure of the year.", "A figure, such as 实缴税金（万元）.")
    if above := [name for name, each in given.items() if each.bound in ("<", "<=")]:
        raise NeedsPerson(
            f"Of {', '.join(above)} it is said only that it is no more.", "The figure itself."
        )
    data: dict[str, Any] = {
        "enterprise_id": values.get("enterprise_id") or _id_of_code(values),
        "data_year": int(values["data_year"]),
        "source_class": values["source_class"],
    }
    data |= {name: f"{each.number:f}" for name, each in given.items()}
    if bounds := [name for name, each in given.items() if each.bound]:
        data["at_least"] = bounds
    if parcels := _shared_out(values):
        data["parcels"] = parcels
    yield "enterprise.figures_reported", data


def _shared_out(values: Values) -> list[dict[str, str]]:
    """The parcels of the firm's year with their shares; one alone has the whole."""
    parcel_ids, shares = values.get("parcel_ids", ()), values.get("shares", ())
    if len(parcel_ids) == 1 and not shares:
        shares = (1,)
    if len(set(parcel_ids)) != len(parcel_ids) or len(shares) != len(parcel_ids):
        raise NeedsPerson(
            "The parcels and their shares do not belong together one by one.",
            "Each parcel once, and a share for each: 0231、0240 beside 60%、40%.",
        )
    return [
        {"parcel_id": parcel_id, "share": f"{share:f}" if share else "0"}
        for parcel_id, share in zip(parcel_ids, shares, strict=True)
    ]


BECOMES: dict[str, Callable[[Values], Iterator[tuple[str, dict[str, Any]]]]] = {
    "parcel": of_parcel,
    "firm": of_firm,
    "case": of_case,
    "firm_year": of_firm_year,
}
THINGS = {
    "parcel": "parcel_id", "firm": "enterprise_id", "case": "case_id", "firm_year": "enterprise_id",
}  # fmt: skip
PARTS = ("data_year", "source_class")


def reports_of(becomes: str, values: Values) -> list[Report]:
    """The reports of one row, held against their contracts. Raises `NeedsPerson`, or `Invalid` as the
    service would."""
    return [
        Report(
            _township(values, data), type_, data[THINGS[becomes]], held(type_, data), _part(data)
        )
        for type_, data in BECOMES[becomes](values)
    ]


def _part(data: Mapping[str, Any]) -> str:
    return " ".join(str(data[name]) for name in PARTS if name in data)


def held(type_: str, data: dict[str, Any]) -> dict[str, Any]:
    """The data, if the contract of the type has nothing against them."""
    load(contract(type_), data)
    return data


@cache
def contract(type_: str) -> Any:
    """The contract that the service holds events of this type against."""
    from services.enterprises.figures import schemas as figures
    from services.enterprises.firms import schemas as firms
    from services.parcels.register import schemas as register
    from services.parcels.remediation import schemas as remediation

    contracts = {
        "parcel.registered": register.ParcelRegistered,
        "enterprise.registered": firms.EnterpriseRegistered,
        "enterprise.figures_reported": figures.FiguresReported,
        "remediation.identified": remediation.RemediationIdentified,
        "remediation.planned": remediation.RemediationPlanned,
    }
    return contracts[type_]()


def _township(values: Values, data: dict[str, Any]) -> str:
    own_id = data.get("parcel_id") or data["enterprise_id"]
    return str(values.get("township") or own_id[:9])


def _given(values: Values, *names: str) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _area(area: tuple[Any, Any]) -> dict[str, str]:
    """In mu as it was given, or else in m²: no figure is rounded on the way."""
    number, unit = area
    if unit.name == "亩" or unit.name == "mu":
        return {"area_mu": f"{number:f}"}
    return {"area_m2": f"{number * int(unit.size):f}"}


def _premises(values: Values, parcel_id: str) -> dict[str, Any]:
    missing = [name for name in ("role", "from") if name not in values]
    if missing:
        raise NeedsPerson(
            f"A parcel of the firm is named, but not its {' and '.join(missing)}.",
            "用地方式 (自有 or 租赁) and 入驻日期 beside it.",
        )
    return {"parcel_id": parcel_id} | _given(values, "role", "from", "to")


def _id_of_code(values: Values) -> str:
    """An id for a firm that the township gave none, from its credit code, which nobody can read from
    it."""
    if "uscc" not in values or not values.get("township"):
        raise NeedsPerson(
            "The firm has no id of the township's own, and no credit code of which one could be made.",
            "A column 企业编号, or the credit code and the township.",
        )
    return f"{values['township']}-u{hashlib.sha256(values['uscc'].encode()).hexdigest()[:16]}"
