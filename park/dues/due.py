"""What is due [到期事项], in one form for all services, and in one order: by its day.

Each service answers what is due of its own things. Their order, and so the cursor of a page, is the same
for all of them: whoever asks several services gives each the same cursor, and takes the first of what
they answer together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from backbone.records import record

NO_DAY = date.max  # of what waits for the calendar of working days: after everything that has a day


class Counting(StrEnum):
    """How the day was found: counted in days of the calendar, in working days or in months; or named by
    a plan, a notice, a contract or a person."""

    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    NAMED = "named"


UNITS = {
    Counting.CALENDAR_DAYS: "calendar day",
    Counting.WORKING_DAYS: "working day",
    Counting.MONTHS: "month",
}


def counted(length: int | None, counting: Counting) -> str | None:
    """So many days or months, in words: 30 working days. None where nothing is counted."""
    unit = UNITS.get(counting)
    if length is None or unit is None:
        return None
    return f"{length} {unit}" if length == 1 else f"{length} {unit}s"


@record
class DueRule:
    """Who does a thing, and how its day is found and by what source, as far as the thing does not say it."""

    holder: str
    rule: str
    counting: Counting
    source: str


@record
class Reminded:
    """A reminder: one that was sent, or the next one. `on` is none where only that it was sent is kept."""

    level: str
    on: date | None = None


@record
class Due:
    """One thing that is due. `what` is the step of it, `decision` what a meeting decided, `about_id` the
    parcel, case, unit, firm or project that it is about; `enterprise_ids` are the firms that it is of, as far
    as the park knows them by an id. `length` is how many of the days or months of its `counting` the rule of
    its day gives; none where a day was named. `due_on` is none while the calendar of working days lacks the
    year; of what `stands_still` nobody is reminded. `next_reminder` is still to come. `state_at_deadline`
    says how it stood when its day was over; none of what was not on record then."""

    service: str
    thing: str
    thing_id: str
    what: str
    decision: str | None = None
    about_id: str | None = None
    enterprise_ids: tuple[str, ...] = ()
    holder: str | None = None
    township: str | None = None
    due_on: date | None
    days_late: int = 0
    stands_still: bool = False
    rule: str
    counting: Counting
    length: int | None = None
    source: str
    reminded: tuple[Reminded, ...] = ()
    next_reminder: Reminded | None = None
    state_at_deadline: str | None = None

    @property
    def place(self) -> Place:
        day = self.due_on.isoformat() if self.due_on else None
        return Place.of(day, self.service, self.thing, self.thing_id, self.what)

    def concerns(self, holder: str | None, township: str | None) -> bool:
        """Whether this holder has it, and whether it is of the township, or held by it."""
        return holder in (None, self.holder) and (
            township is None or township in (self.township, self.holder)
        )


class Place(NamedTuple):
    """Where a thing stands in the order of all that is due; as a text, the cursor after it."""

    day: str
    service: str
    thing: str
    name: str

    def __str__(self) -> str:
        return "|".join(self)

    @classmethod
    def of(cls, day: str | None, service: str, thing: str, thing_id: str, what: str) -> Place:
        return cls(day or NO_DAY.isoformat(), service, thing, f"{thing_id}|{what}")

    @classmethod
    def read(cls, cursor: str) -> Place:
        """Raises `ValueError` for what is no cursor."""
        parts = cursor.split("|", 3)
        if len(parts) != 4:
            raise ValueError("it has not four parts")
        date.fromisoformat(parts[0])
        return cls(*parts)


@record
class Asked:
    """What somebody wants to know: all that is due up to `within_days` after `on`, and all that is late by
    then; with `late` that alone. What was on record at `known_at` counts, or what is on record now."""

    on: date
    known_at: datetime | None = None
    holder: str | None = None
    township: str | None = None
    late: bool = False
    within_days: int = 14
    limit: int = 50
    cursor: Place | None = None

    @property
    def until(self) -> date:
        left = (NO_DAY - self.on).days - 1
        return self.on + timedelta(days=min(self.within_days, left))

    def days_late(self, due_on: date | None) -> int:
        """A thing is late from the day after its day on."""
        return max(0, (self.on - due_on).days) if due_on else 0

    def to_come(self, reminders: Iterable[Reminded | None]) -> Reminded | None:
        """The first of the reminders, given in their order, that is still to come on the day."""
        return next((each for each in reminders if each and (each.on or self.on) > self.on), None)

    def wants(self, due: Due) -> bool:
        """What has no day yet is told, too: somebody has to enter the calendar."""
        in_time = not self.late if due.due_on is None else due.due_on <= self.until
        is_late = not self.late or due.days_late > 0
        return in_time and is_late and due.concerns(self.holder, self.township)


@record
class DuePage:
    """What is due, in the order of its days. `dues_found` counts all of it, `late_found` what of that is
    late; `cursor` opens the next page, and is none on the last. Where the holder who was asked for has
    nothing, `due_holders` are those who have something."""

    on: date
    until: date
    dues_found: int
    late_found: int
    dues: tuple[Due, ...]
    cursor: str | None
    due_holders: tuple[str, ...] = ()


def page_of(found: Iterable[Due], asked: Asked) -> DuePage:
    """The page that was asked for."""
    everything = list(found)
    wanted = sorted((due for due in everything if asked.wants(due)), key=lambda due: due.place)
    left = [due for due in wanted if asked.cursor is None or due.place > asked.cursor]
    page = tuple(left[: asked.limit])
    return DuePage(
        on=asked.on,
        until=asked.until,
        dues_found=len(wanted),
        late_found=sum(1 for due in wanted if due.days_late),
        dues=tuple(replace(due, next_reminder=asked.to_come([due.next_reminder])) for due in page),
        cursor=str(page[-1].place) if len(left) > len(page) else None,
        due_holders=() if wanted or not asked.holder else _holders(everything, asked),
    )


def _holders(found: Iterable[Due], asked: Asked) -> tuple[str, ...]:
    """Who has something of what was asked for, whoever it is."""
    of_anybody = replace(asked, holder=None)
    return tuple(sorted({due.holder for due in found if due.holder and of_anybody.wants(due)}))
