"""A column of a sheet, the place in which its cells are read, and a cell as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from park.codes import HALF_WIDTH

from ..said import Formula, Merged
from ..template import Field, missing
from . import measures

UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")
OPENED = re.compile(r"'(?=[=+\-@\t\r])")  # how we write what a spreadsheet would take for a formula
LONGEST_MISSING = 40  # spaces around a word for nothing among them


@dataclass(frozen=True, slots=True)
class Column:
    """A field and the column that it stands in: its letter, its title, the unit in the title."""

    field: Field
    number: int
    letter: str
    title: str
    unit: measures.Unit | None = None


@dataclass(slots=True)
class Place:
    """What a cell is read with besides itself: the township of its row, the epoch of its workbook."""

    township: str = ""
    epoch: int = 1900
    today: date = date.max


def text_of(value: Any) -> str:
    """A cell as text: half-width, without spaces around it and what cannot be seen. A number reads as
    its program shows it, in the 15 digits that it is good for."""
    if isinstance(value, str):
        seen = value if value.isascii() else UNSEEN.sub("", value).translate(HALF_WIDTH)
        text = seen.strip()
        return OPENED.sub("", text, count=1) if text[:1] == "'" else text
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}"
    if isinstance(value, Formula | Merged):
        return text_of(value.value)
    return "" if value is None else str(value)


def is_missing(value: Any) -> bool:
    """Whether a cell says nothing, or one of the words for nothing: / - 无."""
    if isinstance(value, Merged):
        value = value.value
    if value is None:
        return True
    if not isinstance(value, str) or len(value) > LONGEST_MISSING:
        return False
    return not (text := text_of(value)) or text.casefold() in missing()
