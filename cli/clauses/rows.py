"""Clauses as people hand them in: a table with a row for each, lines of a text, or one clause itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from handin.reading import opened
from handin.said import FileRefused

EXCEPTION = ("ground", "no_milder_way", "ends_on", "end_condition")
PLAIN = ("text", "clause_kind", "conclusion_reasons")
COLUMNS = ("id", *PLAIN, *EXCEPTION)
ALSO = {"clause_id": "id"}  # a second heading for a column
YES = {"yes": True, "true": True, "1": True, "是": True, "有": True, "no": False, "false": False}
TABLES = (".csv", ".xlsx", ".xlsm")
LONGEST_NAME = 255  # bytes of a file's name; a clause is mostly longer


def clauses_of(given: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each clause with the name by which it is told, as the contract reads it. Raises
    `typer.BadParameter` for a file that cannot be read."""
    if not given.strip():
        raise typer.BadParameter(
            "it is empty; give the clause itself, or a file that holds clauses"
        )
    file = Path(given)
    if len(given.encode()) <= LONGEST_NAME and file.is_dir():
        raise typer.BadParameter(f"{given} is a folder; give the clause itself, or a file")
    if len(given.encode()) > LONGEST_NAME or not _is_named(file, given):
        yield "text", {"text": given}
    elif file.suffix.lower() in TABLES:
        yield from _rows(file)
    else:
        yield from _lines(file)


def _is_named(file: Path, given: str) -> bool:
    """A file that is there, or what is written like one: then it is missed and not checked as a text."""
    return file.exists() or (given.isascii() and file.suffix.lower() in (*TABLES, ".txt"))


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        written = file.read_text("utf-8-sig")
    except OSError as problem:
        raise typer.BadParameter(f"{file} cannot be read: {problem.strerror}") from problem
    except UnicodeDecodeError as problem:
        raise typer.BadParameter(f"{file} is not UTF-8") from problem
    for number, line in enumerate(written.splitlines(), 1):
        if line.strip():
            yield f"line {number}", {"text": line.strip()}


def _rows(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        source = opened(file)
        rows = source.rows(source.sheets[0])
        _, head = next(rows, (0, ()))
    except FileRefused as problem:
        raise typer.BadParameter(f"{file.name}: {problem}") from problem
    titles = [str(each or "").strip() for each in head]
    columns = [ALSO.get(each, each) for each in titles]
    if "text" not in columns:
        raise typer.BadParameter(
            f"{file.name}: its first row has no heading text, under which the clauses stand; taken are "
            f"text, id (or clause_id), {', '.join(each for each in COLUMNS if each not in ('id', 'text'))}"
        )
    if others := [each for each in columns if each and each not in COLUMNS]:
        typer.echo(f"{file.name}: columns left alone: {', '.join(others)}", err=True)
    for number, cells in rows:
        row = {
            name: _cell(cell)
            for name, cell in zip(columns, cells, strict=False)
            if name in COLUMNS and _cell(cell)
        }
        if row:
            yield str(row.get("id") or f"row {number}"), _clause(row)


def _cell(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


def _clause(row: dict[str, str]) -> dict[str, Any]:
    """The exception is claimed by a row that says something of one."""
    clause: dict[str, Any] = {name: row[name] for name in PLAIN if name in row}
    exception: dict[str, Any] = {name: row[name] for name in EXCEPTION if name in row}
    if "no_milder_way" in exception:
        said = exception["no_milder_way"]
        exception["no_milder_way"] = YES.get(said.casefold(), said)
    return clause | ({"exception": exception} if exception else {})
