"""The workbook that goes back: the rows that were not handed in, with the reason beside each.

No cell of it is a formula, whatever stood in the file, and nobody's identity number is in it in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .cells.codes import masked
from .cells.column import text_of
from .headers import letter
from .said import Formula, Merged, Outcome

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
LONGEST = 32_767  # characters that a cell may have
COLOURS = {Outcome.REFUSED: "FFF4B6B6", Outcome.NEEDS_PERSON: "FFFFE699"}
HEAD = "FFD9E1F2"
OURS = ("row", "outcome", "why")


class ErrorBook:
    """Written row by row; `close` puts it into its place, if there was a row. `given` are titles and
    values of what held for every row, and stood in no column: so that it can be handed in by itself."""

    def __init__(
        self, path: Path, titles: Sequence[str], given: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.path, self.rows, self.given = path, 0, tuple(value for _, value in given)
        self.titles = (*titles, *(title for title, _ in given))

    def _open(self) -> None:
        from openpyxl import Workbook

        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet("errors")
        self._sheet.freeze_panes = "A2"
        self._sheet.column_dimensions[letter(len(self.titles) + 2)].width = 80
        self._sheet.append([self._cell(text, HEAD) for text in (*self.titles, *OURS)])

    def add(
        self, number: int, cells: Sequence[Any], outcome: Outcome, why: str, columns: Iterable[str]
    ) -> None:
        """A row, and why it failed; `columns` are the letters of the cells that are to blame."""
        if not self.rows:
            self._open()
        width, blamed = len(self.titles) - len(self.given), set(columns)
        row = [*cells[:width], *[None] * (width - len(cells)), *self.given]
        colour = COLOURS[outcome]
        written = [
            self._cell(cell, colour if letter(place) in blamed else "")
            for place, cell in enumerate(row)
        ]
        said = (number, outcome.value, why)
        self._sheet.append([*written, *(self._cell(each, colour) for each in said)])
        self.rows += 1

    def close(self) -> bool:
        """Whether there is a workbook."""
        if self.rows:
            self._book.save(self.path)
        else:
            self.path.unlink(missing_ok=True)
        return bool(self.rows)

    def _cell(self, value: Any, colour: str) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import PatternFill

        if not colour:
            return safe(value)
        cell = WriteOnlyCell(self._sheet, safe(value))
        cell.fill = PatternFill("solid", fgColor=colour)
        return cell


def safe(value: Any) -> Any:
    """A cell that a spreadsheet takes for nothing but what it says."""
    if isinstance(value, Merged):
        value = value.value
    if isinstance(value, Formula):
        value = value.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if abs(value) < 10**14 else safe(text_of(value))
    if not isinstance(value, str):
        return value
    text = "".join(each for each in value if each >= " " or each in "\n\t")[: LONGEST - 1]
    shown = masked(text)
    return (
        f"'{shown}"
        if shown.lstrip().startswith(DANGEROUS) or shown.startswith(DANGEROUS)
        else shown
    )
