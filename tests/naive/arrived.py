"""What arrived when, and what a figure says: by the plain list, and by a service."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
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
    """What a figure says, and by which entry of the rulebook it was counted; without a value it says why, and
    no more of itself. `label` is what the title adds to that of its rule, `about_on` the day that it is
    about, if it is another than the one that is asked for."""

    value: Decimal | None
    label: str = ""
    kind: str = "exact"
    counted_from: str = "records"
    about_on: date | None = None
    since_on: date | None = None
    as_known_now: bool = False
    parts: int = 0
    reason: str | None = None
    rule: tuple[str, str, str] = ("", "", "")  # its name, what counts, and the unit
    rules_from: date | None = None
    source: str = ""


def missing(reason: str = "NOT_STATED_YET") -> Figure:
    return Figure(value=None, reason=reason)


def counted(number: int, **more: Any) -> Figure:
    """So many things, each of which is a part."""
    return Figure(value=Decimal(number), parts=number, **more)


def told(service: Rehearsal, on: date, **asked: Any) -> dict[str, Figure]:
    """What a service answers, by the names of the figures."""
    found = figures_of(service, on=on.isoformat(), **asked)
    return {name: figure_of(each, on) for name, each in found.items()}


def figure_of(answer: Mapping[str, Any], on: date) -> Figure:
    """What an answer about the day says of a figure."""
    by: dict[str, Any] = {
        "rule": (answer["counting_rule"], answer["counts"], answer["unit"]),
        "rules_from": date.fromisoformat(answer["rules_from"]),
        "source": answer["source"],
    }
    if answer["value"] is None:
        return replace(missing(answer["reason"]["code"]), **by)
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
        **by,
    )


def ruled(figure: Figure, rule: Mapping[str, Any], rules_from: date) -> Figure:
    """The figure with the entry of the rulebook by which it was counted, and the first day of that edition,
    unless it has a source or an edition of its own. Mu are written with two decimals."""
    value = figure.value
    if value is not None and rule["unit"] == "mu":
        value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return replace(
        figure,
        value=value,
        rule=(rule["counting_rule"], rule["counts"], rule["unit"]),
        rules_from=figure.rules_from or rules_from,
        source=figure.source or rule["source"],
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
    """The edition in force on the day."""
    return _editions(SERVICES / service / "rulebook" / topic)[first_day(service, topic, on)]


def first_day(service: str, topic: str, on: date) -> date:
    """The first day of the edition in force on the day; before the first one, the first one."""
    editions = _editions(SERVICES / service / "rulebook" / topic)
    begun = [first for first in editions if first <= on]
    return max(begun, default=min(editions))


@cache
def _editions(folder: Path) -> dict[date, dict[str, Any]]:
    return {
        date.fromisoformat(file.stem): tomllib.loads(file.read_text("utf-8"))
        for file in folder.iterdir()
    }
