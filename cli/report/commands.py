"""`tenglong report`: the weekly and the monthly report and the papers of the meeting, and what was issued."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer
from rich.markup import escape
from rich.table import Table

from ..ask import call, end_if_missing, everything, name_silent
from ..console import err, out, whole
from ..given import ahead
from .blocks import OF_IDS, Block, blocks_of, corrections_of, head_of, text_of
from .book import book_of
from .parts import with_parts
from .pdf import pdf_of

BOOK = ".xlsx"
WRITERS = {BOOK: book_of, ".pdf": pdf_of}
WAIT_S = 60.0  # every service reads all that it keeps
app = typer.Typer(
    help="Reports that write themselves from the facts [周报, 月报, 例会材料]. Where a service does not "
    "answer, it is named, and they end with 3.",
    no_args_is_help=True,
)
On = Annotated[
    str, typer.Option(callback=ahead, help="a day of it, such as 2023-07-26; else today")
]
KnownAt = Annotated[
    str,
    typer.Option(
        callback=ahead, help="only what was known then: 2023-09-10T00:00:00+08:00; else now"
    ),
]
Issue = Annotated[
    bool, typer.Option("--issue", help="freeze it as it is known now; needs --on, and is done once")
]
File = Annotated[
    Path | None, typer.Option(metavar="OUT.xlsx|OUT.pdf", help="write it as a workbook or a PDF")
]
AsJson = Annotated[bool, typer.Option("--json", help="as the service answers")]


@app.command()
def weekly(
    on: On = "",
    known_at: KnownAt = "",
    issue: Issue = False,
    file: File = None,
    as_json: AsJson = False,
) -> None:
    """The weekly report [周报]: what was remediated, listed and awarded in the week of a day (Monday to
    Sunday), the requests of firms, and what is due in the next."""
    _report("weekly", on, known_at, issue, file, as_json)


@app.command()
def monthly(
    on: On = "",
    known_at: KnownAt = "",
    issue: Issue = False,
    file: File = None,
    as_json: AsJson = False,
) -> None:
    """The monthly report [月报]: the overview on the last day of the month with the change to the month
    before, and the start curve [开工]."""
    _report("monthly", on, known_at, issue, file, as_json)


@app.command()
def meeting(
    on: On = "",
    known_at: KnownAt = "",
    issue: Issue = False,
    file: File = None,
    as_json: AsJson = False,
) -> None:
    """The papers for the meeting on a day or the first after it [例会材料]: cases to decide, what became of
    decisions, and what is overdue by whom."""
    _report("meeting", on, known_at, issue, file, as_json)


@app.command()
def issued(
    report_id: Annotated[
        str, typer.Argument(help="such as weekly-2023-W30; without it, those that there are")
    ] = "",
    file: File = None,
    as_json: AsJson = False,
) -> None:
    """Show an issued report as it was frozen, and what was corrected since, with the event behind it."""
    if not report_id:
        _list(as_json)
        return
    report = call("parcels", "get_zone_report", WAIT_S, zone_report_id=report_id)
    corrected = call("parcels", "report_corrections", WAIT_S, zone_report_id=report_id)
    _show({"report": report, "corrections": corrected}, report, corrected, file, as_json)


def _report(
    kind: str, on: str, known_at: str, issue: bool, file: Path | None, as_json: bool
) -> None:
    if issue and (known_at or not on):
        wrong = "--known-at" if known_at else "--on"
        said = (
            "what is issued is as known now" if known_at else "name a day of what is to be issued"
        )
        raise typer.BadParameter(said, param_hint=wrong)
    _known(file)
    asked: dict[str, Any] = {"report_kind": kind, "on": on or None}
    if issue:
        asked["request_id"] = str(uuid4())
        report = call("parcels", "issue_report", WAIT_S, **asked)
    else:
        report = call("parcels", "draft_report", WAIT_S, known_at=known_at or None, **asked)
    _show(report, report, None, file, as_json)


def _show(answer: Any, report: Any, corrected: Any, file: Path | None, as_json: bool) -> None:
    """As JSON, or for people; and into the file, if one is named."""
    writer, untold = _known(file), list[str]()
    if file and writer:
        printed, untold = with_parts(report) if file.suffix.lower() == BOOK else (report, untold)
        try:
            file.write_bytes(writer(printed, corrected))
        except OSError as problem:
            raise typer.BadParameter(f"{file} cannot be written: {problem.strerror}") from problem
        err.print(f"wrote {file}", highlight=False)
    if as_json:
        out.print_json(data=answer)
    elif not file:
        blocks = blocks_of(report) + ([corrections_of(corrected)] if corrected else [])
        _print(report["title"], head_of(report), blocks)
    told = (report, corrected) if corrected else (report,)
    silent = [each for one in told for each in one["unreachable_reasons"]]
    for each in silent:
        err.print(f"[red]{escape(each['sentence'])}[/]", highlight=False)
    name_silent(untold)
    end_if_missing([*silent, *untold])


def _known(file: Path | None) -> Any:
    """How a file of that name is written."""
    if file is None:
        return None
    if file.suffix.lower() not in WRITERS:
        raise typer.BadParameter(
            f"{file} must end with {' or '.join(WRITERS)}", param_hint="--file"
        )
    return WRITERS[file.suffix.lower()]


def _print(title: str, head: Iterable[str], blocks: Iterable[Block]) -> None:
    out.print(f"[bold]{escape(title)}[/]", highlight=False)
    for line in head:
        out.print(escape(line), highlight=False)
    for block in blocks:
        table = Table(title=escape(block.title) or None, title_justify="left")
        for number, column in enumerate(block.columns):
            justify: Any = "right" if number in block.numbers else "left"
            whole_line = column in OF_IDS
            table.add_column(escape(column), overflow="fold", justify=justify, no_wrap=whole_line)
        for row in block.rows:
            table.add_row(*(escape(text_of(cell)) for cell in row))
        if block.rows:
            out.print(table)
        elif block.title:
            out.print(f"[italic]{escape(block.title)}[/]", highlight=False)
        for note in block.notes:
            out.print(f"[dim]{escape(note)}[/]", highlight=False)


def _list(as_json: bool) -> None:
    """All reports that were issued, the newest first."""
    found = [*everything("parcels", "list_zone_reports", WAIT_S, order="-last")]
    if as_json:
        out.print_json(data={"items": found, "cursor": None})
        return
    if not found:
        out.print("No report was issued yet.")
        return
    table = Table(*whole("report"), "title", "issued on", "as known at", title_justify="left")
    for each in found:
        cells = (each["zone_report_id"], each["title"], each["issued_on"], each["known_at"])
        table.add_row(*map(escape, cells))
    out.print(table)
