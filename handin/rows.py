"""Judging a row: each cell as its column reads it, then the row as the contract of its event does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from backbone.errors import Invalid
from park.codes import clean
from park.masking import mask

from .cells.codes import masked
from .cells.column import Column, Place, is_missing, text_of
from .cells.measures import exactly
from .cells.readers import COMMON, COMMON_MOST, read
from .events import Report, reports_of
from .headers import Header
from .layout.totals import Totals, is_foot, is_heading, total_of
from .reading import Row
from .said import FileRefused, Formula, Found, Merged, Outcome, Refused, Remark, Unfit, worst
from .template import Template

CODES = ("uscc", "parcel_code", "codes")
FIELDS_OF_DATA = {
    "area_m2": "area", "area_mu": "area", "identifiers": "parcel_code", "operator_role": "identified_by",
    "premises": "parcel_ids", "soil": "on_registry", "use_right": "right_type", "buildings": "floor_area",
    "coded_uses": "land_use_codes", "parcels": "parcel_ids",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what came of it. `reports` are there where nobody has to look at it first. What is a
    total or stands below the table, `apart`, is no row of the list."""

    number: int
    cells: tuple[Any, ...]
    outcome: Outcome
    remarks: tuple[Remark, ...] = ()
    reports: tuple[Report, ...] = ()
    apart: str = ""

    @property
    def goes(self) -> bool:
        return self.outcome in (Outcome.FINE, Outcome.MENDED)


