"""The working days of the park: weekdays, less the State Council's days off, with the Saturdays and
Sundays that it has worked instead [调休].

`holidays/<year>.toml` holds the days of one circular. It may speak of the year before too: 2022-12-31
stands in the circular of 2023. A year without a file is never guessed.

An installation adds a year without a release: it sets CALENDAR_FOLDER to a folder of its own with
`2027.toml` in the same form. The folder is looked at whenever a day is asked for, so that no service
has to start again; of two files of one year that of the installation counts.
"""

from __future__ import annotations

import logging
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from backbone.errors import Reason, Refused
from backbone.records import record

OURS = Path(__file__).parent / "holidays"
FOLDER_SETTING = "CALENDAR_FOLDER"
SATURDAY = 5
ONE_DAY = timedelta(days=1)
Stamp = tuple[tuple[str, int, int], ...]
log = logging.getLogger(__name__)


class CalendarMissing(Refused):
    """Nobody has told yet which days of a year are worked: `CALENDAR_MISSING`. The question can be
    asked again when the year's file is there."""

    def __init__(self, year: int) -> None:
        self.year = year
        sentence = (
            f"The working days of {year} are not known. Put the State Council's days into "
            f"{year}.toml in the folder that {FOLDER_SETTING} names."
        )
        super().__init__([Reason("CALENDAR_MISSING", sentence)])


@record
class Circular:
    """What the State Council set for one year: the days off, and the weekend days that are worked."""

    source: str
    off: tuple[date, ...] = ()
    work: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Calendar:
    """`exceptions` says of a day that is not like others of its weekday whether it is worked."""

    years: frozenset[int]
    exceptions: dict[date, bool]

    def works(self, day: date) -> bool:
        """Raises `CalendarMissing` for a day that no circular speaks of in a year without one."""
        if day in self.exceptions:
            return self.exceptions[day]
        if day.year not in self.years:
            raise CalendarMissing(day.year)
        return day.weekday() < SATURDAY


def is_working_day(day: date) -> bool:
    """Whether the authorities work on that day. Raises `CalendarMissing` for a year without data."""
    return _calendar().works(day)


def add_working_days(day: date, n: int) -> date:
    """The `n`th working day after `day`, which itself is not counted (民法典 art. 201); 0 is the day
    itself. Raises `CalendarMissing` as soon as the count needs a year without data, and ValueError
    for less than 0."""
    if n < 0:
        raise ValueError(f"{n} working days: give 0 or more")
    calendar = _calendar()
    while n:
        day += ONE_DAY
        n -= calendar.works(day)
    return day


def years() -> tuple[int, ...]:
    """The years whose working days are known."""
    return tuple(sorted(_calendar().years))


def read(file: Path) -> Circular:
    """The circular in a file like `2027.toml`. Raises `ValueError` that names the file and the entry:
    a day of another year (but the last December), or a day to be worked that is worked anyway."""
    try:
        circular = msgspec.convert(tomllib.loads(file.read_text("utf-8")), Circular)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError, OSError) as problem:
        raise ValueError(f"{file}: {problem}") from None
    for wrong in _problems(file, circular):
        raise ValueError(f"{file}: {wrong}")
    return circular


def _problems(file: Path, circular: Circular) -> Iterator[str]:
    if not re.fullmatch("[0-9]{4}", file.stem):
        yield "name it for its year: 2027.toml"
        return
    year = int(file.stem)
    if not circular.off:
        yield "off: name the days off of the year"
    for day in (*circular.off, *circular.work):
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            yield f"{day} is no day of {year}, nor of the December before"
    for day in circular.work:
        if day in circular.off:
            yield f"{day} is in off and in work"
        elif day.weekday() < SATURDAY:
            yield f"work: {day} is no Saturday or Sunday"


def _calendar() -> Calendar:
    folder = os.environ.get(FOLDER_SETTING, "").strip()
    return _of_files(folder, _stamp(Path(folder)) if folder else ())


def _stamp(folder: Path) -> Stamp:
    """What tells that a folder has changed. One that is not there holds nothing, and that is logged."""
    try:
        found = [(each, each.stat()) for each in folder.glob("*.toml")]
    except OSError as problem:
        log.error("%s: %s", FOLDER_SETTING, problem)
        return ()
    return tuple(sorted((each.name, stat.st_mtime_ns, stat.st_size) for each, stat in found))


@lru_cache(maxsize=4)
def _of_files(folder: str, stamp: Stamp) -> Calendar:
    """The later circular has the last word of a day; one that cannot be read is left out and logged."""
    files = {file.stem: file for file in OURS.glob("*.toml")}
    files |= {Path(name).stem: Path(folder) / name for name, *_ in stamp}
    known: set[int] = set()
    exceptions: dict[date, bool] = {}
    for stem, file in sorted(files.items()):
        try:
            circular = read(file)
        except ValueError as problem:
            log.error("A year of the calendar is left out: %s", problem)
            continue
        known.add(int(stem))
        exceptions |= dict.fromkeys(circular.off, False) | dict.fromkeys(circular.work, True)
    return Calendar(frozenset(known), exceptions)
