"""The park's time: a day is a day in Asia/Shanghai, whatever offset a moment was written with."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from backbone.messages.moments import no_such_day

from .codes import HALF_WIDTH

PARK_TIME = ZoneInfo("Asia/Shanghai")
YMD = re.compile(
    r"(?P<year>[0-9]{4})[-年/.](?P<month>[0-9]{1,2})[-月/.](?P<day>[0-9]{1,2})(?![0-9])"
)
IN_WORDS = re.compile(r"[〇零○一二三四五六七八九十]{1,4}[年月日号]")


def day_of(moment: datetime) -> date:
    """The day in the park on which this aware moment lies."""
    return moment.astimezone(PARK_TIME).date()


def end_of(day: date) -> datetime:
    """The last moment of the day in the park."""
    return datetime.combine(day, time.max, PARK_TIME)


def why_no_day(text: str) -> str:
    """A sentence on what a text lacks to be a day: its month has no such day, or it stands in other digits.
    Nothing where the text names a day of the calendar, or none at all."""
    found = YMD.search(text.translate(HALF_WIDTH).replace(" ", ""))
    if found is None:
        return "Write the day in the digits 0 to 9. " if IN_WORDS.search(text) else ""
    why = no_such_day(*(int(found[name]) for name in ("year", "month", "day")))
    return f"{why} " if why else ""


def day_named(text: str) -> date | None:
    """The day that a text begins with, as 2026年6月30日 does; none where the calendar has no such day."""
    found = YMD.match(text.translate(HALF_WIDTH).replace(" ", ""))
    if found is None or why_no_day(text):
        return None
    return date(int(found["year"]), int(found["month"]), int(found["day"]))


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