@dataclass(slots=True)
class Judge:
    """Judges the rows of one sheet. `given` are the columns and cells that hold for every row; with a
    `township` every row is of it. `seen` knows the things of earlier rows by a digest."""

    header: Header
    today: date
    epoch: int = 1900
    township: str = ""
    given: tuple[tuple[Column, str], ...] = ()
    seen: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)
    totals: Totals = field(init=False)
    _common: dict[Any, tuple[Found | None, tuple[Remark, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.totals = Totals({each.field.name: each for each in self.header.columns})

    def all(self, rows: Iterable[Row]) -> Iterator[Judged]:
        """Every row judged; of a total it is known at the end how it agrees with its rows."""
        for number, cells in rows:
            yield self._apart(number, cells) or self.judged(number, cells)
        self.totals.end()

    def _apart(self, number: int, cells: tuple[Any, ...]) -> Judged | None:
        if kind := total_of(cells, self.header.columns):
            self.totals.total(number, self._values(cells, []), sub=kind == "sub")
            return Judged(number, cells, Outcome.FINE, apart="total")
        if is_heading(cells, self.header.columns):
            return Judged(number, cells, Outcome.FINE, apart="heading")
        return Judged(number, cells, Outcome.FINE, apart="below") if is_foot(cells) else None

    def judged(self, number: int, cells: tuple[Any, ...]) -> Judged:
        remarks: list[Remark] = []
        values = self._values(cells, remarks)
        self.totals.row(values)
        remarks += self._lacking(values, remarks) + self._too_large(values)
        if worst(remarks) in (Outcome.FINE, Outcome.MENDED):
            try:
                reports = tuple(reports_of(self.header.template.becomes, values))
                self._new(number, reports)
                return Judged(number, cells, worst(remarks), tuple(remarks), reports)
            except Unfit as problem:
                remarks.append(Remark(problem.outcome, "", problem.why, problem.right))
            except Invalid as problem:
                remarks += [_against(reason.field, reason.sentence) for reason in problem.reasons]
        return Judged(number, cells, worst(remarks), tuple(remarks))

    def _values(self, cells: tuple[Any, ...], remarks: list[Remark]) -> dict[str, Any]:
        place = Place(self.township, self.epoch, self.today)
        values: dict[str, Any] = {"township": self.township} if self.township else {}
        for column, cell in self._in_order(cells):
            found = self._read(column, cell, place, remarks)
            if found is None:
                continue
            values[column.field.name] = found.value
            if column.field.name == "township":
                place.township = found.value
        return values

    def _in_order(self, cells: tuple[Any, ...]) -> Iterator[tuple[Column, Any]]:
        """Each column and its cell; the township first, since ids begin with it."""
        there: list[tuple[Column, Any]] = [*self.given]
        there += [
            (c, cells[c.number] if c.number < len(cells) else None) for c in self.header.columns
        ]
        return iter(sorted(there, key=lambda each: each[0].field.name != "township"))

    def _read(self, column: Column, cell: Any, place: Place, remarks: list[Remark]) -> Found | None:
        """What the cell gives. Of columns in which few values come again and again, and mean the same
        on every row, each is read once."""
        if column.field.reads not in COMMON:
            return self._look(column, cell, place, remarks)
        key = (column.letter, column.title, type(cell), cell)
        if key not in self._common and len(self._common) < COMMON_MOST:
            said: list[Remark] = []
            self._common[key] = self._look(column, cell, place, said), tuple(said)
        if key not in self._common:
            return self._look(column, cell, place, remarks)
        found, about = self._common[key]
        remarks.extend(about)
        return found

    def _look(self, column: Column, cell: Any, place: Place, remarks: list[Remark]) -> Found | None:
        try:
            found = read(cell, column, place)
            if found and column.field.reads == "township":
                self._of_this_township(found.value)
        except Unfit as problem:
            outcome = Outcome.FINE if column.field.only_checked else problem.outcome
            remarks.append(_remark(outcome, column, cell, problem.why, problem.right))
            return None
        if found and found.mended:
            now = shown(found.value, column)
            remarks.append(_remark(Outcome.MENDED, column, cell, found.mended, now=now))
        return found

    def _of_this_township(self, code: str) -> None:
        if self.township and code != self.township:
            raise Refused("The row is of another township.", f"A row of {self.township}.")

    def _lacking(self, values: Mapping[str, Any], remarks: list[Remark]) -> list[Remark]:
        said = {remark.field for remark in remarks if remark.holds_back}
        needed = self.header.template.needed
        return [
            Remark(Outcome.REFUSED, name, "It is missing, and needed.", self._wants(name))
            for name in needed
            if name not in values and name not in said
        ]

    def _wants(self, name: str) -> str:
        return f"A value in {self.header.template.fields[name].names[0]}."

    def _too_large(self, values: Mapping[str, Any]) -> list[Remark]:
        """Of two areas the part is not larger than the whole, in whatever units they stand."""
        found = []
        for smaller, larger in self.header.template.at_most:
            part, whole = values.get(smaller), values.get(larger)
            if part and whole and exactly(part) > exactly(whole):
                sentence = f"It is larger than {larger}; look at the units."
                found.append(Remark(Outcome.NEEDS_PERSON, smaller, sentence, "At most as much."))
        return found

    def _new(self, number: int, reports: tuple[Report, ...]) -> None:
        """Raise if an earlier row spoke of the same thing. The first one counts."""
        for report in reports:
            thing, content = (
                _digest(report.type, report.thing, report.part),
                _digest(report.identity),
            )
            before, said = self.seen.setdefault(thing, (number, content))
            if before != number and said == content:
                raise Refused(f"Row {before} says the same.", "One row for each.")
            if before != number:
                raise Refused(
                    f"Row {before} says something else of the same one; that row counts.",
                    "One row for each, with what is right.",
                )


def _digest(*said: str) -> bytes:
    return hashlib.blake2b("\0".join(said).encode(), digest_size=8).digest()


def _remark(
    outcome: Outcome, column: Column, cell: Any, why: str, right: str = "", now: str = ""
) -> Remark:
    was = "a formula" if isinstance(cell, Formula) and cell.value is None else shown(cell, column)
    return Remark(outcome, column.field.name, why, right, column.letter, was, now)


def _against(path: str | None, sentence: str) -> Remark:
    """What the contract has against a field of the data, told of the column that it came from."""
    names = [part for part in (path or "").split(".")[1:] if not part.isdecimal()]
    name = names[0] if names else ""
    return Remark(Outcome.REFUSED, FIELDS_OF_DATA.get(name, name), sentence)


def shown(value: Any, column: Column) -> str:
    """A cell or its value as it may be shown: of a code, and of a person's number, its last
    characters."""
    if isinstance(value, Merged):
        value = value.value
    if isinstance(value, Formula):
        value = value.value
    if column.field.reads == "area" and isinstance(value, tuple):
        return f"{value[0]:f} {value[1].name}"
    text = "、".join(value) if isinstance(value, tuple) else text_of(value)
    if column.field.reads in CODES and not is_missing(value):
        return f"****{clean(text)[-4:]}"
    return mask(masked(text))[:80]


def given_of(template: Template, pairs: Mapping[str, str]) -> tuple[tuple[Column, str], ...]:
    """The columns and cells of `--set`. Raises `FileRefused` for a field that there is not."""
    if unknown := [name for name in pairs if name not in template.fields]:
        raise FileRefused(
            f"{template.kind} has no field {unknown[0]}; it has {', '.join(template.fields)}."
        )
    return tuple(
        (Column(template.fields[name], -1, "--set", name), cell) for name, cell in pairs.items()
    )
