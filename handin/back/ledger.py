"""A township's whole ledger as a workbook: its parcels, firms and cases, as the park has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..compare import changes
from ..errorbook import safe
from ..headers import found
from ..rows import Judge
from ..template import templates
from . import documents
from .book import Book, Page, titles_of
from .documents import Cells, Document

SURVEYED = (
    "parcel_id", "area", "land_use", "planned_use", "in_zone", "surveyed_on", "parcel_code", "right_holder",
    "uscc", "industry_code", "key_regulated_unit", "codes",
)  # fmt: skip
RECORDED = {
    "state": "在册状态", "soil": "在册土壤情况", "use_right": "在册使用权", "buildings": "在册建筑",
    "coded_uses": "在册用途编码",
}  # fmt: skip
OF_FIRM = {"standing": "经营状况", "premises": "用地明细"}
OF_CASE = {"stage": "整治阶段", "step": "下一步骤", "holder": "责任方", "due_on": "应完成日期"}
WORD_BY_WORD = "A cell of this row would be read as something else; correct it by hand."
NOT_REGISTERED = "Not a parcel in its own right today: it is not handed in."


class Ledger:
    """The sheets, filled page by page. Only what is its own again when it is handed in stands in
    `parcels`; the others stand in `other_parcels`, which nobody hands in by mistake."""

    def __init__(self, book: Book, township: str, today: date) -> None:
        fields = templates()["parcels"].fields
        titles = titles_of(fields, SURVEYED)
        header = found([(1, tuple(titles.values()))], "parcels")
        self._judge = Judge(header, today, township=township)
        self.parcels = book.page("parcels", titles | RECORDED)
        self.firms = self._page(book, "firms", OF_FIRM)
        self.figures = self._page(book, "figures", {})
        self.cases = self._page(book, "cases", OF_CASE)
        named = {name: f"（{title}）" for name, title in titles.items()}
        self.others = book.page("other_parcels", {"why": "why"} | named | RECORDED)

    def add_parcels(self, parcels: Iterable[Document]) -> None:
        for document in parcels:
            cells = documents.of_parcel(document)
            shown = cells | documents.recorded(document)
            if why := self._why_apart(document, cells):
                self.others.add(shown | {"why": why})
            else:
                self.parcels.add(shown)

    def add_firms(self, firms: Iterable[Document]) -> None:
        for document in firms:
            self.firms.add(documents.of_firm(document))

    def add_figures(self, firms: Iterable[Document]) -> None:
        for document in firms:
            for cells in documents.of_figures(document):
                self.figures.add(cells)

    def add_cases(self, cases: Iterable[Document], deadlines: Mapping[str, Document]) -> None:
        for document in cases:
            self.cases.add(documents.of_case(document, deadlines.get(document["case_id"], {})))

    def _why_apart(self, document: Document, cells: Cells) -> str:
        """Why the row is not one to hand in; nothing if it would say what is on record."""
        if document["state"] != "registered":
            return NOT_REGISTERED
        row = tuple(safe(cells.get(name)) for name in SURVEYED)
        judged = self._judge.judged(self.parcels.rows + 2, row)
        same = judged.reports and all(changes(each, document) == () for each in judged.reports)
        return "" if same else WORD_BY_WORD

    def _page(self, book: Book, kind: str, more: dict[str, str]) -> Page:
        fields = templates()[kind].fields
        read = [n for n, f in fields.items() if not f.only_checked and n != "township"]
        return book.page(kind, titles_of(fields, read) | more, widest="premises")
