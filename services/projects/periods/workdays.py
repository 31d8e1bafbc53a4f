"""Working days, by the State Council's calendar."""

from __future__ import annotations

from datetime import date, timedelta

DAY = timedelta(days=1)


def working_days(first: date, last: date) -> int:
    """How many there are from `first` to `last`, both included. Raises `Refused` (`CALENDAR_MISSING`) where
    nobody has told the working days of a year."""
    from park.calendar import is_working_day

    return sum(is_working_day(first + n * DAY) for n in range((last - first).days + 1))


def working_day_after(day: date, number: int) -> date:
    """The working day so many after `day`, which itself does not count."""
    from park.calendar import add_working_days

    return add_working_days(day, number)


def working_day_before(day: date, number: int) -> date:
    """The working day so many before `day`, which itself does not count."""
    from park.calendar import is_working_day

    while number > 0:
        day -= DAY
        number -= is_working_day(day)
    return day
