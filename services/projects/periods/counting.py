"""Counting the days of a period [期间]: which day counts differs by kind of period and by place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook
from park.time import PARK_TIME, day_of

from ..findings import Finding, Outcome
from ..rulebook import FOLDER
from .workdays import working_day_after, working_days

DAY = timedelta(days=1)
When = date | datetime


class Counting(StrEnum):
    """Both ends count; the first day does not (民法典 art. 201); whole days from 0:00 of the first day,
    or from its hour; working days without the first day, or with both ends."""

    BOTH_ENDS = "both_ends"
    FIRST_DAY_NOT = "first_day_not"
    FROM_MIDNIGHT = "from_midnight"
    FROM_THE_HOUR = "from_the_hour"
    WORKING_DAYS = "working_days"
    WORKING_DAYS_BOTH_ENDS = "working_days_both_ends"


class Bound(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@record
class Reading:
    """One way to count, and what it means that a period is lawful by it: `kept` or `warned`."""

    counting: Counting
    verdict: Outcome
    source: str


@record
class Period:
    """A kind of period. Its readings are tried in their order, the strictest first. `days` is none where
    whoever publishes it says how long it is; `source` asks for them."""

    bound: Bound
    readings: tuple[Reading, ...]
    source: str
    days: int | None = None

    @property
    def strictest(self) -> Reading:
        return self.readings[0]

    def limit(self, first: When, days: int | None = None) -> date:
        """The first lawful last day, or the last one of a period that is bounded above. Raises
        `ValueError` where no length is asked, `Refused` without the calendar of working days."""
        asked = days if self.days is None else self.days
        if asked is None:
            raise ValueError("whoever publishes this period says how long it is: give days")
        return last_of(self.strictest.counting, first, asked)


PERIODS = Rulebook(FOLDER / "periods", dict[str, Period])


def length(counting: Counting, first: When, last: When) -> int:
    """Whole days from `first` to `last`. A day as `last` is meant to its end, but for a moment that is
    counted from midnight or the hour. Raises `Refused` (`CALENDAR_MISSING`) for working days of a year
    without a calendar."""
    return LENGTHS[counting](first, last)


def last_of(counting: Counting, first: When, days: int) -> date:
    """The day on which so many days are full, counted from `first`."""
    begun = _day(first)
    if counting is Counting.WORKING_DAYS:
        return working_day_after(begun, days)
    if counting is Counting.WORKING_DAYS_BOTH_ENDS:
        return working_day_after(begun - DAY, days)
    if counting in (Counting.BOTH_ENDS, Counting.FIRST_DAY_NOT):
        return begun + (days - (counting is Counting.BOTH_ENDS)) * DAY
    full_at = _moment(first if counting is Counting.FROM_THE_HOUR else begun) + days * DAY
    return day_of(full_at - timedelta(microseconds=1))


def judged(
    period: Period, first: When, last: When, *, code: str, field: str, days: int | None = None
) -> Finding:
    """How the period from `first` to `last` stands to what is asked of it. `days` are those that were
    stated, where the rule asks for no number of its own."""
    asked = days if period.days is None else period.days
    if asked is None:
        return _finding(
            period, period.strictest, Outcome.DOES_NOT_APPLY, code, field, "No length is asked."
        )
    held = next(
        (each for each in period.readings if _fits(period.bound, each, first, last, asked)), None
    )
    reading, outcome = held or period.strictest, held.verdict if held else Outcome.BROKEN
    limit = period.limit(first, days)
    word = "or later" if period.bound is Bound.AT_LEAST else "at the latest"
    counted = max(0, length(reading.counting, first, last))
    sentence = (
        f"It has {counted} of {asked} days, {WORDS[reading.counting]}; safe is {limit} {word} "
        f"({WORDS[period.strictest.counting]})."
    )
    return _finding(period, reading, outcome, code, field, sentence, limit)


def _fits(bound: Bound, reading: Reading, first: When, last: When, asked: int) -> bool:
    if bound is Bound.AT_MOST:
        return _day(last) <= last_of(reading.counting, first, asked)
    return length(reading.counting, first, last) >= asked


def _finding(
    period: Period,
    reading: Reading,
    outcome: Outcome,
    code: str,
    field: str,
    sentence: str,
    limit: date | None = None,
) -> Finding:
    return Finding(
        code=code,
        outcome=outcome,
        sentence=sentence,
        field=field,
        source=f"{period.source}; {reading.source}",
        computed=limit.isoformat() if limit else None,
    )


def _day(when: When) -> date:
    return day_of(when) if isinstance(when, datetime) else when


def _moment(when: When, *, ends: bool = False) -> datetime:
    """The moment; of a day its 0:00, or its end."""
    if isinstance(when, datetime):
        return when
    return datetime.combine(when + DAY if ends else when, time(), PARK_TIME)


def _both_ends(first: When, last: When) -> int:
    return (_day(last) - _day(first)).days + 1


def _first_day_not(first: When, last: When) -> int:
    return (_day(last) - _day(first)).days


def _from_midnight(first: When, last: When) -> int:
    return (_moment(last, ends=True) - _moment(_day(first))) // DAY


def _from_the_hour(first: When, last: When) -> int:
    return (_moment(last, ends=True) - _moment(first)) // DAY


def _working_days(first: When, last: When) -> int:
    return working_days(_day(first) + DAY, _day(last))


def _working_days_both_ends(first: When, last: When) -> int:
    return working_days(_day(first), _day(last))


LENGTHS: Mapping[Counting, Callable[[When, When], int]] = {
    Counting.BOTH_ENDS: _both_ends,
    Counting.FIRST_DAY_NOT: _first_day_not,
    Counting.FROM_MIDNIGHT: _from_midnight,
    Counting.FROM_THE_HOUR: _from_the_hour,
    Counting.WORKING_DAYS: _working_days,
    Counting.WORKING_DAYS_BOTH_ENDS: _working_days_both_ends,
}
WORDS: Mapping[Counting, str] = {
    Counting.BOTH_ENDS: "both ends counted",
    Counting.FIRST_DAY_NOT: "the first day not counted",
    Counting.FROM_MIDNIGHT: "from 0:00 of the first day",
    Counting.FROM_THE_HOUR: "from the hour",
    Counting.WORKING_DAYS: "working days, the first day not counted",
    Counting.WORKING_DAYS_BOTH_ENDS: "working days, both ends counted",
}
