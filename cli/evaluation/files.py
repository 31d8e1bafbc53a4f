"""Schemes and figures out of files: tables as townships hand them in, JSON in the same encodings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import typer

from handin.cells.column import text_of
from handin.layout.totals import names_a_total
from handin.reading import MARK, Row, encoding_of, opened
from handin.said import FileRefused
from services.enterprises.evaluation.inputs import inputs_of

FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def scheme_in(given: str) -> Any:
    """The scheme of a JSON file; of one that holds several, the one of the id after `#`; else the id of
    a scheme that is kept, as it was given."""
    name, _, wanted = given.partition("#")
    if not Path(name).exists() and not name.endswith(".json"):
        return given
    try:
        found = json.loads(_text_in(Path(name)), parse_float=Decimal)
    except json.JSONDecodeError as problem:
        raise typer.BadParameter(f"{name} is not JSON: {problem}") from problem
    if not isinstance(found, list):
        return _the_one(found, name, wanted)
    by_id = {str(each.get("id")): each for each in found if isinstance(each, dict)}
    if wanted not in by_id:
        raise typer.BadParameter(
            f"{name} holds {len(found)} schemes; name one: {name}#{next(iter(by_id), 'id')}"
        )
    return by_id[wanted]


def _the_one(found: Any, name: str, wanted: str) -> Any:
    own = found.get("id") if isinstance(found, dict) else None
    if wanted and str(own) != wanted:
        raise typer.BadParameter(f"{name} holds one scheme, {own}, and none of the id {wanted}")
    return found


def figures_in(path: Path) -> list[dict[str, Any]]:
    """The firms of a table: its rows without empty ones and totals [合计], which are no firm to be ranked."""
    rows = [row for _, row in numbered(path)]
    if not rows:
        raise typer.BadParameter(f"{path} has a header and no firm below it")
    return rows


def numbered(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Each row of a CSV, or of the first sheet of a workbook, with its number, as a spreadsheet counts. The
    header names `firm` and the indicators, by code or in Chinese. Empty cells are left out. A flag is true
    or false, names of adjustments are divided by a semicolon or 、."""
    with _saying_no(path):
        source = opened(path, header_first=True)
        lines = list(source.rows(source.sheets[0]))
    header = [_name(cell) for cell in lines[0][1]] if lines else []
    if "firm" not in header:
        raise typer.BadParameter(f"{path} needs a header with a column `firm` [企业]")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise typer.BadParameter(f"{path} has more than one column {', '.join(twice)}; keep one")
    return list(_rows(path, header, lines[1:]))


def _text_in(path: Path) -> str:
    """The text of the file in the encoding that it is written in."""
    with _saying_no(path):
        return path.read_text(encoding_of(path)[0]).removeprefix(MARK)


@contextmanager
def _saying_no(path: Path) -> Iterator[None]:
    try:
        yield
    except FileRefused as problem:
        raise typer.BadParameter(f"{path}: {problem}") from problem
    except OSError as problem:
        raise typer.BadParameter(f"{path} cannot be read: {problem.strerror}") from problem


def _name(cell: Any) -> str:
    name = text_of(cell)
    return inputs_of(None).words.get(name.partition("(")[0].partition("（")[0].strip(), name)


def _rows(
    path: Path, header: list[str], lines: Sequence[Row]
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, cells in lines:
        if any(text_of(cell) for cell in cells[len(header) :]):
            raise typer.BadParameter(
                f"{path} row {number} has more cells than the header has names"
            )
        pairs = zip(header, cells, strict=False)
        row = {name: _value(name, cell) for name, cell in pairs if name and text_of(cell)}
        if row and not names_a_total(row.get("firm", "")):
            yield number, row


def _value(name: str, given: Any) -> Any:
    """A firm is called as the file does; of what is counted, a full-width digit is one, too."""
    if name == "firm" and isinstance(given, str):
        return given.strip()
    cell = text_of(given)
    if name == "in_small_firm_park":
        return FLAGS.get(cell.casefold(), cell)
    if name == "adjustments":
        return [each.strip() for each in cell.replace("、", ";").split(";") if each.strip()]
    return cell
