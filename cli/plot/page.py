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
NAMES = {"occupiers": "firms [企业]", "listings": "listings [挂牌]"}


def table_of(page: dict[str, Any]) -> Table:
    """The page for the eyes of a person."""
    table = Table(
        title=f"{page['land_code']}  ({page['on']})", show_header=False, title_style="bold"
    )
    for name, value in (*_land(page["parcel"], page["on"]), *_cases(page), *_others(page)):
        table.add_row(name, escape(value))
    return table


def _land(parcel: dict[str, Any], on: str) -> Iterator[Row]:
    yield "plot [地块]", f"{parcel['parcel_id']}, {parcel['state']}"
    township = find(parcel["township"], date.fromisoformat(on))
    yield "township [镇街]", township.name if township else parcel["township"]
    if parcel["area_m2"]:
        yield "area [面积]", _area(parcel["area_m2"])
        yield "use [用途]", f"{parcel['land_use']}, planned as {parcel['planned_use']}"
    if holder := parcel["right_holder"]:
        yield "right holder [权利人]", holder["name"]
    for each in parcel["identifiers"]:
        yield each["kind"].replace("_", " "), f"{each['value']}, {_days(each)}"
    for each in parcel["code_conflicts"]:
        yield "disputed [冲突]", f"{each['value']} is also claimed by {each['other_parcel_id']}"
    if soil := parcel["soil"]:
        registered = "on the registry [名录]" if soil["on_registry"] else "not on the registry"
        yield "soil [土壤]", f"{registered}, recorded on {soil['recorded']['on']}"
    if parcel["child_ids"]:
        yield "split into [分割]", ", ".join(parcel["child_ids"])


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
        if page[name] == []:
            yield told, "none"
    for firm in page["occupiers"] or ():
        yield NAMES["occupiers"], f"{firm['enterprise_id']}: {firm['role']}, {firm['standing']}"
    for offer in page["listings"] or ():
        number = f" {offer['listing_number']}" if offer["listing_number"] else ""
        area = f", {_area(offer['area_m2'])}" if offer["area_m2"] else ""
        yield NAMES["listings"], f"{offer['state']}{number}{area}"
    for service in page["unreachable"]:
        yield "missing", f"{service} could not be reached"


def _area(m2: str) -> str:
    return f"{Decimal(m2):,.2f} m² ({show_mu(Decimal(m2))} mu)"


def _days(dated: dict[str, Any]) -> str:
    return f"from {dated['valid_from']}" + (f" to {dated['valid_to']}" if dated["valid_to"] else "")
