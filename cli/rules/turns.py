"""Verdicts that turn in one way, so that they are counted together: from what to what, and where a day moves,
by how many days."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NamedTuple

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Turn(NamedTuple):
    """`verdict` is the name of it without what it is about: the criterion, not its year."""

    verdict: str
    before: str
    after: str


def turn_of(change: dict[str, Any]) -> Turn:
    before, after = said(change["before"]), said(change["after"])
    days = DAY.findall(before), DAY.findall(after)
    if len(days[0]) == len(days[1]) == 1:
        before, after = DAY.sub("a day", before), DAY.sub("a day", after)
        if before == after:
            after = _moved(*(date.fromisoformat(each[0]) for each in days))
    return Turn(change["verdict"].partition(" ")[0], before, after)


def said(ruling: dict[str, Any] | None) -> str:
    """What a side says; a dash where it does not judge so."""
    return "–" if ruling is None else str(ruling["says"] or "none")


def _moved(was: date, is_: date) -> str:
    days = abs((is_ - was).days)
    return f"{days:,} day{'' if days == 1 else 's'} {'later' if is_ > was else 'earlier'}"
