"""The workbook of questions: a row for each parcel that lacks something, ready to be handed in again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..events import FIGURES
from ..template import Field, first_words, templates
from . import documents
from .book import Book, Page, titles_of
from .documents import Cells, Document

KIND = "parcels"
LEFT_OUT = ("township", "longitude", "latitude")
ANSWERED_BY: Mapping[str, tuple[str, ...]] = {
    "identifiers.parcel_code": ("parcel_code",),
    "right_holder": ("right_holder", "uscc"),
    "industry_code": ("industry_code",),
    "soil": ("on_registry", "survey_reviewed", "survey_filed", "case_open"),
    "use_right": ("right_type", "right_starts_on", "right_ends_on"),
    "buildings": ("floor_area",),
    "coded_uses": ("land_use_codes", "planned_use_codes"),
}
MAY_STAY_EMPTY = ("uscc", "right_starts_on", "right_ends_on")
RIGHT: Mapping[str, str] = {
    "area": "A figure in ㎡, or with its unit behind it: 17.67亩.",
    "surveyed_on": "The day of the survey: 2023-01-05.",
    "parcel_code": "The code as the certificate shows it, 19 characters.",
    "right_holder": "The name of the one holder who answers.",
    "uscc": "The holder's credit code of 18 characters; of a person it stays empty.",
    "industry_code": "An industry of GB/T 4754-2017: C38 or C3841.",
    "right_starts_on": "The first day, if it is known.",
    "right_ends_on": "The last day, if it is known.",
    "floor_area": "The floor area of all that stands there, in ㎡; 0 if nothing does.",
    "land_use_codes": "A code of the classification of land and sea, the main use first: 100102.",
    "planned_use_codes": "The same of what the plan says.",
    "tax_paid_cny": "In yuan; below 0 where more was refunded.",
    "shares": "How much of the figures belongs to each parcel, in their order: 60%、40%.",
    "employees": "The mean number of the year.",
    "codes": "Codes on record, each with its first day; leave them as they are.",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A row: what is known, the fields that wait for an answer, and the sentence beside them."""

    cells: Cells
    waiting: tuple[str, ...]
    why: str


def of_parcel(document: Document, lacks: Iterable[str]) -> Question:
    """What a registered parcel lacks, under the names of the register."""
    lacking = list(lacks)
    waiting = [each for name in lacking for each in ANSWERED_BY.get(name, ())]
    unasked = [name for name in lacking if name not in ANSWERED_BY]
    return Question(documents.of_parcel(document), tuple(waiting), _why(waiting, unasked))


def of_unsurveyed(parcel_id: str, known_from: str, asked: Iterable[str]) -> Question:
    """A plot that somebody named, and nobody has surveyed: everything is asked for."""
    needed = [name for name in templates()[KIND].needed if name != "parcel_id"]
    waiting = [*needed, *(each for name in asked for each in ANSWERED_BY.get(name, ()))]
    why = f"Known from {known_from} alone. {_why(waiting, ())}"
    return Question({"parcel_id": parcel_id}, tuple(waiting), why)


FIRM_YEAR = ("enterprise_id", "name", "data_year", "source_class", *FIGURES, "parcel_ids", "shares")


def of_firm_year(firm: Document, year: int) -> Question:
    """A firm of which nobody has reported the year, but for statistics. Its shares are asked for where
    it was on several parcels."""
    parcels = documents.in_year(firm, year)
    known = {"enterprise_id": firm["enterprise_id"], "name": firm["name"], "data_year": year}
    several = len(parcels) > 1
    known |= {"parcel_ids": "、".join(parcels)} if several else {}
    waiting = ("source_class", *FIGURES, *(("shares",) if several else ()))
    return Question(known, waiting, f"Please fill in what is known of {year}; one figure at least.")


def firm_years_in(book: Book) -> Page:
    """The sheet of firms without figures of a year."""
    fields = templates()["figures"].fields
    titles = titles_of(fields, FIRM_YEAR)
    notes = {name: note for name in titles if (note := right(fields[name]))}
    return book.page("figures", titles | {"why": "why"}, notes)


def page_in(book: Book) -> Page:
    """The sheet, with a note on each title that says what would be right below it."""
    fields = templates()[KIND].fields
    titles = titles_of(fields, [name for name in fields if name not in LEFT_OUT])
    notes = {name: note for name in titles if (note := right(fields[name]))}
    return book.page(KIND, titles | {"why": "why"}, notes)


def ask(page: Page, questions: Iterable[Question]) -> None:
    for each in questions:
        page.add(each.cells | {"why": each.why}, each.waiting)


def right(field: Field) -> str:
    """What would be right in a column."""
    if field.reads == "flag":
        return "是 or 否."
    if field.reads == "word":
        return f"One of {', '.join(first_words(field.words or field.name).values())}."
    return RIGHT.get(field.name, "")


def _why(waiting: Iterable[str], unasked: Iterable[str]) -> str:
    fields = templates()[KIND].fields
    asked = [name for name in waiting if name not in MAY_STAY_EMPTY]
    wanted = "、".join(fields[name].names[0] for name in asked)
    said = [f"Please fill in {wanted}."] if wanted else []
    said += [f"Also asked for, without a column here: {', '.join(unasked)}."] if unasked else []
    return " ".join(said)
