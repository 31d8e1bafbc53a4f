"""Looking through published surveys of the soil before they are recorded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from backbone.errors import Invalid
from park.time import PARK_TIME
from services.parcels.soil.printed import COLUMNS, PrintedSurvey, printed_survey

from ..console import err, out, whole
from ..given import text_of

app = typer.Typer(help="Surveys of the soil [土壤调查].", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `check` a command of its own, though it is the only one."""


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="a CSV in UTF-8, with a header")],
    as_json: Annotated[bool, typer.Option("--json", help="for programs")] = False,
) -> None:
    """Read a table of published surveys and show how each row would be recorded, and what to look at.
    Nothing is recorded. Ends with 1 if a row cannot be read."""
    rows = list(csv.DictReader(io.StringIO(text_of(f"@{file}").removeprefix("\ufeff"))))
    if not rows or "plot" not in rows[0]:
        raise typer.BadParameter(f"{file} needs a header with {', '.join(COLUMNS)}, and rows")
    read: dict[int, PrintedSurvey] = {}
    for line, row in enumerate(rows, start=2):
        try:
            read[line] = printed_survey(row, datetime.now(PARK_TIME).date())
        except Invalid as problem:
            told = "; ".join(f"{each.field}: {each.sentence}" for each in problem.reasons)
            err.print(f"line {line}: {told}", markup=False)
    if as_json:
        out.print_json(
            data=[{"line": line, **asdict(each)} for line, each in read.items()], default=str
        )
    else:
        out.print(_table_of(read))
    raise typer.Exit(1 if len(read) < len(rows) else 0)


def _table_of(read: Mapping[int, PrintedSurvey]) -> Table:
    table = Table("line", *whole("plot"), "use", "survey", "concluded", "above a limit", "look at")
    for line, found in read.items():
        table.add_row(str(line), *_cells(found))
    return table


def _cells(found: PrintedSurvey) -> Iterator[str]:
    yield found.plot
    yield found.planned_use or "?"
    yield f"{found.survey['phase']}: {found.survey['conclusion']}"
    yield found.survey["concluded_on"]
    yield _exceeded(found)
    yield ", ".join(dict.fromkeys(flag.code for flag in found.flags))


def _exceeded(found: PrintedSurvey) -> str:
    return ", ".join(f"{each['substance']} ({each['medium']})" for each in found.survey["findings"])
