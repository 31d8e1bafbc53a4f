"""What stands above a header and holds for the whole sheet: the year of a table, and its units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from ..cells.column import Column, text_of
from ..cells.measures import Unit, unit_of
from ..reading import Row

YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年(?!\s*[0-9])")
UNITS = re.compile(r"\(?(?:计量|金额|面积)?单位[:：](.+?)\)?")
BETWEEN = re.compile(r"[、,;/\s]+")
YEARS = {"figures": "data_year"}  # the field that a year above the header is of


def year_above(first: Iterable[Row], header: int, titles: Sequence[str]) -> str:
    """The one year that the rows above the header and its titles name, as 2022年度; else nothing."""
    above = [text_of(cell) for number, row in first if number < header for cell in row]
    found = {year for text in (*above, *titles) for year in YEAR.findall(text)}
    return found.pop() if len(found) == 1 else ""


def units_above(first: Iterable[Row], header: int) -> dict[str, Unit]:
    """The unit of each kind of figure that a cell such as 单位：万元、亩 names above the header. A kind of
    which it names two has none."""
    units = [
        unit
        for number, row in first
        if number < header
        for cell in row
        for unit in _units(text_of(cell))
    ]
    kinds = [unit.kind for unit in units]
    return {unit.kind: unit for unit in units if kinds.count(unit.kind) == 1}


def _units(text: str) -> Iterator[Unit]:
    if found := UNITS.fullmatch(text.replace(" ", "")):
        units = [unit_of(part) for part in BETWEEN.split(found[1])]
        yield from (unit for unit in units if unit)


def kind_of(column: Column) -> str:
    """The kind of figure that a column has; nothing of one that has none with a unit."""
    if column.field.reads == "area":
        return "area"
    unit = unit_of(column.field.unit) if column.field.reads == "amount" else None
    return unit.kind if unit else ""
