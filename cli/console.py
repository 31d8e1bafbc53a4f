"""Where commands write: answers to the output, everything else to the error stream."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from park.time import PARK_TIME

WHOLE = "for programs, and with every value whole"  # what `--json` is for where tables cut
WIDTH = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 200  # in a file lines are long


def moment(told: str | datetime) -> str:
    """A moment, as a service tells it or read, by the park's clock, to the second, as `--as-of` takes it."""
    at = datetime.fromisoformat(told) if isinstance(told, str) else told
    return at.astimezone(PARK_TIME).isoformat(timespec="seconds")


def cell(value: Any, widest: int) -> str:
    """A value as a cell of a table has it: cut where it is longer than so many characters; whole and in
    words, a line for each part, where it has parts."""
    if isinstance(value, dict) and value:
        return escape("\n".join(_named(value)))
    if isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        return escape("\n".join(f"· {_in_words(each)}" for each in value))
    said = _in_words(value)
    return escape(
        said if len(said) <= widest or isinstance(value, list) else f"{said[: widest - 1]}…"
    )


def _in_words(value: Any, within: str = "{}") -> str:
    """A value in one line; what has parts stands `within` parentheses where it is a part itself."""
    if value is None or value in ([], {}):
        return "–"
    if isinstance(value, dict):
        return within.format("; ".join(_named(value)))
    if isinstance(value, list):
        return ", ".join(_in_words(each, "({})") for each in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _named(parts: dict[str, Any]) -> Iterator[str]:
    for name, value in parts.items():
        yield f"{name.replace('_', ' ')}: {_in_words(value, '({})')}"


def noted(table: Table) -> Table:
    """The table; where a value of it is cut, with a note of how to see it whole."""
    cells = (str(each) for column in table.columns for each in column.cells)
    if any(each.endswith("…") for each in cells):
        table.caption = "What ends with … is longer: --json has it whole."
    return table


def filled(table: Table) -> Table:
    """The table without the columns in which no row says anything."""
    said = ([str(each) for each in column.cells] for column in table.columns)
    both = zip(table.columns, said, strict=True)
    table.columns = [column for column, cells in both if any(each.strip("– ") for each in cells)]
    return table


out, err = Console(width=WIDTH), Console(stderr=True)
