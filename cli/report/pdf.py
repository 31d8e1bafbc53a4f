"""A report as a PDF of A4 pages, with the start curve drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..prospect.pdf import FAMILY, paper
from .blocks import Block, Found, blocks_of, corrections_of, head_of, text_of

LINE_MM, ROOM_MM = 4.6, 30
CURVE_MM = (150, 45)  # wide, high
PLANNED, ACTUAL = (120, 120, 120), (20, 90, 160)
GREY = (221, 230, 238)


def pdf_of(report: Found, corrected: Found | None = None) -> bytes:
    pdf = paper(report["title"])
    pdf.set_margins(14, 12)
    pdf.set_font(FAMILY, size=15)
    pdf.multi_cell(0, 8, report["title"], new_x="LMARGIN", new_y="NEXT")
    _say(pdf, head_of(report))
    for block in blocks_of(report):
        _block(pdf, block)
    if corrected:
        _block(pdf, corrections_of(corrected))
    return bytes(pdf.output())


def _block(pdf: Any, block: Block) -> None:
    if pdf.will_page_break(ROOM_MM):
        pdf.add_page()
    if block.title:
        pdf.ln(2)
        pdf.set_font(FAMILY, size=11)
        pdf.multi_cell(0, 6, block.title, new_x="LMARGIN", new_y="NEXT")
    if block.curve:
        _curve(pdf, block.curve)
    if block.rows:
        _table(pdf, block)
    _say(pdf, block.notes)


def _say(pdf: Any, lines: Sequence[str]) -> None:
    pdf.set_font(FAMILY, size=8)
    pdf.set_text_color(90)
    for line in lines:
        pdf.multi_cell(0, LINE_MM, line, new_x="LMARGIN", new_y="NEXT")
    pdf.set_text_color(0)


def _table(pdf: Any, block: Block) -> None:
    from fpdf import FontFace  # late: most commands print nothing

    pdf.set_font(FAMILY, size=8)
    pdf.set_draw_color(*GREY)
    align = ["RIGHT" if n in block.numbers else "LEFT" for n in range(len(block.columns))]
    with pdf.table(
        col_widths=block.widths,
        headings_style=FontFace(fill_color=GREY),
        line_height=LINE_MM,
        text_align=tuple(align),
        borders_layout="HORIZONTAL_LINES",
    ) as table:
        for cells in (block.columns, *block.rows):
            row = table.row()
            for cell in cells:
                row.cell(text_of(cell))


def _curve(pdf: Any, months: Sequence[Found]) -> None:
    """Land that was to begin, grey, and land that began, blue, to the end of each month."""
    wide, high = CURVE_MM
    if pdf.will_page_break(high + 14):
        pdf.add_page()
    left, top = pdf.l_margin + 10, pdf.get_y() + 6
    lines = {
        PLANNED: ("to begin [约定开工]", [each["land_due"] for each in months]),
        ACTUAL: ("begun [实际开工]", [each["land_begun"] for each in months]),
    }
    most = max([1, *(value for _, values in lines.values() for value in values if value)])
    step = wide / max(1, len(months) - 1)
    pdf.set_font(FAMILY, size=7)
    pdf.set_draw_color(*GREY)
    for value in (0, most):
        level = top + high * (1 - value / most)
        pdf.line(left, level, left + wide, level)
        pdf.text(left - 8, level + 1, f"{value:,}")
    for number, each in enumerate(months):
        pdf.text(left + number * step - 3, top + high + 4, each["month"][-2:])
    for number, (colour, (name, values)) in enumerate(lines.items()):
        points = [
            (left + place * step, top + high * (1 - value / most))
            for place, value in enumerate(values)
            if value is not None
        ]
        pdf.set_draw_color(*colour)
        pdf.set_text_color(*colour)
        pdf.polyline(points or [(left, top)])
        pdf.text(left + number * 45, top - 2, f"— {name}")
    pdf.set_draw_color(0)
    pdf.set_text_color(0)
    pdf.set_y(top + high + 7)
