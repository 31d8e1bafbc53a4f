"""When an event happened: RFC 3339, and nothing that would have to be guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import Any

from ..errors import Invalid, Reason

SPEC = "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md"
# RFC 3339, section 5.6, which also lets a space stand for the T
RFC_3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)"
    r"(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)
BAD_TIME = "time must read like 2023-08-01T09:30:00+08:00 (RFC 3339, with the offset), as a text."


def moment(value: Any) -> datetime | None:
    """The moment that an RFC 3339 text names, to the microsecond, or none; a leap second is the moment
    that ends it. A time without an offset is refused: nobody could say which moment it is."""
    if value is None:
        return None
    if not isinstance(value, str) or not RFC_3339.fullmatch(value):
        raise _bad(BAD_TIME)
    if why := no_such_day(*map(int, value[:10].split("-"))):
        raise _bad(why)
    is_leap = ":60" in value
    try:
        time = datetime.fromisoformat(value.upper().replace(":60", ":59"))
        if not 1 < time.year < 9999:
            time.astimezone(UTC)
        return _after_leap(time) if is_leap else time
    except OverflowError as problem:
        sentence = "time lies, in UTC, before the year 1 or after the year 9999."
        raise _bad(sentence) from problem
    except ValueError as problem:
        raise _bad(BAD_TIME) from problem


def no_such_day(year: int, month: int, day: int) -> str:
    """A sentence on a day that no calendar has; nothing on any other."""
    if not year or not 1 <= month <= 12:
        return "There is no such month."
    last = monthrange(year, month)[1]
    if 1 <= day <= last:
        return ""
    return f"There is no such day; the last of its month is {year:04}-{month:02}-{last}."


def _after_leap(time: datetime) -> datetime:
    """The moment after a leap second, given the second before it. There are some at the end of a
    month, by UTC."""
    after = time.replace(microsecond=0) + timedelta(seconds=1)
    begins = after.astimezone(UTC)
    if (begins.day, begins.hour, begins.minute) != (1, 0, 0):
        sentence = (
            "time names a leap second, and no month ends there in UTC; give a second up to 59."
        )
        raise _bad(sentence)
    return after


def _bad(sentence: str) -> Invalid:
    return Invalid([Reason("BAD_TIME", sentence, field="time", source=SPEC)])
