"""The dated data of the desk: its words, its clocks, and how a period is counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta

from backbone.records import record
from park.calendar import add_working_days
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from .words import Level, StepEnd, Unit


@record
class Repeated:
    """So many firms within so many days make a repeated pain point."""

    firms: int
    days: int


@record
class Desk:
    """Topics and departments by their words; `levels` in days after the last day."""

    source: str
    closes_at: time
    levels: Mapping[Level, int]
    repeated: Repeated
    topics: Mapping[str, str]
    departments: Mapping[str, str]

    @property
    def rising(self) -> list[Level]:
        """The levels, the mildest first."""
        return [level for level in Level if level in self.levels]


@record
class Step:
    """A step is done within so many days, or `most_days` if it is extended. What it `ends` with
    begins the next one."""

    name: str
    ends: StepEnd
    days: int
    unit: Unit
    most_days: int | None = None
    needs_approval: bool = False

    def last_day(self, begun_on: date) -> date:
        """Raises `CalendarMissing` when it counts working days of a year without data."""
        return last_day(begun_on, self.days, self.unit)

    def last_extended_day(self, begun_on: date) -> date:
        """As `last_day`, with all that an extension can give."""
        return last_day(begun_on, self.most_days or self.days, self.unit)


@record
class Clock:
    """The steps of a request, one after the other."""

    source: str
    steps: tuple[Step, ...]


Desks = Rulebook[Desk]
DESK: Desks = Rulebook(FOLDER / "service_desk", Desk)
Clocks = Rulebook[dict[str, Clock]]
CLOCKS: Clocks = Rulebook(FOLDER / "request_clocks", dict[str, Clock])


def last_day(begun_on: date, days: int, unit: Unit) -> date:
    """The last day of a period that counts from the day after `begun_on` (民法典 art. 201). A calendar
    period ends on its last day, whether that is worked or not. Raises `CalendarMissing`."""
    if unit is Unit.WORKING:
        return add_working_days(begun_on, days)
    return begun_on + timedelta(days=days)
