"""Where commands write: answers to the output, everything else to the error stream."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from park.time import PARK_TIME

WHOLE = "for programs, and with every value whole"  # what `--json` is for where tables cut
LONG = 30  # characters of a source, from which on it is not repeated
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


class Sources:
    """What the rows of a table cite. A long source that several of them cite stands once, below the table,
    by a number."""

    def __init__(self, cited: Iterable[str | None]) -> None:
        often = [each for each, times in Counter(cited).items() if each and times > 1]
        self.numbers = {each: no for no, each in enumerate(filter(_is_long, often), 1)}

    def cell(self, source: str | None) -> str:
        """The source, or its number; to be escaped as any text."""
        number = self.numbers.get(source or "")
        return f"source {number}" if number else source or "–"

    def below(self, table: Table) -> Table:
        """The table with the sources that have a number, under what stands below it already."""
        if self.numbers:
            said = (escape(f"source {no}: {each}") for each, no in self.numbers.items())
            under = [str(table.caption)] if table.caption else []
            table.caption, table.caption_justify = "\n".join([*under, *said]), "left"
        return table


def _is_long(source: str) -> bool:
    return len(source) > LONG


out, err = Console(width=WIDTH), Console(stderr=True)
