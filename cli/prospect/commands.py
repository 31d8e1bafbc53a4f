"""`tenglong handbook` and `tenglong prospect`: what can be had today, printed, and a prospect's own page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from rich.markup import escape
from rich.table import Table

from ..ask import call, end_if_missing, name_silent
from ..console import err, out, whole
from .html import html_of
from .leaflet import Leaflet, leaflet_of_handbook, leaflet_of_page, moment_in_park
from .pdf import pdf_of

FROM_INPUT = "-"  # so that a token stands in no history of a shell
app = typer.Typer(help="A prospect's private page [意向地块], until a day.", no_args_is_help=True)
Html = Annotated[Path | None, typer.Option(metavar="FILE.html", help="write it as one HTML file")]
Pdf = Annotated[Path | None, typer.Option(metavar="FILE.pdf", help="write it as a PDF to print")]
AsJson = Annotated[bool, typer.Option("--json", help="as the service answers")]
Wait = Annotated[float, typer.Option(help="how long to wait for the answer")]


def handbook(
    on: Annotated[str, typer.Option(help="a day to come, such as 2023-08-01; else today")] = "",
    township: Annotated[str, typer.Option(help="only this township's land, by its code")] = "",
    html: Html = None,
    pdf: Pdf = None,
    as_json: AsJson = False,
    wait_s: Wait = 30,
) -> None:
    """Show the promotion handbook [招商手册]: the plots and units that can be had, why the others cannot, and
    the policies in force.

    What is written with --pdf or --html has those alone that can be had. Where a service is silent, that is
    said in it, too, and the command ends with 3."""
    asked = {"on": on or None, "township": township or None}
    book = call("projects", "promotion_handbook", wait_s, **asked)
    tables = [_plots(book), _not_shown(book), _units(book), _policies(book)]
    _show(book, tables, as_json)
    _write(leaflet_of_handbook(book), html, pdf)
    end_if_missing(book["unreachable"])


@app.command("open")
def open_page(
    ends_on: Annotated[str, typer.Option(help="the last day; else 30 days from today")] = "",
    lead: Annotated[str, typer.Option(help="the lead that the page is for")] = "",
    project: Annotated[str, typer.Option(help="or the project, by its id")] = "",
    plot: Annotated[
        list[str] | None,
        typer.Option(help="a plot by its listing_id, as often as there are; else the lead's wish"),
    ] = None,
    team: Annotated[str, typer.Option(help="who hears of the plots; else the project's")] = "",
    as_json: AsJson = False,
) -> None:
    """Open a page for a prospect, and show its token: this once, for only a hash of it is kept."""
    asked: dict[str, Any] = {
        "lead_id": lead,
        "project_id": project,
        "ends_on": ends_on,
        "team": team,
    }
    given = {name: value for name, value in asked.items() if value}
    opened = call(
        "projects",
        "open_prospect_page",
        **given,
        listing_ids=plot or [],
        request_id=str(uuid4()),
    )
    if as_json:
        out.print_json(data=opened)
        return
    out.print(f"page {opened['page_id']}, until {opened['ends_on']}", highlight=False)
    out.print(f"token {opened['token']}", highlight=False)
    for warning in opened.get("warnings") or ():
        err.print(f"warning: {escape(warning['sentence'])}", highlight=False)


@app.command("page")
def show_page(
    token: Annotated[str, typer.Argument(help="the token of the page; - reads it from the input")],
    html: Html = None,
    pdf: Pdf = None,
    as_json: AsJson = False,
    wait_s: Wait = 30,
) -> None:
    """Show a prospect's page as things stand at this moment. It is written down what was shown.

    Ends with 1, and writes no file, if the page is over; with 3 if a service does not answer."""
    told = sys.stdin.readline().strip() if token == FROM_INPUT else token
    page = call("projects", "prospect_page", wait_s, token=told)
    _show(page, [_plots(page)], as_json)
    if page["state"] != "open":
        err.print(f"The page is {page['state']}; its last day was {page['ends_on']}.")
        raise typer.Exit(1)
    if not page["plots"] and not as_json:
        count = page["not_shown_count"]
        out.print(f"No plot can be had now; {count} not shown.", highlight=False)
    _write(leaflet_of_page(page), html, pdf)
    end_if_missing(page["unreachable"])


@app.command("close")
def close_page(
    page_id: Annotated[str, typer.Argument(help="the id of the page, not its token")],
) -> None:
    """Close a page before its last day; it stays closed."""
    page = call("projects", "close_prospect_page", page_id=page_id, request_id=str(uuid4()))
    out.print(f"closed on {page['closed_on']}", highlight=False)


@app.command("seen")
def seen(
    page_id: Annotated[str, typer.Argument(help="the id of the page, not its token")],
    limit: Annotated[int, typer.Option(help="how many looks at most, the newest first")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show which plots were shown on a page, and when. Ends with 1 if there is no such page."""
    call("projects", "get_prospect_page", page_id=page_id)
    asked: dict[str, Any] = {"filter": {"page_id": page_id}, "order": "-seen_at", "limit": limit}
    views = call("projects", "list_page_views", **asked)
    table = Table("seen at", *whole("plots"), title=f"page {page_id}", title_style="bold")
    for view in views["items"]:
        plots = "\n".join(each["listing_id"] for each in view["plots"]) or "none"
        missing = "; the land register was silent" if view["incomplete"] else ""
        table.add_row(moment_in_park(view["seen_at"]), f"{plots}{missing}")
    _show(views, [table], as_json)
    if views["cursor"]:
        err.print(f"These are the newest {limit}; there are more (--limit)", highlight=False)


