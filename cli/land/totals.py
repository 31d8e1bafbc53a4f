"""The totals of the land register as a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.table import Table

from park import townships
from park.units import show_mu

from ..ask import call
from ..console import moment, out
from ..given import ahead

SHOWN = {None: "–", True: "yes", False: "no"}


def totals(
    by: Annotated[
        list[str] | None,
        typer.Option(help="township, state, land_use, in_zone or zone_township; may be repeated"),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option(
            callback=ahead, help="the day whose members of the zone count; today if not given"
        ),
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="only the zone: by `survey` or by `membership`")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="as the service answers")] = False,
) -> None:
    """How many parcels and mu there are, and zone and district side by side."""
    found = call("parcels", "totals", by=by or ["township"], on=on, zone=zone)
    if as_json:
        out.print_json(data=found)
        return
    for table in tables(found):
        out.print(table)


def tables(found: dict[str, Any]) -> tuple[Table, Table]:
    """The groups, and below them zone and district."""
    words = list(found["groups"][0]["of"]) if found["groups"] else []
    groups = _table(f"Parcels as known at {moment(found['as_known_at'])}", *words)
    for group in found["groups"]:
        of = (_shown(word, value, found["on"]) for word, value in group["of"].items())
        groups.add_row(*of, *_figures(group))
    zone = found["zone"]
    members = ", ".join(_shown("township", code, found["on"]) for code in zone["townships"])
    unconfirmed = "" if zone["confirmed"] else ", not confirmed"
    both = _table("Registered parcels of zone and district", "")
    both.add_row("district", *_figures(found["district"]))
    both.add_row("zone by its surveys", *_figures(zone["by_survey"]))
    membership = f"zone by its townships on {found['on']} ({members}{unconfirmed})"
    both.add_row(membership, *_figures(zone["by_membership"]))
    return groups, both


def _table(title: str, *words: str) -> Table:
    table = Table(*words, title=title, title_justify="left")
    table.add_column("parcels", justify="right")
    table.add_column("mu", justify="right")
    return table


def _shown(word: str, value: Any, on: str) -> str:
    if word == "township" and (known := townships.find(value, date.fromisoformat(on))):
        return f"{value} {known.name}"
    return SHOWN.get(value) or str(value)


def _figures(of: dict[str, Any]) -> tuple[str, str]:
    return str(of["count"]), show_mu(Decimal(of["area_m2"]))
