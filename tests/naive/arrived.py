"""What arrived when, and what a figure says: by the plain list, and by a service."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from backbone.testing import Rehearsal

from ..support.overview import figures_of

PARK = timezone(timedelta(hours=8))  # the time of the park
SERVICES = Path(__file__).parents[2] / "services"


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """An event or a call as it came at the moment `at`. `id` is that of the event or of the request,
    `time` the moment that an event gives itself."""

    at: datetime
    name: str
    id: str
    data: Mapping[str, Any] = field(hash=False)
    time: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """What a figure says; without a value it says why, and no more. `label` is what the title adds to that
    of its rule, `about_on` the day that it is about, if it is another than the one that is asked for."""

    value: Decimal | None
    label: str = ""
    kind: str = "exact"
    counted_from: str = "records"
    about_on: date | None = None
    since_on: date | None = None
    as_known_now: bool = False
    parts: int = 0
    reason: str | None = None


def missing(reason: str = "NOT_STATED_YET") -> Figure:
    return Figure(value=None, reason=reason)


def counted(number: int, **more: Any) -> Figure:
    """So many things, each of which is a part."""
    return Figure(value=Decimal(number), parts=number, **more)


def told(service: Rehearsal, on: date, **asked: Any) -> dict[str, Figure]:
    """What a service answers, by the names of the figures."""
    found = figures_of(service, on=on.isoformat(), **asked)
    return {name: _figure(each, on) for name, each in found.items()}


def _figure(answer: Mapping[str, Any], on: date) -> Figure:
    if answer["value"] is None:
        return missing(answer["reason"]["code"])
    about_on = date.fromisoformat(answer["about_on"])
    return Figure(
        value=Decimal(answer["value"]),
        label=answer["title"].partition(": ")[2],
        kind=answer["overview_kind"],
        counted_from=answer["counted_from"],
        about_on=None if about_on == on else about_on,
        since_on=answer["since_on"] and date.fromisoformat(answer["since_on"]),
        as_known_now=answer["as_known_now"],
        parts=answer["parts"],
    )


def about(day: date, on: date) -> date | None:
    """The day that a figure is about, if it is another than the one that is asked for."""
    return None if day == on else day


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def once(arrived: Iterable[Arrived], known_at: datetime, *names: str) -> list[Arrived]:
    """What had come of these names by the moment, in the order of its coming, a copy left out."""
    came: dict[tuple[str, str], Arrived] = {}
    for each in arrived:
        if each.at <= known_at and each.name in names:
            came.setdefault((each.name, each.id), each)
    return list(came.values())


def rulebook(service: str, topic: str, on: date) -> dict[str, Any]:
    """The edition in force on the day; before the first one, the first one."""
    editions = _editions(SERVICES / service / "rulebook" / topic)
    begun = [first for first in editions if first <= on]
    return editions[max(begun, default=min(editions))]


@cache
def _editions(folder: Path) -> dict[date, dict[str, Any]]:
    return {
        date.fromisoformat(file.stem): tomllib.loads(file.read_text("utf-8"))
        for file in folder.iterdir()
    }
