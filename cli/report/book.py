"""A report as a workbook: one sheet to print on A4, one with what adds up to it, and what was corrected."""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from handin.errorbook import safe

from .blocks import (
    Block,
    Cell,
    Found,
    Signed,
    blocks_of,
    corrections_of,
    head_of,
    parts_of,
    text_of,
)

LINES = 12  # columns of the sheet, which the shares of each block's columns are spread over
WIDTH = 9.5
NUMBER, WHOLE = "#,##0.00", "#,##0"
REPORT, PARTS, CORRECTED = "report 报告", "parts 明细", "corrections 更正"


def book_of(report: Found, corrected: Found | None = None) -> bytes:
    """The bytes of an .xlsx file."""
    from openpyxl import Workbook  # late: most commands write none

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(REPORT)
    _page(sheet)
    _head(sheet, report)
    for block in blocks_of(report):
        _block(sheet, block)
    if parts := parts_of(report):
        _list(book.create_sheet(PARTS), parts)
    if corrected:
        more = book.create_sheet(CORRECTED)
        _page(more)
        _block(more, corrections_of(corrected))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _page(sheet: Any) -> None:
    """A4, as wide as the page."""
    from openpyxl.utils import get_column_letter

    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    for number in range(1, LINES + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH


def _head(sheet: Any, report: Found) -> None:
    from openpyxl.styles import Font

    sheet.append([safe(report["title"])])
    sheet.cell(1, 1).font = Font(size=16, bold=True)
    for line in head_of(report):
        sheet.append([safe(line)])


def _block(sheet: Any, block: Block) -> None:
    from openpyxl.styles import Font, PatternFill

    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet.cell(1, 1).value else 1
    if block.title:
        row += 1 if row > 1 else 0
        sheet.cell(row, 1, safe(block.title)).font = Font(size=12, bold=True)
        row += 1
    spans = _spans(block.widths)
    if block.rows:
        _row(sheet, row, spans, block.columns)
        for first, _ in spans:
            sheet.cell(row, first).font = Font(bold=True)
            sheet.cell(row, first).fill = PatternFill("solid", fgColor="DDE6EE")
    begun = row + 1
    for number, cells in enumerate(block.rows, begun):
        _row(sheet, number, spans, cells)
    row = begun + len(block.rows) if block.rows else row
    for note in block.notes:
        sheet.cell(row, 1, safe(note)).font = Font(italic=True, color="666666")
        row += 1
    if block.curve:
        _chart(sheet, spans, begun, len(block.rows), row)


def _list(sheet: Any, block: Block) -> None:
    """A sheet of perhaps thousands of rows: no cell goes over several columns, for each that does makes the
    next one slower to write."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    _page(sheet)
    for number, share in enumerate(block.widths, 1):
        width = LINES * WIDTH * share / sum(block.widths)
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([safe(block.title)])
    sheet.append(block.columns)
    for cell in (sheet.cell(1, 1), *sheet[2]):
        cell.font = Font(bold=True)
    top = Alignment(wrap_text=True, vertical="top")
    for row, values in enumerate(block.rows, 3):
        for number, value in enumerate(values, 1):
            cell = sheet.cell(row, number)
            _write(cell, value)
            cell.alignment = top


def _row(sheet: Any, row: int, spans: list[tuple[int, int]], cells: Iterable[Cell]) -> None:
    """The cells, each over its columns; a number is a number."""
    from openpyxl.styles import Alignment

    lines = 1
    for (first, last), value in zip(spans, cells, strict=True):
        cell = sheet.cell(row, first)
        cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if _write(cell, value):
            cell.alignment = Alignment(vertical="top", horizontal="right")
        if last > first:
            sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        room = max(1, int((last - first + 1) * WIDTH) - 1)
        lines = max(lines, sum(1 + _width(each) // room for each in text_of(value).split("\n")))
    sheet.row_dimensions[row].height = 15 * lines


def _write(cell: Any, value: Cell) -> bool:
    """Whether it is a number; one with a sign is shown with it, and can be added up all the same."""
    sign = value.sign if isinstance(value, Signed) else ""
    plain = value.value if isinstance(value, Signed) else value
    cell.value = safe(plain)
    if not isinstance(plain, int | Decimal):
        return False
    shown = WHOLE if plain == int(plain) else NUMBER
    cell.number_format = f'"{sign}"{shown}' if sign else shown
    return True


def _width(text: str) -> int:
    """A Chinese character is as wide as two."""
    return sum(2 if each > "ÿ" else 1 for each in text)


def _spans(widths: Iterable[int]) -> list[tuple[int, int]]:
    """The first and the last column of each cell: at least one, and all of them together fill the sheet."""
    given = list(widths)
    ends = [round(LINES * sum(given[: n + 1]) / sum(given)) for n in range(len(given))]
    found, first = [], 1
    for number, end in enumerate(ends):
        last = min(max(end, first), LINES - (len(given) - number - 1))
        found.append((first, last))
        first = last + 1
    return found


def _chart(sheet: Any, spans: list[tuple[int, int]], first: int, months: int, below: int) -> None:
    """Land that was to begin, and that began, to the end of each month."""
    from openpyxl.chart import LineChart, Reference

    chart = LineChart()
    chart.height, chart.width = 7, 18
    for column, _ in spans[1:3]:
        chart.add_data(
            Reference(sheet, min_col=column, min_row=first - 1, max_row=first + months - 1),
            titles_from_data=True,
        )
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=first + months - 1))
    sheet.add_chart(chart, f"A{below + 1}")
    sheet.cell(below + 16, 1, " ")  # what follows begins below the chart
