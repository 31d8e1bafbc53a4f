"""`tenglong notices`: a table of land notices, held to the law row by row. No service has to run."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from backbone.errors import Invalid
from backbone.messages.contract import load
from park.time import PARK_TIME, day_of
from services.projects.notices.check import checked, rules_day
from services.projects.notices.rulebook import Moment
from services.projects.notices.schemas import Draft

from ..console import out
from ..given import as_day
from .quoting import quoted, shown
from .rows import indicators_of, rows_of

app = typer.Typer(help="Land notices, as they are printed.", no_args_is_help=True)
NOT_SAID = ("kept", "does_not_apply")
STYLES = {"bar": "red", "warning": "yellow", "hint": "cyan", "none": "green"}


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="a CSV or a workbook with a row for each plot")],
    indicators: Annotated[
        Path | None, typer.Option(help="a table of the plots' indicators, by notice_id")
    ] = None,
    moment: Annotated[
        Moment, typer.Option(help="when the notice is judged: what bars later is a hint before")
    ] = Moment.PUBLICATION,
    on: Annotated[
        str, typer.Option(help="the day whose rules judge; else the first of each notice, or today")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="everything, as JSON")] = False,
) -> None:
    """Work out the figures of each plot, and what each rule says of it.

    The first row names the columns, in any order: id, place, method, use_printed, industry, area_m2,
    area_mu, term_years, price_printed, price_unit, bond_wan, step_printed, step_unit, published_on,
    documents_from, documents_to, apply_from, apply_to, bond_to, sale_from, sale_to, released_on,
    plot_ratio_min, plot_ratio_max, density_min_pct, density_max_pct, green_min_pct, green_max_pct,
    conditions (with ; between them). Only price_printed has to be there; a rule that lacks a column
    judges nothing, and columns with other names are left alone and named. Days and hours may stand as
    they are printed: 2025年4月24日9时30分. Ends with 1 if something
    bars a plot, and with 2 if a row cannot be read or nothing of it could be judged.
    """
    asked = _asked(on)
    told = indicators_of(indicators) if indicators else {}
    found = [_one(each, told, moment, asked) for each in rows_of(file)]
    if not found:
        raise typer.BadParameter(f"{file.name}: it has no row of a plot below its first one")
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        for each in found:
            _show(each)
    wrong = any("errors" in each or not each["judged"] for each in found)
    raise typer.Exit(2 if wrong else int(any(each["bars"] for each in found)))


def _asked(on: str) -> date | None:
    return as_day(on, "--on") if on else None


def _one(
    of_table: tuple[int, dict[str, Any], dict[str, Any]],
    told: dict[str, list[dict[str, Any]]],
    moment: Moment,
    on: date | None,
) -> dict[str, Any]:
    """What there is to say of one row; `errors` for one that cannot be read. A row without an id or a
    number of its plot goes by its own number."""
    number, row, written = of_table
    name = row.pop("id", "") or row.get("number") or f"row {number}"
    try:
        plot = load(
            Draft(), {key: value for key, value in row.items() if key in Draft().fields}, path=""
        )
    except Invalid as problem:
        return {"id": name, "errors": quoted(problem.reasons, number, written)}
    today = day_of(datetime.now(PARK_TIME))
    answer = checked(plot, moment, rules_day(plot, on, today))
    answer["judged"] = sum(each["outcome"] != "does_not_apply" for each in answer["findings"])
    return {"id": name, **answer, **({"indicators": told.get(name, [])} if told else {})}


def _show(found: dict[str, Any]) -> None:
    if "errors" in found:
        out.print(f"[bold]{escape(found['id'])}[/]  [red]cannot be read[/]", highlight=False)
        for each in found["errors"]:
            out.print(f"  {escape(shown(each))}", highlight=False)
        return
    out.print(
        f"[bold]{escape(found['id'])}[/]  {_figures(found)} [dim]· {_judged(found)}[/]",
        highlight=False,
    )
    for each in _said(found):
        style = STYLES[each["severity"]]
        out.print(
            f"  [{style}]{each['outcome']}[/] {each['code']} ({each['field']}): {escape(each['sentence'])}"
            f" [dim]{escape(each['source'])}[/]",
            highlight=False,
        )


def _figures(found: dict[str, Any]) -> str:
    derived, made = found["derived"], found["bond_made"]
    parts = [
        ("{} 万元", derived["start_price_wan_total"]),
        ("{} 元/㎡", derived["price_per_m2_yuan"]),
        ("{} 万元/亩", derived["price_per_mu_wan"]),
        ("bond {}", derived["bond_ratio"]),
    ]
    text = " · ".join(form.format(value) for form, value in parts if value is not None)
    return f"{text} ({made})" if made else text


def _judged(found: dict[str, Any]) -> str:
    """How many rules had what they need: a plot of which little is printed is not yet a lawful one."""
    if not found["judged"]:
        return f"nothing could be judged, for it lacks what each of the {len(found['findings'])} rules needs"
    return f"{found['judged']} of {len(found['findings'])} rules judged"


def _said(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (each for each in found["findings"] if each["outcome"] not in NOT_SAID)