def _show(answer: Any, tables: list[Table], as_json: bool) -> None:
    if as_json:
        out.print_json(data=answer)
        return
    for table in tables:
        if table.row_count:
            out.print(table)
    name_silent(answer.get("unreachable") or ())


def _plots(answer: dict[str, Any]) -> Table:
    table = Table(
        *whole("listing"), "township", "m²", "mu", "use", "state", "start price", "remarks"
    )
    table.title = "plots [地块] that can be had"
    for each in answer["plots"]:
        remarks = " ".join(reason["sentence"] for reason in each["remarks"])
        cells = [each["listing_id"], each["township_name"] or each["township"], each["area_m2"]]
        cells += [each["area_mu"], each["target_use"], each["state"]]
        table.add_row(*cells, each["start_price_cny"] or "–", escape(remarks))
    return table


def _not_shown(book: dict[str, Any]) -> Table:
    table = Table(*whole("listing"), "township", "why not", title="plots that cannot be had")
    for each in book["not_shown"]:
        why = " ".join(reason["sentence"] for reason in each["reasons"])
        table.add_row(each["listing_id"], each["township"], escape(why))
    return table


def _units(book: dict[str, Any]) -> Table:
    table = Table(
        *whole("unit"), "park", "building", "m²", "mu", title="units [单元] that can be rented"
    )
    for each in book["units"] or ():
        cells = (each["unit_id"], each["park_name"] or "–", each["building_name"] or "–")
        table.add_row(*cells, each["free_area_m2"], each["area_mu"])
    return table


def _policies(book: dict[str, Any]) -> Table:
    table = Table(*whole("policy"), "title", "clause", "until", title="policies [政策] in force")
    for each in book["policies"]:
        cells = (each["policy_id"], escape(each["title"]), escape(each["clause"]))
        table.add_row(*cells, each["ends_on"] or "–")
    return table


def _write(leaflet: Leaflet, html: Path | None, pdf: Path | None) -> None:
    if html:
        _put(html, html_of(leaflet).encode("utf-8"))
    if pdf:
        _put(pdf, pdf_of(leaflet))


def _put(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as problem:
        raise typer.BadParameter(f"{file} cannot be written: {problem.strerror}") from problem
    err.print(f"wrote {file}", highlight=False)
