"""The page of a plot for the eyes of a person: a name and what is known of it on each line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from rich.markup import escape
from rich.table import Table

from park.townships import find
from park.units import show_mu

Row = tuple[str, str]
NAMES = {
    "occupiers": "firms [企业]",
    "listings": "listings [挂牌]",
    "contracts": "contracts [合同]",
}


def table_of(page: dict[str, Any]) -> Table:
    """The page for the eyes of a person."""
    table = Table(
        title=f"{page['land_code']}  ({page['on']})", show_header=False, title_style="bold"
    )
    for name, value in (
        *_land(page["parcel"], page["on"]),
        *_plan(page),
        *_rights(page),
        *_cases(page),
        *_others(page),
    ):
        table.add_row(name, escape(value))
    return table


def _land(parcel: dict[str, Any], on: str) -> Iterator[Row]:
    yield "plot [地块]", f"{parcel['parcel_id']}, {parcel['state']}"
    township = find(parcel["township"], date.fromisoformat(on))
    yield "township [镇街]", township.name if township else parcel["township"]
    if parcel["area_m2"]:
        yield "area [面积]", _area(parcel["area_m2"])
        yield "use [用途]", f"{parcel['land_use']}, planned as {parcel['planned_use']}"
    if coded := parcel["coded_uses"]:
        planned = ", ".join(coded["planned_use_codes"]) or "–"
        yield "use codes [地类]", f"{', '.join(coded['land_use_codes']) or '–'}; planned {planned}"
    if built := parcel["buildings"]:
        years = "–".join(
            str(built[name]) for name in ("built_from_year", "built_to_year") if built[name]
        )
        yield "floor area [建筑面积]", f"{Decimal(built['floor_area_m2']):,.2f} m² {years}".strip()
    for each in parcel["identifiers"]:
        yield each["kind"].replace("_", " "), f"{each['value']}, {_days(each)}"
    for each in parcel["code_conflicts"]:
        yield "disputed [冲突]", f"{each['value']} is also claimed by {each['other_parcel_id']}"
    if soil := parcel["soil"]:
        registered = "on the registry [名录]" if soil["on_registry"] else "not on the registry"
        yield "soil [土壤]", f"{registered}, recorded on {soil['recorded']['on']}"
    if parents := parcel["parent_ids"] or [parcel["parent_id"]] * bool(parcel["parent_id"]):
        yield "came from [来源]", ", ".join(parents)
    if parcel["child_ids"]:
        became = "merged into [合并]" if parcel["state"] == "merged" else "split into [分割]"
        yield became, ", ".join(parcel["child_ids"])


CONDITIONS = {
    "plot_ratio": "plot ratio [容积率]",
    "density_pct": "density % [建筑密度]",
    "green_rate_pct": "green rate % [绿地率]",
    "height_m": "height m [建筑高度]",
    "building_coefficient_pct": "building coefficient % [建筑系数]",
    "office_land_pct": "office land % [行政办公用地比重]",
}


def _plan(page: dict[str, Any]) -> Iterator[Row]:
    if page["plot_ratio"]:
        yield "present plot ratio [现状容积率]", page["plot_ratio"]
    plan = page["parcel"]["plan_conditions"] or {}
    for name, told in CONDITIONS.items():
        if bounds := plan.get(name):
            low, high = bounds["minimum"], bounds["maximum"]
            yield told, " ".join([f"≥ {low}"] * bool(low) + [f"≤ {high}"] * bool(high))


def _rights(page: dict[str, Any]) -> Iterator[Row]:
    if right := page["parcel"]["use_right"]:
        years = f", {right['term_years']} years" if right["term_years"] else ""
        ends = f", to {right['ends_on']}" if right["ends_on"] else ""
        yield "use right [使用权]", f"{right['right_type']}{years}{ends}"
    for holder in page["holders"]:
        share = f", {Decimal(holder['share']):.2%}" if holder["share"] else ""
        yield "right holder [权利人]", f"{holder['name']}{share}"
    for each in page["encumbrances"]:
        ends = f" to {each['to_on']}" if each["to_on"] else ""
        ground = each["document_number"] or each["creditor_kind"]
        yield f"{each['kind']} [抵押查封]", f"from {each['from_on']}{ends}, {ground}"


def _cases(page: dict[str, Any]) -> Iterator[Row]:
    for case in page["cases"]:
        way = f", {case['disposal_way']}" if case["disposal_way"] else ""
        yield "case [整治]", f"{case['case_id']}: {case['state']}{way}"
        why = " ".join(reason["sentence"] for reason in case["reasons"])
        yield "release [供地]", f"{case['release_state']}. {why}".strip(" .") + "."
    if not page["cases"]:
        yield "case [整治]", "none"


def _others(page: dict[str, Any]) -> Iterator[Row]:
    for name, told in NAMES.items():
        if page.get(name) == []:
            yield told, "none"
    for firm in page["occupiers"] or ():
        yield NAMES["occupiers"], f"{firm['enterprise_id']}: {firm['role']}, {firm['standing']}"
    for firm in page["perhaps_occupiers"] or ():
        others = ", ".join(firm["candidate_ids"])
        yield "perhaps [待核]", f"{firm['enterprise_id']}: on one or more of {others}"
    for offer in page["listings"] or ():
        number = f" {offer['listing_number']}" if offer["listing_number"] else ""
        area = f", {_area(offer['area_m2'])}" if offer["area_m2"] else ""
        yield NAMES["listings"], f"{offer['state']}{number}{area}"
    for contract in page.get("contracts") or ():
        price = f"{Decimal(contract['price_cny']):,.2f} CNY"
        signed = f"{contract['contract_number']} of {contract['signed_on']}, {price}"
        yield NAMES["contracts"], f"{contract['state']} {signed}, to {contract['ends_on']}"
    for reason in page["unreachable_reasons"]:
        yield "missing [缺失]", reason["sentence"]


def _area(m2: str) -> str:
    return f"{Decimal(m2):,.2f} m² ({show_mu(Decimal(m2))} mu)"


def _days(dated: dict[str, Any]) -> str:
    return f"from {dated['valid_from']}" + (f" to {dated['valid_to']}" if dated["valid_to"] else "")
