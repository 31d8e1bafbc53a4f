"""Days and moments as the cells of a table of notices write them."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from handin.cells.days import day_of
from handin.said import NeedsPerson, Refused
from park.codes import HALF_WIDTH
from services.projects.notices.schemas import MOMENT

SPACED = re.compile(r"\s*([年月日号])\s*")
CLOCK = re.compile(
    r"(?P<day>[^\sT日号午]+?[日号]?)[\sT]*(?P<half>[上下]午)?\s*(?<=[\sT日号午])"
    r"(?P<hour>[0-9]{1,2})[:时点](?P<minute>[0-9]{1,2})?(?::[0-9]{2})?[分时整]?(?:之?前|止)?"
)


def when(cell: Any) -> str:
    """A cell as `2025-04-08`, or as `2025-04-08T09:00` where it says an hour: 2025年4月8日上午9时. 24:00 is
    the end of its day, and so the day. What is neither stays as it is, for the contract to refuse."""
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.isoformat(timespec="minutes")
    if not isinstance(cell, str):
        return _day(cell) or str(cell)
    text = SPACED.sub(r"\1", cell.translate(HALF_WIDTH)).strip()
    if found := CLOCK.fullmatch(text):
        return _moment(found) or cell
    return text if MOMENT.fullmatch(text) else _day(text) or cell


def _moment(found: re.Match[str]) -> str | None:
    day, hour, minute = _day(found["day"]), int(found["hour"]), int(found["minute"] or 0)
    if found["half"] == "下午" and hour < 12:
        hour += 12
    if day is None or (hour, minute) == (24, 0):
        return day
    if hour > 23 or minute > 59:
        return None
    return f"{day}T{hour:02}:{minute:02}"


def _day(text: str | float | date) -> str | None:
    try:
        return str(day_of(text).value)
    except (Refused, NeedsPerson):
        return None
