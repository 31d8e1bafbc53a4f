"""A file from its first byte to its judged rows: what `tenglong import` works with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date
from itertools import chain
from pathlib import Path

from park import townships

from .cells.column import Column
from .cells.measures import Unit, unit_of
from .headers import LOOKED_THROUGH, Header, found
from .layout.above import YEARS, kind_of, units_above, year_above
from .layout.merged import spread
from .reading import Row, Source, opened
from .rows import Judge, Judged, given_of
from .said import FileRefused
from .template import templates


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file shall be read. `given` are values of fields that hold for every row, `units` units of
    columns that name none."""

    kind: str = ""
    sheet: str = ""
    township: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet whose header was found. It is read once."""

    source: Source
    name: str
    header: Header
    judge: Judge
    _rows: Iterator[Row]

    def judged(self) -> Iterator[Judged]:
        return self.judge.all(self._rows)

    @property
    def given(self) -> list[tuple[str, str]]:
        """Titles and values of what holds for every row and stands in no column."""
        there = {each.field.name for each in self.header.columns}
        given = self.judge.given
        return [(c.field.names[0], cell) for c, cell in given if c.field.name not in there]

    @property
    def said_at_the_end(self) -> list[str]:
        """What was found out on the way: where reading stopped, and how the totals are."""
        stopped = [each for each in self.source.said if each.startswith("stopped")]
        return stopped + self.judge.totals.said

    @property
    def said(self) -> list[str]:
        """What was found out about the file, for people."""
        header = self.header
        read = ", ".join(
            f"{each.letter} {each.title} = {each.field.name}" for each in header.columns
        )
        said = [*self.source.said, f"kind {header.template.kind}, header on row {header.last_row}"]
        said += [f"sheet {self.name}"] if self.name else []
        said += [f"reads {read}"]
        checked = [each.field.name for each in header.columns if each.field.only_checked]
        said += [f"checks, and hands in nothing of {', '.join(checked)}"] if checked else []
        return said + ([f"does not read {', '.join(header.unread)}"] if header.unread else [])


def sheet_of(path: Path, asked: Asked, today: date) -> Sheet:
    """Open the file, find its header, and be ready to judge its rows. Raises `FileRefused`."""
    if asked.kind and asked.kind not in templates():
        raise FileRefused(f"There is no kind {asked.kind}; there are {', '.join(templates())}.")
    if asked.township and townships.find(asked.township, today) is None:
        raise FileRefused("--township: no township has this code; 9 digits, such as 330604006.")
    source = opened(path)
    name, header, first, rows = _with_header(source, asked)
    given = given_of(header.template, {**asked.given, **_of_above(source, header, first, asked)})
    columns = _with_units(header, asked.units, units_above(first, header.last_row))
    header = changed(header, columns=columns, titles=_titles(header, columns))
    missing = set(header.missing) - {column.field.name for column, _ in given}
    if asked.township:
        missing.discard("township")
    if missing:
        raise FileRefused(_lacks(header, missing, asked))
    rows = spread(rows, source.merged(name), header.last_row)
    judge = Judge(header, today, source.epoch, asked.township, given)
    return Sheet(source, name, header, judge, rows)


def _with_header(source: Source, asked: Asked) -> tuple[str, Header, list[Row], Iterator[Row]]:
    """The sheet that was asked for, or the first one with a header."""
    if asked.sheet and asked.sheet not in source.sheets:
        raise FileRefused(f"There is no sheet {asked.sheet}; there are {', '.join(source.sheets)}.")
    problem = FileRefused("The file is empty.")
    for name in [asked.sheet] if asked.sheet else source.sheets:
        rows = source.rows(name)
        first = list(_first(rows))
        try:
            header = found(first, asked.kind, _given(asked))
        except FileRefused as refused:
            problem = refused if first else problem
            continue
        if len(source.sheets) > 1:
            source.said.append(f"of the sheets {', '.join(source.sheets)} one is read")
        below = (row for row in first if row[0] > header.last_row)
        return name, header, first, chain(below, rows)
    raise problem


def _given(asked: Asked) -> set[str]:
    """The fields that need no column."""
    return {*asked.given, *(["township"] if asked.township else [])}


def _first(rows: Iterator[Row]) -> Iterator[Row]:
    """As many rows as may hold the header, and the one behind them."""
    for row in rows:
        yield row
        if row[0] > LOOKED_THROUGH:
            return


def _of_above(source: Source, header: Header, first: list[Row], asked: Asked) -> dict[str, str]:
    """The year of the whole sheet, where no column has it and nobody said it."""
    name = YEARS.get(header.template.kind, "")
    year = year_above(first, header.last_row, header.titles) if name in header.missing else ""
    if not year or name in asked.given:
        return {}
    source.said.append(f"{name} is {year}, which stands above the rows")
    return {name: year}


def _with_units(
    header: Header, units: Mapping[str, str], above: Mapping[str, Unit]
) -> tuple[Column, ...]:
    named = {name: _unit(name, text) for name, text in units.items()}
    if unknown := set(named) - set(header.template.fields):
        raise FileRefused(f"{header.template.kind} has no field {unknown.pop()}.")
    return tuple(
        changed(each, unit=each.unit or named.get(each.field.name) or above.get(kind_of(each)))
        for each in header.columns
    )


def _titles(header: Header, columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The titles of the sheet, each with the unit that it got from elsewhere."""
    titles = list(header.titles)
    for before, column in zip(header.columns, columns, strict=True):
        if column.unit and not before.unit:
            titles[column.number] += f"（{column.unit.name}）"
    return tuple(titles)


def _unit(name: str, text: str) -> Unit:
    unit = unit_of(text)
    if unit is None:
        raise FileRefused(
            f"--unit {name}={text}: there is no such unit; 亩, ㎡, 公顷 and 万㎡ are known."
        )
    return unit


def _lacks(header: Header, missing: set[str], asked: Asked) -> str:
    """Which columns were found and which were not, of the kind that was asked for or comes nearest."""
    template, fields = header.template, header.template.fields
    wanted = ", ".join(
        f"{name} ({fields[name].names[0]})" for name in template.needed if name in missing
    )
    found = ", ".join(f"{each.letter} {each.title} = {each.field.name}" for each in header.columns)
    unread = f" Not known are {', '.join(header.unread)}." if header.unread else ""
    nearest = "The kind is" if asked.kind else "No kind fits; the nearest is"
    return (
        f"{nearest} {template.kind} {template.title}, and row {header.last_row} lacks {wanted}. Found were "
        f"{found}.{unread} Add a column for each that is lacking, give one value for all rows with --set, or "
        "name another kind with --kind."
    )
