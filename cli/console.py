"""Where commands write: answers to the output, everything else to the error stream."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from park.time import PARK_TIME

WHOLE = "for programs, and with every value whole"  # what `--json` is for where tables cut
LONG = 30  # characters of a source, from which on it is not repeated
WORD = re.compile(r"[!-~]{1,60}")  # of letters and signs as ids have; Chinese is folded anywhere
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


class Output(Console):
    """Shows each thing of a table in lines of its own, a line for each of its cells, where the terminal has
    not the room for its ids beside the rest: an id in two lines cannot be copied."""

    def print(self, *objects: Any, **how: Any) -> None:
        super().print(*map(self._fitting, objects), **how)

    def _fitting(self, thing: Any) -> Any:
        if not isinstance(thing, Table) or not any(map(_is_whole, thing.columns)):
            return thing
        least = 1 + sum(3 + self._least_of(column) for column in thing.columns)
        return in_lines(thing) if least > self.width else thing

    def _least_of(self, column: Column) -> int:
        """How many characters wide it is: ids whole, and sentences folded between their words."""
        cells = "\n".join(
            self.render_str(str(each)).plain for each in (column.header, *column.cells)
        )
        whole_lines = cells.splitlines() if column.no_wrap else WORD.findall(cells)
        return column.width or max(map(cell_len, whole_lines), default=1)


def _is_whole(column: Column) -> bool:
    return bool(column.no_wrap or column.width)


def whole(*heads: str) -> Iterator[Column]:
    """Columns of ids and names that are to be copied: each stands in one line."""
    return (Column(head, no_wrap=True) for head in heads)


def named(head: str, names: Iterable[str]) -> Column:
    """A column of such names, each in one line, and below it what is folded to their width."""
    return Column(head, width=max(map(len, names), default=0) or None, overflow="fold")


def in_lines(table: Table) -> Table:
    """The table with a line for each cell that says something, thing by thing. A first cell that is left out,
    since it is that of the row above, is said of each."""
    long = Table(
        Column(style="dim", no_wrap=True), Column(overflow="fold"), box=None, show_header=False
    )
    long.title, long.title_justify, long.pad_edge = table.title, "left", False
    long.caption, long.caption_justify = table.caption, "left"
    heads, first = [column.header for column in table.columns], None
    for cells in zip(*(column.cells for column in table.columns), strict=True):
        first = cells[0] or first
        said = [(head, cell) for head, cell in zip(heads, (first, *cells[1:]), strict=True) if cell]
        for head, cell in said:
            long.add_row(head if len(said) > 1 else "", cell)
        long.add_row()
    return long


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


out, err = Output(width=WIDTH), Console(stderr=True)
