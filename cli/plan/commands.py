"""`tenglong plan`: the supply plan of a year, and how far it has come."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from ..ask import call
from ..console import out
from ..given import ahead

app = typer.Typer(help="The supply plan of a year [供应计划].", no_args_is_help=True)
PlanId = Annotated[str, typer.Argument(help="region and year of the plan: 330604-2023")]
AsJson = Annotated[bool, typer.Option("--json", help="as the service answers")]


@app.command()
def show(plan_id: PlanId, as_json: AsJson = False) -> None:
    """Show each version of a plan: its total, its uses, and when it was approved and published."""
    found = call("projects", "get_supply_plan", plan_id=plan_id)
    if as_json:
        out.print_json(data=found)
    else:
        out.print(versions_of(found))


@app.command()
def progress(
    plan_id: PlanId,
    on: Annotated[
        str, typer.Option(callback=ahead, help="the day, such as 2023-09-08; else today")
    ] = "",
    known_at: Annotated[
        str,
        typer.Option(
            callback=ahead, help="only what was known then: 2023-09-08T12:00:00+08:00; else now"
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what was planned, offered, awarded and contracted by a day, in mu, for each use and way."""
    asked: dict[str, Any] = {"on": on or None, "known_at": known_at or None}
    found = call("projects", "supply_plan_progress", plan_id=plan_id, **asked)
    if as_json:
        out.print_json(data=found)
        return
    out.print(progress_of(found))
    for line in said_beside(found):
        out.print(line, highlight=False)


def versions_of(found: dict[str, Any]) -> Table:
    """A row for each version, in the order in which they became known."""
    table = Table("version", "approved", "published", "total mu", "uses", "document", "known at")
    table.title = f"supply plan {found['plan_id']}"
    for each in found["versions"]:
        table.add_row(
            str(each["plan_version"]),
            each["approved_on"],
            each["published_on"] or "–",
            each["total_mu"],
            "\n".join(f"{line_name(line)}: {line['area_mu']}" for line in each["lines"]),
            escape(each["document"]),
            each["known_at"],
        )
    return table


def line_name(line: dict[str, Any]) -> str:
    """The use, and its way if one is named."""
    return f"{line['plan_use']} ({line['supply_way']})" if line["supply_way"] else line["plan_use"]


def progress_of(found: dict[str, Any]) -> Table:
    """A row for each use, below it its ways, then districts, quarters, and the total."""
    table = Table("", "planned", "offered", "awarded", "contracted", "awarded share", "left")
    table.title = f"{found['plan_id']}, version {found['plan_version']}, by {found['on']}, in mu"
    for use in found["uses"]:
        _row(table, use["plan_use"], use["amounts"])
        for way in use["ways"]:
            _row(table, f"  {way['supply_way']}", way["amounts"])
    for each in found["districts"]:
        _row(table, f"district {each['district']}", each["amounts"])
    for each in found["quarters"]:
        _row(table, f"quarter {each['quarter']}", each["amounts"])
    _row(table, "total", found["total"])
    if found["outside_plots"]:
        _row(table, "outside the plan", found["outside"])
    return table


def _row(table: Table, name: str, amounts: dict[str, Any]) -> None:
    figures = ("planned_mu", "offered_mu", "awarded_mu", "contracted_mu", "awarded_share")
    shown = [amounts[figure] or "–" for figure in (*figures, "left_to_award_mu")]
    table.add_row(name, *shown)


def said_beside(found: dict[str, Any]) -> list[str]:
    """What the table does not hold: named plots, plots outside the plan, and the share of stock land."""
    lines = [
        f"{plot['parcel_id']}: {plot['plot_state'] or 'not released'}" for plot in found["plots"]
    ]
    lines += [
        f"[yellow]not in the plan[/] {plot['parcel_id']}: {plot['plot_state']}, {plot['area_mu']} mu"
        for plot in found["outside_plots"]
    ]
    stock = found["stock"]
    goal = (
        f"goal {stock['goal_share']} for {stock['goal_year']}" if stock["goal_year"] else "no goal"
    )
    return [*lines, f"stock land: {stock['stock_share'] or '–'} of what is contracted ({goal})"]
