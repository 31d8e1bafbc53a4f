"""Schemes and figures out of files, in UTF-8 (with or without its mark) or in GB18030."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import typer

from handin.layout.totals import names_a_total
from services.enterprises.evaluation.inputs import inputs_of

FLAGS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
SEPARATORS = ",\t;"


def scheme_in(given: str) -> Any:
    """The scheme of a JSON file; of one that holds several, the one of the id after `#`; else the id of
    a scheme that is kept, as it was given."""
    name, _, wanted = given.partition("#")
    if not Path(name).exists() and not name.endswith(".json"):
        return given
    try:
        found = json.loads(text_of(Path(name)), parse_float=Decimal)
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
    """The firms of a CSV: its rows without empty ones and totals [合计], which are no firm to be ranked."""
    rows = [row for _, row in numbered(path)]
    if not rows:
        raise typer.BadParameter(f"{path} has a header and no firm below it")
    return rows


def numbered(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Each row of a CSV with its number, as a spreadsheet counts: the header is row 1. The header names
    `firm` and the indicators, by code or in Chinese. Empty cells are left out. A flag is true or false,
    names of adjustments are divided by a semicolon or 、."""
    text = text_of(path)
    first = text.partition("\n")[0]
    divider = max(SEPARATORS, key=first.count)
    lines = csv.reader(io.StringIO(text), delimiter=divider)
    header = [_name(cell) for cell in next(lines, [])]
    if "firm" not in header:
        raise typer.BadParameter(f"{path} needs a header with a column `firm` [企业]")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise typer.BadParameter(f"{path} has more than one column {', '.join(twice)}; keep one")
    return list(_rows(path, header, lines))


def text_of(path: Path) -> str:
    """The text of the file in the encoding that it is written in."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise typer.BadParameter(f"{path} cannot be read: {problem.strerror}") from problem
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise typer.BadParameter(f"{path} is neither UTF-8 nor GB18030; save it as one of them")


def _name(cell: str) -> str:
    name = cell.strip()
    return inputs_of(None).words.get(name.partition("(")[0].partition("（")[0].strip(), name)


def _rows(
    path: Path, header: list[str], lines: Iterator[list[str]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, cells in enumerate(lines, start=2):
        if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
            raise typer.BadParameter(
                f"{path} row {number} has more cells than the header has names"
            )
        pairs = zip(header, cells, strict=False)
        row = {name: _value(name, cell.strip()) for name, cell in pairs if name and cell.strip()}
        if row and not names_a_total(row.get("firm", "")):
            yield number, row


def _value(name: str, cell: str) -> Any:
    if name == "in_small_firm_park":
        return FLAGS.get(cell.casefold(), cell)
    if name == "adjustments":
        return [each.strip() for each in cell.replace("、", ";").split(";") if each.strip()]
    return cell
