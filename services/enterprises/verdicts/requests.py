"""What the clocks of any rulebook make of open requests: which step is due, by when, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from backbone.errors import Reason
from park.verdicts.compared import Ruling, Rulings

from ..requests.facts import escalated_of
from ..requests.levels import Clocks
from ..requests.request import ServiceRequest

IN_TIME, NO_DAY = "in_time", "no day yet"


def by_clocks(requests: Iterable[ServiceRequest], clocks: Clocks, on: date) -> Rulings:
    """Of each open request the step that runs with its day, and how late it is. One whose clock is not in the
    edition of its day has neither."""
    found: dict[tuple[str, str], Ruling] = {}
    for held in requests:
        request = _by(held, clocks)
        source = _source(held, clocks)
        if request is None:
            gone = Ruling(says=None, reason=_no_clock(held))
            found |= dict.fromkeys(_verdicts(held), gone)
            continue
        levels = request.levels_reached(on)
        due, late = _verdicts(held)
        found[due] = Ruling(says=f"{request.step} by {request.due_on or NO_DAY}", source=source)
        found[late] = Ruling(says=levels[-1].value if levels else IN_TIME, source=source)
    return found


def lateness_told(
    requests: Iterable[ServiceRequest], before: Clocks, after: Clocks, on: date
) -> Iterator[Any]:
    """The facts of requests that would be late by the other clocks, and are not, or for another day."""
    for held in requests:
        now, then = (_told(_by(held, clocks), on) for clocks in (before, after))
        if then is not None and then != now:
            yield then


def _verdicts(held: ServiceRequest) -> tuple[tuple[str, str], tuple[str, str]]:
    identity = held.service_request_id
    return (identity, "due"), (identity, "late")


def _by(held: ServiceRequest, clocks: Clocks) -> ServiceRequest | None:
    """The request by these clocks; none if its clock is not among them."""
    return held.settled(clocks) if _source(held, clocks) is not None else None


def _source(held: ServiceRequest, clocks: Clocks) -> str | None:
    if held.receipt is None or held.received_on is None:
        return None
    clock = clocks.on(held.received_on).get(held.receipt.clock)
    return clock.source if clock else None


def _no_clock(held: ServiceRequest) -> Reason:
    clock = held.receipt.clock if held.receipt else ""
    return Reason("CLOCK_NOT_IN_FORCE", f"The rulebook has no clock {clock} on {held.received_on}.")


def _told(request: ServiceRequest | None, on: date) -> Any:
    """What is to be told of it by that day; none if nothing is."""
    after, told = request.escalated(on) if request else (None, None)
    return escalated_of(after, told) if after and told else None
