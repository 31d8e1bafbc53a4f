"""The rows of a table of notices, cell by cell as the contract wants them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import typer
from marshmallow import fields

from backbone.errors import Answered
from backbone.messages.contract import load
from handin.cells.measures import GROUPED
from handin.reading import opened
from handin.said import FileRefused
from park.codes import HALF_WIDTH
from park.fields import Amount, Day
from services.projects.commitments.indicators import FORMS, in_one_form
from services.projects.listings.schemas import Indicator
from services.projects.notices.rulebook import NOTICE_LAW
from services.projects.notices.schemas import DayOrMoment, Draft

from .moments import when
from .quoting import quoted

DRAFT = Draft().fields
INDICATOR = {"notice_id", "indicator_printed", "op", "value", "unit", "stage_printed"}
PRINTED = {"code": "indicator_printed", "indicators": "value", "indicators.value": "value"}
SIDES = {"≥": ">=", "≤": "<=", "": ">=", "＝": "="}
CONDITIONS = re.compile(r"[;；\n]+")
YEARS = re.compile(r"(?:连续|each of )([0-9]+)|([0-9]+)\s*(?:个)?(?:年|years running)")


def rows_of(file: Path) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    """Each row with its number, as `{column: text}`, without empty cells, and its cells as they are written.
    Columns that are left alone are named on stderr, for a slip in a title would hide its rule. Raises
    `typer.BadParameter`."""
    return _table(file, {"id", *DRAFT}, least={"price_printed"})


def _table(
    file: Path, known: set[str], least: set[str]
) -> Iterator[tuple[int, dict[str, Any], dict[str, Any]]]:
    try:
        source = opened(file)
        rows = source.rows(source.sheets[0])
        _, head = next(rows, (0, ()))
    except FileRefused as problem:
        raise typer.BadParameter(f"{file.name}: {problem}") from problem
    except OSError as problem:
        raise typer.BadParameter(f"{file} cannot be read: {problem.strerror}") from problem
    columns = [str(each or "").strip() for each in head]
    if not any(columns):
        raise typer.BadParameter(f"{file.name}: its first row is empty; it names the columns")
    if missing := least - set(columns):
        raise typer.BadParameter(
            f"{file.name}: its first row names no column {', '.join(sorted(missing))}; known are "
            f"{', '.join(sorted(known))}"
        )
    if others := [each for each in columns if each and each not in known]:
        typer.echo(
            f"{file.name}: columns left alone: {', '.join(others)}; known are {', '.join(sorted(known))}",
            err=True,
        )
    for number, cells in rows:
        pairs = [each for each in zip(columns, cells, strict=False) if not _is_empty(each[1])]
        if pairs:
            written = {name: cell for name, cell in pairs if name in known}
            yield number, {name: _cell(name, cell) for name, cell in written.items()}, written


def _is_empty(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _cell(name: str, cell: Any) -> Any:
    """A cell as the contract reads it; what cannot be mended stays, and the contract says what is wrong."""
    field = DRAFT.get(name)
    if isinstance(field, DayOrMoment):
        return when(cell)
    if isinstance(field, Day):
        return when(cell).partition("T")[0]
    written = f"{cell:.15g}" if isinstance(cell, float) else str(cell)  # as a spreadsheet shows it
    if name == "conditions":
        return [each.strip() for each in CONDITIONS.split(written) if each.strip()]
    text = written.translate(HALF_WIDTH).strip()
    if isinstance(field, Amount):
        return _figure(text.removesuffix("万元") if name == "bond_wan" else text)
    if isinstance(field, fields.Integer):
        text = text.removesuffix("年").rstrip()
        return int(Decimal(text)) if text.removesuffix(".0").isdecimal() else text
    if name == "method":
        return NOTICE_LAW.on(date.max).way_of(text) or text
    return text


def _figure(text: str) -> str:
    text = text.removesuffix("%").strip()
    return text.replace(",", "") if GROUPED.fullmatch(text) else text


def indicators_of(file: Path) -> dict[str, list[dict[str, Any]]]:
    """The indicators of each plot by its id, as printed and in one form: 6568 万元/公顷 are 437.8667
    万元/亩. One that cannot be read says why. Raises `typer.BadParameter`."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for number, row, written in _table(
        file, INDICATOR, least={"notice_id", "indicator_printed", "value"}
    ):
        found[row.pop("notice_id", "")].append(_indicator(row, number, written))
    return dict(found)


def _indicator(row: dict[str, Any], number: int, written: dict[str, Any]) -> dict[str, Any]:
    years = YEARS.search(row.get("stage_printed", ""))
    given = {
        "code": row.get("indicator_printed", ""),
        "op": SIDES.get(row.get("op", ""), row.get("op", "")),
        "value": _figure(row.get("value", "")),
        "unit": row.get("unit", ""),
        "check_stage": "annual" if years else "full_capacity",
        "years_running": int(next(filter(None, years.groups()))) if years else 1,
    }
    try:
        printed = load(Indicator(), given, path="")
        form = in_one_form(printed, FORMS.on(date.max))
    except Answered as problem:
        return {"printed": row, "errors": quoted(problem.reasons, number, written, PRINTED)}
    return {
        "printed": row,
        "indicator": form.code,
        "op": form.op.value,
        "value": form.value,
        "unit": form.unit,
        "years_running": form.years_running,
    }
