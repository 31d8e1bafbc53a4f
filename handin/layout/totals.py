"""Rows that are none of the list: totals [合计, 小计], held against the rows that they are of, and what is
written below the table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ..cells.column import Column, is_missing, text_of
from ..cells.measures import Measure, as_decimal, exactly

SUB = re.compile(r".{0,12}(?:小计|分计|本页合计|页计)")
WHOLE = re.compile(r".{0,12}(?:合计|总计|共计|累计)")
AROUND = re.compile(r"\([^()]*\)|[:：\s]")
COUNTED = re.compile(r"共?[0-9]+[户家个宗块]")  # 合计, and 12户 where the names stand
FOOT = re.compile(
    r"(?:注|备注|说明|填表说明|填表人?|填报人?|填报单位|制表人?|编制人|审核人?|复核人?|负责人|单位负责人"
    r"|统计负责人|联系人|联系电话|填报日期|制表日期|报出日期)[0-9]*[:：]"
)
SUMMED = ("area", "amount", "number", "count")
NAMES = ("own_id", "name", "holder", "uscc", "parcel_code")
CODES = ("uscc", "parcel_code")
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as the sheet says it; `size` is its unit in the base unit of its kind."""

    number: Decimal
    size: Fraction = Fraction(1)

    @property
    def exact(self) -> Fraction:
        return Fraction(self.number) * self.size

    @property
    def rounded_by(self) -> Fraction:
        """Half of its last place."""
        return Fraction(1, 2 * 10**self.places) * self.size

    @property
    def places(self) -> int:
        return max(0, -int(self.number.normalize().as_tuple().exponent))


@dataclass(frozen=True, slots=True)
class Sum:
    """Of a column so far, in the base unit; by `slack` its figures may have been rounded in all. Whole
    numbers are exact."""

    exact: Fraction = Fraction(0)
    rows: int = 0
    slack: Fraction = Fraction(0)

    def plus(self, figure: Figure) -> Sum:
        slack = figure.rounded_by if figure.places else Fraction(0)
        return Sum(self.exact + figure.exact, self.rows + 1, self.slack + slack)

    def since(self, before: Sum) -> Sum:
        slack = self.slack - before.slack
        return Sum(self.exact - before.exact, self.rows - before.rows, slack)

    def agrees(self, total: Figure) -> bool:
        rounded = total.rounded_by if total.places or self.slack else 0
        return abs(self.exact - total.exact) <= self.slack + rounded


Sums = dict[str, Sum]
Total = tuple[int, Values, Sums]  # its row, its figures, and how far the sums were


@dataclass(slots=True)
class Totals:
    """Holds each total against its rows: a 小计 against those since the last one, a 合计 against all, or
    those since the last one. A total without rows above it is of those below. `said` tells what came of
    it."""

    columns: Mapping[str, Column]
    said: list[str] = field(default_factory=list)
    _sums: Sums = field(default_factory=dict)
    _rows: int = 0
    _last: Sums = field(default_factory=dict)  # how far the sums were at the last total
    _last_row: int = 0
    _above: dict[bool, Total] = field(default_factory=dict)  # totals above their rows: 小计, or not

    def row(self, values: Values) -> None:
        self._rows += 1
        for name, figure in self._figures(values):
            self._sums[name] = self._sums.get(name, Sum()).plus(figure)

    def total(self, number: int, values: Values, *, sub: bool) -> None:
        is_above = sub in self._above or self._rows == (self._last_row if sub else 0)
        if is_above:
            self._close(sub)
            self._above[sub] = number, values, dict(self._sums)
        else:
            self._say(number, values, [self._last] if sub else [{}, self._last])
        self._last, self._last_row = dict(self._sums), self._rows

    def end(self) -> None:
        for sub in (True, False):
            self._close(sub)

    def _close(self, sub: bool) -> None:
        """The total that stood above its rows: all of them have come."""
        if sub in self._above:
            number, values, before = self._above.pop(sub)
            self._say(number, values, [before])

    def _say(self, number: int, values: Values, befores: Sequence[Sums]) -> None:
        figures = [(name, each) for name, each in self._figures(values) if name in self._sums]
        wrong = [said for name, each in figures if (said := self._wrong(name, each, befores))]
        well = "its figures agree with its rows" if figures else "nothing in it could be compared"
        self.said.append(f"Row {number} is a total, and not handed in: {'; '.join(wrong) or well}.")

    def _wrong(self, name: str, total: Figure, befores: Sequence[Sums]) -> str:
        """How the total differs from what its rows come to, whichever rows are meant."""
        sums = [self._sums[name].since(before.get(name, Sum())) for before in befores]
        if any(each.agrees(total) for each in sums):
            return ""
        column, come_to = self.columns[name], float(sums[0].exact / total.size)
        return (
            f"{column.letter} {column.title} says {total.number:,f}, its rows ({sums[0].rows:,}) come to "
            f"{come_to:,.10g}"
        )

    def _figures(self, values: Values) -> Iterator[tuple[str, Figure]]:
        for name, value in values.items():
            column = self.columns.get(name)
            if column and column.field.reads in SUMMED:
                yield name, _figure(value, column)


