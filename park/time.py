"""The park's time: a day is a day in Asia/Shanghai, whatever offset a moment was written with."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

PARK_TIME = ZoneInfo("Asia/Shanghai")


def day_of(moment: datetime) -> date:
    """The day in the park on which this aware moment lies."""
    return moment.astimezone(PARK_TIME).date()
