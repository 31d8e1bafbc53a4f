"""A cell that cannot be read, as it is written: its row, its column, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backbone.errors import Reason
from park.masking import mask_people
from park.time import why_no_day
from services.projects.notices.schemas import DAY_FORMS

TABLE_DAYS = (
    "Give a day or a moment in the park: 2026-06-30, 2026年6月30日, or 2026年6月30日9时30分."
)
LONGEST = 80  # characters of a cell that are repeated
NO_COLUMNS: Mapping[str, str] = {}


def quoted(
    reasons: Iterable[Reason],
    row: int,
    cells: Mapping[str, Any],
    columns: Mapping[str, str] = NO_COLUMNS,
) -> list[dict[str, Any]]:
    """Each error with the row and the column of its cell, and the cell as it is written. `columns` are those
    of fields that have other names. What could be a person's number is masked."""
    return [_quoted(each, row, cells, columns) for each in reasons]


def _quoted(
    reason: Reason, row: int, cells: Mapping[str, Any], columns: Mapping[str, str]
) -> dict[str, Any]:
    field = reason.field or ""
    column = columns.get(field) or columns.get(field.partition(".")[0]) or field.partition(".")[0]
    told: dict[str, Any] = reason.as_dict() | {"row": row}
    if column not in cells:
        return told
    cell = as_written(cells[column])
    return told | {"column": column, "cell": cell, "sentence": of_table(reason.sentence, cell)}


def of_table(sentence: str, cell: str) -> str:
    """The sentence of a call, with the forms of a day that a cell may have. A call reads the cell before the
    column is known to it, so that a day which no calendar has is said here, too."""
    for form in DAY_FORMS:
        if sentence.endswith(form):
            return f"{why_no_day(cell)}{TABLE_DAYS}"
    return with_why(sentence, cell)


def with_why(sentence: str, cell: str) -> str:
    """The sentence with what the cell lacks to be a day before it, once."""
    why = why_no_day(cell)
    return sentence if sentence.startswith(why.rstrip()) else f"{why}{sentence}"


def as_written(cell: Any) -> str:
    text = mask_people(str(cell).strip())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def shown(error: Mapping[str, Any]) -> str:
    """The error in a line: `row 3, published_on, 2026年6月31日: There is no such day …`."""
    where = [f"row {error['row']}"] if "row" in error else []
    where += [error["column"]] if "column" in error else [error.get("field") or ""]
    where += [f"“{error['cell']}”"] if "cell" in error else []
    return f"{', '.join(each for each in where if each)}: {error['sentence']}"
