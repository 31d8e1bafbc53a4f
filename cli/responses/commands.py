"""`tenglong township`: what becomes of a township's reports."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer
from rich.markup import escape

from backbone.errors import Answered
from park import townships
from park.time import PARK_TIME, day_of

from ..ask import end_if_missing
from ..console import err, out
from ..given import as_day, township_code
from . import asking
from .refused import refused
from .shown import times_table, told_late, waiting_table

app = typer.Typer(help="What becomes of a township's reports [上报].", no_args_is_help=True)


app.command()(refused)


@app.command()
def times(
    township: Annotated[
        list[str] | None,
        typer.Argument(help="townships by their codes or names, 330604006; else all"),
    ] = None,
    since: Annotated[
        str,
        typer.Option(
            help="the first day on which reports that count came in, 2023-08-01; else 30 days ago"
        ),
    ] = "",
    waiting: Annotated[int, typer.Option(help="how many waiting reports to name")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="for programs; times in seconds")] = False,
    wait_s: Annotated[float, typer.Option(help="how long to wait for each answer")] = 30,
) -> None:
    """Show how long each township's reports took from the moment that their event names to the receipt, and
    to their effect (half of them / nine of ten / the slowest), and which wait longest for what. Reports that
    are parked, for a person, have no receipt yet. Ends with 3 if a service does not answer, and with 1 if
    none does."""
    today = day_of(datetime.now(PARK_TIME))
    since_on = as_day(since, "--since") if since else today
    given = [township_code(each, min(since_on, today), "TOWNSHIP") for each in township or ()]
    codes = [*dict.fromkeys(given)] or sorted(townships.codes(today))
    first = f"{since_on}T00:00:00+08:00" if since else None
    try:
        found = asking.response_times(asking.asking(wait_s), codes, first, waiting)
    except Answered as problem:
        err.print(f"[red]{escape(str(problem))}[/]", highlight=False)
        raise typer.Exit(1) from problem
    for reason in found["unreachable_reasons"]:
        err.print(f"missing [缺失]: {reason}", markup=False, highlight=False)
    if as_json:
        out.print_json(data=found)
    else:
        _show([row for row in found["townships"] if township or _has_any(row)], waiting)
    if len(found["unreachable"]) == len(asking.SERVICES):
        raise typer.Exit(1)
    end_if_missing(found["unreachable"])


def _has_any(row: dict[str, Any]) -> bool:
    """Of all townships those without a report are left out."""
    return bool(row["reports_found"] or row["waiting_found"] or row["parked_found"])


def _show(rows: list[dict[str, Any]], waiting: int) -> None:
    out.print(times_table(rows))
    for line in told_late(rows):
        out.print(line, highlight=False)
    if any(row["waiting"] or row["parked"] for row in rows):
        out.print(waiting_table(rows, waiting))
