"""What the clocks of any rulebook, and the levels of the desk, make of open requests: which step is due, by
when, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from backbone.errors import Reason
from park.verdicts.compared import Ruling, Rulings
from park.verdicts.words import lateness

from ..requests.facts import escalated_of
from ..requests.levels import DESK, Clocks, Desks
from ..requests.request import ServiceRequest


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
        due, late = _verdicts(held)
        found[due] = Ruling(says=_due(request), source=source)
        found[late] = Ruling(says=_late(request, on, DESK), source=source)
    return found


def by_levels(requests: Iterable[ServiceRequest], desk: Desks, on: date) -> Rulings:
    """How late each open request is, by the levels of the desk."""
    found: dict[tuple[str, str], Ruling] = {}
    for request in requests:
        _, late = _verdicts(request)
        source = desk.on(request.received_on or on).source
        found[late] = Ruling(says=_late(request, on, desk), source=source)
    return found


def lateness_told(
    requests: Iterable[ServiceRequest], before: Clocks, after: Clocks, on: date
) -> Iterator[Any]:
    """The facts of requests that would be late by the other clocks, and are not, or for another day."""
    for held in requests:
        now, then = (_told(_by(held, clocks), on, DESK) for clocks in (before, after))
        if then is not None and then != now:
            yield then


def levels_told(
    requests: Iterable[ServiceRequest], before: Desks, after: Desks, on: date
) -> Iterator[Any]:
    """The facts of requests that would be told of by the other levels, and are not, or at another level."""
    for held in requests:
        now, then = (_told(held.settled(desk=desk), on, desk) for desk in (before, after))
        if then is not None and then != now:
            yield then


def _verdicts(held: ServiceRequest) -> tuple[tuple[str, str], tuple[str, str]]:
    identity = held.service_request_id
    return (identity, "due"), (identity, "late")


def _due(request: ServiceRequest) -> str:
    if request.step is None:
        return "nothing due"
    return (
        f"{request.step} by {request.due_on}" if request.due_on else f"{request.step}, no day yet"
    )


def _late(request: ServiceRequest, on: date, desk: Desks) -> str:
    levels = request.levels_reached(on, desk) if request.due_on else ()
    return lateness(levels[-1] if levels else None)


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


def _told(request: ServiceRequest | None, on: date, desk: Desks) -> Any:
    """What is to be told of it by that day; none if nothing is."""
    after, told = request.escalated(on, desk) if request else (None, None)
    return escalated_of(after, told) if after and told else None
