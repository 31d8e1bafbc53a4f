"""`tenglong import`: `check FILE`, `run FILE`, and what a township gets back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from rich.markup import escape

from backbone import settings
from handin.said import FileRefused
from handin.sheet import Asked, Sheet, sheet_of
from handin.template import templates
from park.time import PARK_TIME, day_of

from ..console import err
from ..reach import broker_uri
from . import returning
from .checking import check_rows
from .running import How, hand_in

T = TypeVar("T")
app = typer.Typer(
    help="Workbooks and CSV that townships hand in: check what is in them, then hand it in.",
    no_args_is_help=True,
)
for back in (returning.questions, returning.ledger, returning.completeness):
    app.command()(back)
File = Annotated[Path, typer.Argument(help="a workbook (.xlsx) or a CSV")]
Kind = Annotated[str, typer.Option(help=f"{', '.join(templates())}; else found by the header")]
SheetName = Annotated[str, typer.Option("--sheet", help="else the first with a header")]
Township = Annotated[
    str, typer.Option(help="9-digit code; every row is of it. Else each row says its own")
]
Given = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="a value for every row: in_zone=是"),
]
Units = Annotated[
    list[str] | None,
    typer.Option("--unit", metavar="FIELD=UNIT", help="where the title names none: area=亩"),
]
AsJson = Annotated[
    bool, typer.Option("--json", help="a line of JSON for each row; the summary last")
]
Wait = Annotated[float, typer.Option(help="how long to wait for the park", min=0.1)]


@app.command()
def check(
    file: File,
    kind: Kind = "",
    sheet: SheetName = "",
    township: Township = "",
    given: Given = None,
    unit: Units = None,
    as_json: AsJson = False,
    compare: Annotated[bool, typer.Option(help="with what the park has on record")] = True,
    wait_s: Wait = 10,
) -> None:
    """Say what is in a file, row by row, and what handing it in would change. Nothing is sent. Ends
    with 0 if every row could go, with 1 if some could not, with 2 if the file cannot be read."""
    read = _sheet(file, Asked(kind, sheet, township, _pairs(given), _pairs(unit)))
    uri = settings.from_environment().amqp_uri if compare else ""
    raise typer.Exit(_or_refused(lambda: check_rows(read, uri, wait_s, as_json=as_json)))


@app.command()
def run(
    file: File,
    kind: Kind = "",
    sheet: SheetName = "",
    township: Township = "",
    given: Given = None,
    unit: Units = None,
    as_json: AsJson = False,
    journal: Annotated[
        Path | None, typer.Option(help="where the run notes how far it is; else beside the file")
    ] = None,
    errors: Annotated[
        Path | None, typer.Option(help="the workbook of the rows that failed; else beside the file")
    ] = None,
    again: Annotated[
        str, typer.Option(help="a word; hand in anew what was handed in and then corrected")
    ] = "",
    wait_s: Wait = 60,
) -> None:
    """Hand in a file: an event for each row that is fine or mended, and its receipt. Rows that need a
    person or are refused come back in a workbook. The same file twice changes nothing; a run that was
    killed goes on when it is started again. Ends with 0, 1 or 2 as `check` does."""
    asked = Asked(kind, sheet, township, _pairs(given), _pairs(unit))
    uri = broker_uri()
    how = How(
        uri,
        wait_s,
        journal or file.with_name(f"{file.name}.journal"),
        errors or file.with_name(f"{file.stem}.errors.xlsx"),
        again,
        as_json,
    )
    read = _sheet(file, asked)
    raise typer.Exit(_or_refused(lambda: hand_in(read, asked, how)))


def _sheet(file: Path, asked: Asked) -> Sheet:
    return _or_refused(lambda: sheet_of(file, asked, day_of(datetime.now(PARK_TIME))))


def _or_refused(work: Callable[[], T]) -> T:
    """What the work answers; a sentence, and the end, if the file as a whole is refused."""
    try:
        return work()
    except FileRefused as problem:
        err.print(f"[red]This file is not read.[/] {escape(str(problem))}", highlight=False)
        raise typer.Exit(2) from problem


def _pairs(given: list[str] | None) -> dict[str, str]:
    pairs = [each.partition("=") for each in given or ()]
    if wrong := [name for name, equals, _ in pairs if not equals]:
        raise typer.BadParameter(f"{wrong[0]!r} must read field=value")
    return {name: value for name, _, value in pairs}
