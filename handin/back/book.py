"""A workbook that is written row by row and never held as a whole. No cell of it is a formula."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errorbook import HEAD, safe
from ..headers import letter
from ..template import Field

OPEN = "FFFFE699"  # a cell that waits for an answer
WIDE = 16


class Page:
    """One sheet. Its columns have names of ours and the titles that people read; `notes` hang on the
    titles."""

    def __init__(
        self, sheet: Any, titles: Mapping[str, str], notes: Mapping[str, str], widest: str
    ) -> None:
        self._sheet, self.names, self.rows = sheet, tuple(titles), 0
        sheet.freeze_panes = "B2"
        for number, name in enumerate(titles):
            width = sheet.column_dimensions[letter(number)]
            width.width = 5 * WIDE if name == widest else WIDE
        sheet.append([self._cell(title, HEAD, notes.get(name)) for name, title in titles.items()])

    def add(self, cells: Mapping[str, Any], waiting: Collection[str] = ()) -> None:
        """A row; the cells of the columns in `waiting` are coloured."""
        row = [
            self._cell(cells.get(name), OPEN) if name in waiting else safe(cells.get(name))
            for name in self.names
        ]
        self._sheet.append(row)
        self.rows += 1

    def _cell(self, value: Any, colour: str, note: str | None = None) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.comments import Comment
        from openpyxl.styles import PatternFill

        cell = WriteOnlyCell(self._sheet, safe(value))
        cell.fill = PatternFill("solid", fgColor=colour)
        if note:
            cell.comment = Comment(note, "tenglong")
        return cell


class Book:
    """The sheets of one file. `save` puts it into its place; without it nothing is left. Use as a
    context manager."""

    def __init__(self) -> None:
        from openpyxl import Workbook

        self._book, self._saved = Workbook(write_only=True), False

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._saved:
            for sheet in self._book.worksheets:
                sheet.close()

    def page(
        self,
        name: str,
        titles: Mapping[str, str],
        notes: Mapping[str, str] | None = None,
        widest: str = "why",
    ) -> Page:
        return Page(self._book.create_sheet(name), titles, notes or {}, widest)

    def save(self, path: Path) -> None:
        self._saved = True
        self._book.save(path)


def titles_of(fields: Mapping[str, Field], names: Sequence[str]) -> dict[str, str]:
    """The titles under which a template knows these fields, each with the unit of its figures."""
    return {name: f"{fields[name].names[0]}{_unit(fields[name])}" for name in names}


def _unit(field: Field) -> str:
    unit = "㎡" if field.reads == "area" else field.unit
    return f"（{unit}）" if unit else ""