def names_a_total(text: str) -> bool:
    """Whether what stands where a name belongs is the word of a total: 合计, 小越街道小计, 合计（12户）."""
    name = AROUND.sub("", text.replace("（", "(").replace("）", ")"))
    return any(each.fullmatch(name) for each in (SUB, WHOLE))


def total_of(cells: Sequence[Any], columns: Sequence[Column]) -> str:
    """`sub` or `whole` of a row that is a total, else nothing. The word stands first in it, or nothing
    of it names a firm or a plot."""
    if not any(isinstance(cell, str) and "计" in cell for cell in cells):
        return ""
    kinds = [kind for cell in cells if not is_missing(cell) for kind in [_kind(text_of(cell))]]
    if not any(kinds) or any(_given(cells, column) for column in columns if _is(column, CODES)):
        return ""
    named = (_given(cells, column) for column in columns if _is(column, NAMES))
    if kinds[0] or not any(
        text and not _kind(text) and not COUNTED.fullmatch(text) for text in named
    ):
        return next(filter(None, kinds))
    return ""


def is_foot(cells: Sequence[Any]) -> bool:
    """Whether the row is a note below the table, or says who filled it in."""
    first = next((text_of(cell) for cell in cells if not is_missing(cell)), "")
    return bool(FOOT.match(re.sub(r"\s", "", first)))


def is_heading(cells: Sequence[Any], columns: Sequence[Column]) -> bool:
    """Whether the titles stand there once more, as on each page of a printed list."""
    there = [c for c in columns if 0 <= c.number < len(cells) and cells[c.number] is not None]
    return len(there) > 1 and all(text_of(cells[c.number]) == text_of(c.title) for c in there[:3])


def _kind(text: str) -> str:
    bare = AROUND.sub("", text)
    return "sub" if SUB.fullmatch(bare) else "whole" if WHOLE.fullmatch(bare) else ""


def _is(column: Column, reads: Sequence[str]) -> bool:
    return column.field.reads in reads


def _given(cells: Sequence[Any], column: Column) -> str:
    cell = cells[column.number] if 0 <= column.number < len(cells) else None
    return "" if is_missing(cell) else re.sub(r"\s", "", text_of(cell))


def _figure(value: Any, column: Column) -> Figure:
    """A figure in the unit that it stands in; an amount in that of its column."""
    if isinstance(value, tuple):
        return Figure(value[0], value[1].size)
    if not isinstance(value, Measure):
        return Figure(value)
    if value.unit is None:
        return Figure(value.number)
    unit = column.unit or value.unit
    return Figure(as_decimal(exactly((value.number, value.unit)) / unit.size), unit.size)
