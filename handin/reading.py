"""Opening a workbook or a CSV, and its rows one after another; nothing holds them all.

What a file is, its bytes say and not its name.
"""

from __future__ import annotations

import codecs
import csv
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from .layout.merged import Area, areas_of
from .said import FileRefused, Formula

Row = tuple[int, tuple[Any, ...]]  # its number in the file, from 1, and its cells
BLANK_ROWS = 10_000  # after so many blank rows nothing more is looked for
WIDEST = 256  # columns; what stands further right is not read
LARGEST_SHARED = 256 * 2**20  # bytes of texts that a workbook's cells share
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
ENCODINGS = (("utf-8", "UTF-8"), ("gb18030", "GB18030"))
MARK = "\ufeff"  # a byte order mark, as it reads where its codec does not take it off
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    (MARK.encode("gb18030"), "gb18030", "GB18030 with a byte order mark"),
)
CHUNK = 2**20
NO_CSV = (
    "This is neither a workbook (.xlsx) nor a CSV: it holds what is no text in UTF-8, GB18030 or "
    "UTF-16; save it as .xlsx, or as a CSV in UTF-8."
)
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


@dataclass(slots=True)
class Source:
    """A file that is open for reading. `said` tells what was found out about it. `epoch` is where its
    serial days begin, 1900 or 1904."""

    path: Path
    sheets: tuple[str, ...]
    said: list[str] = field(default_factory=list)
    epoch: int = 1900

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that say something, each with its number."""
        raise NotImplementedError

    def merged(self, sheet: str) -> tuple[Area, ...]:
        """The areas of a sheet that are merged over several rows."""
        return ()


def opened(path: Path, *, header_first: bool = False) -> Source:
    """Raises `FileRefused` with one sentence if the file is neither a workbook nor a CSV. With
    `header_first` the first line of a CSV alone tells what divides its cells, as others may hold lists."""
    try:
        with path.open("rb") as file:
            first = file.read(512)
    except OSError as problem:
        raise FileRefused(f"The file cannot be read: {problem.strerror}.") from problem
    if first.startswith(OLD_WORKBOOK):
        raise FileRefused(
            "This is a workbook of the old form (.xls), or one with a password; save it as .xlsx "
            "without a password."
        )
    if first.startswith(b"PK"):
        return _workbook(path)
    if (
        first.lstrip()
        .lower()
        .startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"%pdf", b"{"))
    ):
        raise FileRefused("This is neither a workbook (.xlsx) nor a CSV; save it as one of them.")
    return _csv(path, 1 if header_first else 20)


# --- workbooks


@dataclass(slots=True)
class Workbook(Source):
    book: Any = None
    formulas: frozenset[str] = frozenset()  # sheets with a formula

    def rows(self, sheet: str) -> Iterator[Row]:
        values = _values(self.book[sheet])
        if sheet in self.formulas:
            values = _beside_formulas(values, self.path, sheet)
        yield from _said(values, self.said)

    def merged(self, sheet: str) -> tuple[Area, ...]:
        return areas_of(self.path, self.book[sheet]._worksheet_path)


def _workbook(path: Path) -> Workbook:
    from openpyxl import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    try:
        _bounded(path)
        book = load_workbook(path.open("rb"), read_only=True, data_only=True)
        sheets = tuple(each.title for each in book.worksheets if each.sheet_state == "visible")
        formulas = frozenset(sheet for sheet in sheets if _has_formula(path, book[sheet]))
    except FileRefused:
        raise
    except Exception as problem:  # openpyxl raises whatever the broken part of a file leads to
        raise FileRefused(
            "The workbook is damaged: open it, and save it again as .xlsx."
        ) from problem
    if not sheets:
        raise FileRefused("The workbook has no sheet that can be seen.")
    epoch = 1904 if book.epoch == CALENDAR_MAC_1904 else 1900
    said = ["workbook (.xlsx)"] + (["its days count from 1904"] if epoch == 1904 else [])
    return Workbook(path, sheets, said, epoch, book, formulas)


def _bounded(path: Path) -> None:
    """Raise for a workbook whose shared texts would not fit into memory."""
    with zipfile.ZipFile(path) as parts:
        large = [
            each for each in parts.infolist()
            if each.filename.endswith(("sharedStrings.xml", "styles.xml"))
            and each.file_size > LARGEST_SHARED
        ]  # fmt: skip
    if large:
        raise FileRefused("The workbook holds more text than can be read at once; divide it.")


def _has_formula(path: Path, sheet: Any) -> bool:
    """Whether an `<f` stands in the part of the workbook that holds the sheet."""
    tail = b""
    with zipfile.ZipFile(path) as parts, parts.open(sheet._worksheet_path) as part:
        while chunk := part.read(CHUNK):
            if FORMULA.search(tail + chunk):
                return True
            tail = chunk[-16:]
    return False


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    sheet.reset_dimensions()  # some programs write down wrong ones
    try:
        for row in sheet.iter_rows(values_only=True):
            yield row[:WIDEST]
    except Exception as problem:
        raise FileRefused(
            "The workbook is damaged after some of its rows: open it, and save it again as .xlsx."
        ) from problem


def _beside_formulas(
    values: Iterable[tuple[Any, ...]], path: Path, sheet: str
) -> Iterator[tuple[Any, ...]]:
    """The rows, with a `Formula` where one stands; the sheet is read twice at once for it."""
    from openpyxl import load_workbook

    written = load_workbook(path.open("rb"), read_only=True)[sheet]
    written.reset_dimensions()
    for row, cells in zip(values, written.iter_rows(), strict=True):
        yield tuple(
            Formula(value) if cell.data_type == "f" else value
            for value, cell in zip(row, cells, strict=False)
        )


# --- CSV


@dataclass(slots=True)
class Csv(Source):
    encoding: str = "utf-8"
    delimiter: str = ","

    def rows(self, sheet: str) -> Iterator[Row]:
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                rows = csv.reader(_without_mark(file), delimiter=self.delimiter)
                yield from _said((tuple(row[:WIDEST]) for row in rows), self.said)
        except csv.Error as problem:
            raise FileRefused(
                f"The CSV cannot be read after some of its rows ({problem}); look for a quotation mark "
                "that is not closed."
            ) from problem


def _without_mark(file: TextIO) -> TextIO:
    """The file from behind the mark that it may begin with."""
    if file.read(1) != MARK:
        file.seek(0)
    return file


def _csv(path: Path, looked_at: int) -> Csv:
    encoding, name = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        read = (file.readline(CHUNK) for _ in range(20))
        lines = [line for line in read if line.strip()][:looked_at]
    delimiter = max(",;\t", key=lambda mark: sum(line.count(mark) for line in lines))
    marks = {",": "commas", ";": "semicolons", "\t": "tabs"}
    return Csv(
        path, ("",), [f"CSV in {name}, divided by {marks[delimiter]}"], 1900, encoding, delimiter
    )


def encoding_of(path: Path) -> tuple[str, str]:
    """The codec of a text file, and what people call it. Raises `FileRefused`."""
    with path.open("rb") as file:
        first = file.read(CHUNK)
    for mark, encoding, name in MARKS:
        if first.startswith(mark):
            return encoding, name
    if b"\0" in first:
        return _unmarked_utf16(path, first), "UTF-16 without a byte order mark"
    for encoding, name in ENCODINGS:
        with suppress(UnicodeDecodeError):
            _decoded(path, encoding)
            return encoding, name
    raise FileRefused("The CSV is written neither in UTF-8 nor in GB18030; save it as one of them.")


def _unmarked_utf16(path: Path, first: bytes) -> str:
    """Which order of bytes a text in UTF-16 has that does not begin with its mark: the one in which it is
    divided. Raises `FileRefused` for what is no text in that."""

    def divided(encoding: str) -> int:
        text = first.decode(encoding, "replace")
        return sum(map(text.count, ",;\t\n:"))

    encoding = max("utf-16-le", "utf-16-be", key=divided)
    with suppress(UnicodeDecodeError):
        decoder = codecs.getincrementaldecoder(encoding)()
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if not all(map(_is_text, set(decoder.decode(chunk)))):
                    raise FileRefused(NO_CSV)
            decoder.decode(b"", final=True)
        return encoding
    raise FileRefused(NO_CSV)


def _is_text(character: str) -> bool:
    """Whether it may stand in a text: no control, nothing unassigned or private."""
    return character in "\t\r\n" or unicodedata.category(character) not in ("Cc", "Cn", "Co", "Cs")


def _decoded(path: Path, encoding: str) -> None:
    """Raise `UnicodeDecodeError` unless the whole file reads in this encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                raise FileRefused(NO_CSV)
            decoder.decode(chunk)
        decoder.decode(b"", final=True)


# --- both


def _said(rows: Iterable[Sequence[Any]], said: list[str]) -> Iterator[Row]:
    """The rows that are not blank, until too many blank ones follow each other."""
    last = 0
    for number, row in enumerate(rows, 1):
        if any(not _blank(cell) for cell in row):
            last = number
            yield number, tuple(row)
        elif number - last >= BLANK_ROWS:
            said.append(
                f"stopped reading at row {number:,}, after {BLANK_ROWS:,} blank rows; what stands below "
                "is not read"
            )
            return


def _blank(cell: Any) -> bool:
    if isinstance(cell, Formula):
        return cell.value is None or _blank(cell.value)
    return cell is None or (isinstance(cell, str) and not cell.strip())
