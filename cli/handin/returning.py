"""`tenglong import questions`, `ledger` and `completeness`: what a township gets back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from handin.back import questions as asking
from handin.back.book import Book
from handin.back.ledger import Ledger
from handin.back.questions import Question
from park import townships
from park.time import PARK_TIME, day_of

from ..ask import call, everything
from ..console import err, out
from .shown import line

Of = Annotated[str, typer.Argument(help="the township's code of 9 digits: 330604006")]
Out = Annotated[Path, typer.Option("--out", help="the workbook to write; it must not be there yet")]
Wait = Annotated[float, typer.Option(help="how long to wait for each answer", min=0.1)]
Year = Annotated[
    int,
    typer.Option("--year", help="ask for the firms' figures of this year, too", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="as one line of JSON")]


def questions(township: Of, file: Out, year: Year = 0, wait_s: Wait = 30) -> None:
    """Write a workbook with a row for each parcel that lacks something, and for each plot that was named
    and never surveyed. With --year a second sheet, figures, has a row for each firm of the township
    without figures of that year. What is known stands in it; what is asked for is coloured. Filled in,
    it is handed in with `run`, the second sheet with `run --sheet figures`. Without a question nothing
    is written."""
    _writable(township, file)
    with Book() as book:
        page = asking.page_in(book)
        asking.ask(page, _asked(township, wait_s))
        rows = page.rows
        if year:
            firms = asking.firm_years_in(book)
            lacking = _without_figures(township, year, wait_s)
            asking.ask(firms, (asking.of_firm_year(firm, year) for firm in lacking))
            rows += firms.rows
        if rows:
            book.save(file)
            out.print(f"{rows:,} rows with questions in {file}", highlight=False, markup=False)
        else:
            out.print("Nothing is asked for: every parcel is complete, and no plot is unsurveyed.")


def ledger(township: Of, file: Out, wait_s: Wait = 30) -> None:
    """Write a township's whole ledger as a workbook: parcels, firms, their figures and cases as the park
    has them.
    Handing in its parcels again changes nothing. It holds codes in full: it is for the township alone."""
    _writable(township, file)
    with Book() as book:
        sheets = Ledger(book, township, day_of(datetime.now(PARK_TIME)))
        _fill(sheets, {"township": township}, wait_s)
        book.save(file)
    written = (sheets.parcels, sheets.others, sheets.firms, sheets.figures, sheets.cases)
    counts = "{:,} parcels, {:,} other parcels, {:,} firms, {:,} yearly figures, {:,} cases".format(
        *(page.rows for page in written)
    )
    out.print(f"{counts} in {file}", highlight=False, markup=False)


def completeness(township: Of, year: Year = 0, as_json: AsJson = False, wait_s: Wait = 30) -> None:
    """Say how complete the register is of a township: how many parcels are surveyed, how many have
    everything, how many were never surveyed, and which field is missing in how many. With --year also
    how many of its firms have no figures of that year."""
    _known(township)
    found = call("parcels", "township_completeness", wait_s, township=township)
    gaps = {gap["field"]: len(gap["parcel_ids"]) for gap in found["gaps"]}
    counts = {
        "registered": found["registered"],
        "complete": found["complete"],
        "not_surveyed": len(found["not_surveyed"]),
    }
    if year:
        lacking = _without_figures(township, year, wait_s)
        counts["firms_without_figures"] = sum(1 for _ in lacking)
    if as_json:
        line(township=township, **counts, lacking=gaps)
        return
    table = Table("", "Parcels", title=f"The register of {township}")
    gaps = {f"lacks {field}": count for field, count in gaps.items()}
    for name, count in (counts | gaps).items():
        table.add_row(name, f"{count:,}")
    out.print(table)


def _fill(sheets: Ledger, own: dict[str, Any], wait_s: float) -> None:
    sheets.add_parcels(everything("parcels", "list_parcels", wait_s, filter=own))
    sheets.add_firms(everything("enterprises", "list_enterprises", wait_s, filter=own))
    sheets.add_figures(everything("enterprises", "list_firm_figures", wait_s, filter=own))
    deadlines = everything("parcels", "list_deadlines", wait_s, filter=own)
    due = {each["case_id"]: each for each in deadlines}
    sheets.add_cases(everything("parcels", "list_cases", wait_s, filter=own), due)


def _asked(township: str, wait_s: float) -> Iterator[Question]:
    """The questions: first of what is registered, then of what was only named."""
    found = call("parcels", "township_completeness", wait_s, township=township)
    lacks: dict[str, list[str]] = {}
    for gap in found["gaps"]:
        for parcel_id in gap["parcel_ids"]:
            lacks.setdefault(parcel_id, []).append(gap["field"])
    known = set()
    for parcel in everything("parcels", "list_parcels", wait_s, filter={"township": township}):
        known.add(parcel["parcel_id"])
        if parcel["parcel_id"] in lacks:
            yield asking.of_parcel(parcel, lacks[parcel["parcel_id"]])
    fields = [gap["field"] for gap in found["gaps"]]
    for parcel_id in found["not_surveyed"]:
        yield asking.of_unsurveyed(parcel_id, "a case or another report", fields)
    for parcel_id in sorted(_of_firms(township, wait_s) - known - set(found["not_surveyed"])):
        yield asking.of_unsurveyed(parcel_id, "the premises of a firm", fields)


def _without_figures(township: str, year: int, wait_s: float) -> Iterator[dict[str, Any]]:
    """The firms of the township of which no source that may judge has reported the year."""
    own = {"township": township}
    known = {
        firm["enterprise_id"]
        for firm in everything(
            "enterprises", "list_firm_figures", wait_s, filter=own | {"data_years": year}
        )
        for report in firm["reports"]
        if report["data_year"] == year and report["source_class"] != "statistics"
    }
    for firm in everything("enterprises", "list_enterprises", wait_s, filter=own):
        if firm["enterprise_id"] not in known:
            yield firm


def _of_firms(township: str, wait_s: float) -> set[str]:
    """The plots of the township that firms name, whichever township the firm is of."""
    firms = everything("enterprises", "list_enterprises", wait_s, filter={})
    named = {premises["parcel_id"] for firm in firms for premises in firm["premises"]}
    return {each for each in named if each.startswith(f"{township}-")}


def _known(township: str) -> None:
    if townships.find(township, day_of(datetime.now(PARK_TIME))) is None:
        err.print("No township has this code; 9 digits, such as 330604006.", highlight=False)
        raise typer.Exit(2)


def _writable(township: str, file: Path) -> None:
    """Nobody's answers are written over."""
    _known(township)
    if file.exists():
        err.print(f"{file} is there already; name another file.", highlight=False, markup=False)
        raise typer.Exit(2)
    if file.suffix != ".xlsx" or not file.parent.is_dir():
        err.print("--out names a new .xlsx in a folder that is there.", highlight=False)
        raise typer.Exit(2)
