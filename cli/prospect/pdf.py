"""A leaflet as a PDF of A4 pages. The font comes with a package and is embedded, as far as it is used."""

from __future__ import annotations

from importlib.resources import as_file, files
from typing import Any

from .leaflet import Card, Leaflet

FONTS, FONT = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"  # under the SIL Open Font License 1.1
FAMILY = "sc"
LINE_MM = 7
NAME_PERCENT = (28, 72)  # of the width: the names of a card, and what is known
ROOM_MM = 40  # a card begins on a new page rather than with less room than this


def pdf_of(leaflet: Leaflet) -> bytes:
    pdf = paper(leaflet.title)
    pdf.set_font(FAMILY, size=20)
    pdf.cell(text=leaflet.title, new_x="LMARGIN", new_y="NEXT", h=14)
    pdf.set_font(FAMILY, size=10)
    for note in leaflet.notes:
        pdf.multi_cell(0, LINE_MM, note, new_x="LMARGIN", new_y="NEXT")
    for card in leaflet.cards:
        _card(pdf, card)
    return bytes(pdf.output())


def paper(title: str) -> Any:
    """An empty A4 page with the font, and the title and the number at the foot of each."""
    from fpdf import FPDF  # late: most commands print nothing

    class Paper(FPDF):
        def footer(self) -> None:
            self.set_y(-15)
            self.set_font(FAMILY, size=8)
            self.cell(0, 10, f"{title}　{self.page_no()} / {{nb}}", align="C")

    pdf = Paper(format="A4")
    with as_file(files(FONTS) / FONT) as font:
        pdf.add_font(FAMILY, fname=font)
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    pdf.set_auto_page_break(True, margin=18)
    pdf.add_page()
    return pdf


def _card(pdf: Any, card: Card) -> None:
    if pdf.will_page_break(ROOM_MM):
        pdf.add_page()
    pdf.ln(4)
    pdf.set_font(FAMILY, size=13)
    pdf.multi_cell(0, 9, card.heading, new_x="LMARGIN", new_y="NEXT")
    pdf.set_font(FAMILY, size=10)
    with pdf.table(
        col_widths=NAME_PERCENT, first_row_as_headings=False, line_height=LINE_MM, text_align="LEFT"
    ) as table:
        for name, value in card.rows:
            row = table.row()
            row.cell(name)
            row.cell(value)
