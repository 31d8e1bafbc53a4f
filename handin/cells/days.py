"""Days as people and spreadsheets write them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta

from ..said import Found, NeedsPerson, Refused

YEAR_FIRST = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})[日号]?")
YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
HOUR = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?$")
SERIALS = range(20_000, 80_000)  # 1954 to 2119, counted from 1900
EPOCHS = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
RIGHT = "A day such as 2023-01-05."
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day_of(value: object, epoch: int = 1900) -> Found:
    """The day that a cell says, as `YYYY-MM-DD`. `epoch` is where the workbook's serial days begin."""
    if isinstance(value, datetime):
        return _of_moment(value)
    if isinstance(value, date):
        return Found(value.isoformat())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, epoch)
    if not isinstance(value, str):
        raise Refused("This is no day.", RIGHT)
    return _of_text(re.sub(r"\s+", " ", value).strip(), epoch)


def _of_moment(value: datetime) -> Found:
    if value.time() != datetime.min.time():
        return Found(value.date().isoformat(), "the hour was left out")
    return Found(value.date().isoformat())


def _of_number(value: float, epoch: int) -> Found:
    if value != int(value):
        raise Refused("This is no day.", RIGHT)
    return _of_text(str(int(value)), epoch)


def _of_text(text: str, epoch: int) -> Found:
    text = HOUR.sub("", text).replace(" ", "")
    if found := YEAR_FIRST.fullmatch(text) or COMPACT.fullmatch(text):
        day = existing(*map(int, found.groups()))
        return Found(day, "" if ISO.fullmatch(text) else "the day was written as YYYY-MM-DD")
    if found := YEAR_LAST.fullmatch(text):
        return _year_last(*map(int, found.groups()))
    if text.isascii() and text.isdecimal() and int(text) in SERIALS:
        first = EPOCHS[epoch]
        day = (first + timedelta(days=int(text))).isoformat()
        return Found(day, f"a day's number, counted from {epoch}, was written as a day")
    if re.match(r"[0-9]{1,3}[-/.年]", text):
        raise Refused("The year has not four digits.", RIGHT)
    raise Refused("This is no day of a year, a month and a day.", RIGHT)


def _year_last(one: int, other: int, year: int) -> Found:
    if one <= 12 and other <= 12 and one != other:
        raise NeedsPerson("Day and month may be read in two ways.", RIGHT)
    day, month = (one, other) if other <= 12 else (other, one)
    return Found(existing(year, month, day), "the day was written as YYYY-MM-DD")


def existing(year: int, month: int, day: int) -> str:
    """The day, if there was one; else why there was none."""
    if not 1 <= month <= 12 or not 1900 <= year <= 2200:
        raise Refused("There is no such month or year.", RIGHT)
    last = monthrange(year, month)[1]
    if day > 31:
        raise Refused(
            f"There is no day {day}; a series was perhaps dragged down: look at the rows above, too.",
            RIGHT,
        )
    if not 1 <= day <= last:
        name = date(year, month, 1).strftime("%B")
        raise Refused(f"{name} {year} has {last} days.", RIGHT)
    return date(year, month, day).isoformat()
