"""The park's time: a day is a day in Asia/Shanghai, whatever offset a moment was written with."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PARK_TIME = ZoneInfo("Asia/Shanghai")


def day_of(moment: datetime) -> date:
    """The day in the park on which this aware moment lies."""
    return moment.astimezone(PARK_TIME).date()


def end_of(day: date) -> datetime:
    """The last moment of the day in the park."""
    last = datetime.combine(day + timedelta(days=1), time(), PARK_TIME)
    return last - timedelta(microseconds=1)


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last of that month if it has no such day (民法典 art. 202).
    Raises ValueError after the year 9999."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_of_term(first: date, months: int) -> date:
    """The last day of a term that begins on `first` and has that day in it: the day before the same day
    of the later month, or the last of that month if it has no such day."""
    again = months_later(first, months)
    return again if again.day < first.day else again - timedelta(days=1)
