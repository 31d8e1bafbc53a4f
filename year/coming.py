"""What comes in over the year: events of townships and commands of desks, each with its moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from typing import Any

from park.time import PARK_TIME

from .plan import Plan, shares


class Meant(StrEnum):
    """What is odd about a coming, on purpose."""

    LATE = "late"  # it comes days after its own time
    DOUBLED = "doubled"  # it came before, word for word
    CORRECTED = "corrected"  # it takes the place of one that was wrong
    MISTYPED = "mistyped"  # it is to be refused; the right one follows under the same id


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One line of the year. `said` has `event` or `call`."""

    at: datetime
    said: dict[str, Any]
    meant: Meant | None = None

    def as_dict(self) -> dict[str, Any]:
        odd = {"meant": self.meant.value} if self.meant else {}
        return {"at": self.at.isoformat(), **self.said, **odd}


def moment(day: date, chance: Random) -> datetime:
    """Some second of the working hours of the day."""
    seconds = chance.randrange(8 * 3600, 18 * 3600)
    return datetime.combine(day, time(), PARK_TIME) + timedelta(seconds=seconds)


def at(day: date, minutes: int = 540) -> datetime:
    """A moment of the day, by default nine o'clock."""
    return datetime.combine(day, time(), PARK_TIME) + timedelta(minutes=minutes)


def between(first: date, last: date, chance: Random) -> date:
    """Some day of these, both included."""
    return first + timedelta(days=chance.randrange((last - first).days + 1))


def event(
    plan: Plan, type_: str, happened: datetime, own: str, data: dict[str, Any]
) -> dict[str, Any]:
    """An event of the township whose thing is told of; `own` tells it from others of its type."""
    township = next(value for name, value in data.items() if name.endswith("_id"))[:9]
    return {
        "specversion": "1.0",
        "id": f"year-{plan.seed}/{type_}/{own}",
        "source": f"/townships/{township}",
        "type": type_,
        "time": happened.isoformat(),
        "data": data,
    }


def reported(
    plan: Plan,
    type_: str,
    day: date,
    data: dict[str, Any],
    own: str = "",
    meant: Meant | None = None,
    *,
    in_time: bool = False,
) -> Iterator[Coming]:
    """A report of a township about what happened on that day: in time or late, once or twice. What a desk
    builds on by a set day comes `in_time`."""
    key = own or next(value for name, value in data.items() if name.endswith("_id"))
    chance, share = plan.draw(type_, key), shares()["coming"]
    happened = moment(day, chance)
    said = {"event": event(plan, type_, happened, key, data)}
    came = happened + timedelta(minutes=chance.randrange(1, 90))
    if meant is None and chance.random() < share["late"] and not in_time:
        came, meant = came + timedelta(days=chance.randint(*share["late_days"])), Meant.LATE
    yield Coming(at=came, said=said, meant=meant)
    if meant is not Meant.MISTYPED and chance.random() < share["doubled"]:
        more = timedelta(days=chance.randint(*share["doubled_days"]), hours=1)
        yield Coming(at=came + more, said=said, meant=Meant.DOUBLED)


def corrected(
    plan: Plan,
    type_: str,
    day: date,
    data: dict[str, Any],
    wrong: dict[str, Any],
    own: str = "",
    *,
    in_time: bool = False,
) -> Iterator[Coming]:
    """A report that some townships get wrong at first and report anew, by the plan's share."""
    key = own or next(value for name, value in data.items() if name.endswith("_id"))
    chance, share = plan.draw("corrected", type_, key), shares()["coming"]
    if chance.random() >= share["corrected"] or in_time:
        yield from reported(plan, type_, day, data, key, in_time=in_time)
        return
    later = day + timedelta(days=chance.randint(*share["corrected_days"]))
    yield from reported(plan, type_, day, data | wrong, f"{key}/wrong")
    yield from reported(plan, type_, later, data, key, meant=Meant.CORRECTED)


def call(
    plan: Plan, moment_: datetime, service: str, method: str, own: str, **kwargs: Any
) -> Coming:
    """A command of a desk, under a request id of its own. It waits for the receipts of what was reported
    before it."""
    request_id = f"year-{plan.seed}/{method}/{own}"
    said = {"service": service, "method": method, "kwargs": kwargs | {"request_id": request_id}}
    return Coming(at=moment_, said={"call": said})


def call_at_once(
    plan: Plan, moment_: datetime, service: str, method: str, own: str, **kwargs: Any
) -> Coming:
    """A command of a desk that rests on no report of a township, and waits for none."""
    waiting = call(plan, moment_, service, method, own, **kwargs)
    return replace(waiting, said=waiting.said | {"at_once": True})
