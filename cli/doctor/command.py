"""`tenglong doctor`: is this installation well, and what is to be done."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Column, Table

from backbone import settings
from services.installation import installation

from ..console import err, out
from ..reach import broker_uri
from . import checks

SHOWN = {"well": "[green]well[/]", "look": "[yellow]look[/]", "broken": "[red]broken[/]"}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Look at an installation: RabbitMQ, the queues, each service, Redis, the calendar. Says what is
    wrong and what to do, changes nothing, and ends with 1 if something is broken."""
    broker_uri()
    chosen = settings.from_environment()
    found = []
    for each in checks.all_of(chosen, installation(chosen), datetime.now(chosen.zone).date()):
        found.append(each)
        if not as_json and err.is_terminal:
            err.print(f"{each.subject} …", end="\r")
    if as_json:
        out.print_json(data=[checks.as_json(each) for each in found])
    else:
        _table(found)
    if any(each.state == "broken" for each in found):
        raise typer.Exit(1)


def _table(found: list[checks.Finding]) -> None:
    table = Table(Column("What", no_wrap=True), Column("", no_wrap=True), "It is so", "What to do")
    for each in found:
        table.add_row(each.subject, SHOWN[each.state], escape(each.said), escape(each.remedy))
    out.print(table)
    counts = {state: sum(each.state == state for each in found) for state in SHOWN}
    out.print(f"{counts['broken']} broken, {counts['look']} to look at, {counts['well']} well")
