"""A cell that cannot be read, as it is written: its row, its column, and what would be right."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import Any

from backbone.errors import Reason
from park.codes import HALF_WIDTH
from park.masking import mask_people

LONGEST = 80  # characters of a cell that are repeated
YMD = re.compile(
    r"(?P<year>[0-9]{4})[-年/.](?P<month>[0-9]{1,2})[-月/.](?P<day>[0-9]{1,2})(?![0-9])"
)
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
    sentence = f"{no_such_day(cell)}{reason.sentence}"
    return told | {"column": column, "cell": cell, "sentence": sentence}


def as_written(cell: Any) -> str:
    text = mask_people(str(cell).strip())
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def no_such_day(text: str) -> str:
    """A sentence for a day that no calendar has, and the last one that its month has; else nothing."""
    found = YMD.search(text.translate(HALF_WIDTH).replace(" ", ""))
    if found is None:
        return ""
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    if not year or not 1 <= month <= 12:
        return "There is no such month. "
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return ""
    return f"There is no such day; the last of its month is {year}-{month:02}-{last}. "


def shown(error: Mapping[str, Any]) -> str:
    """The error in a line: `row 3, published_on, 2026年6月31日: There is no such day …`."""
    where = [f"row {error['row']}"] if "row" in error else []
    where += [error["column"]] if "column" in error else [error.get("field") or ""]
    where += [f"“{error['cell']}”"] if "cell" in error else []
    return f"{', '.join(each for each in where if each)}: {error['sentence']}"
