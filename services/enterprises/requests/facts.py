"""The facts of the service desk. None names a person; free texts stay with the request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from backbone.records import record
from park.time import day_of

from .pains import RepeatedPainPoint
from .request import ServiceRequest, Told
from .words import CLOSED, Level, RequestKind, RequestState


@record
class RequestReceived:
    """`enterprises.request_received`: a firm asked for something, or its request was reported anew."""

    service_request_id: str
    township: str
    enterprise_id: str
    kind: RequestKind
    topic: str
    clock: str
    received_on: date


@record
class RequestHandedOver:
    """`enterprises.request_handed_over`: other offices hold it now; `holder` answers for them all."""

    service_request_id: str
    township: str
    holder: str
    departments: tuple[str, ...]
    due_on: date | None


@record
class RequestExtended:
    """`enterprises.request_extended`: a step that was due on `due_before` is due later."""

    service_request_id: str
    township: str
    holder: str
    step: str
    round: int
    due_before: date
    due_on: date


@record
class RequestEscalated:
    """`enterprises.request_escalated`: a step should be done, and is not. It is announced once for each
    level, and again if it is late for another day."""

    service_request_id: str
    township: str
    holder: str
    step: str
    round: int
    level: Level
    due_on: date
    days_overdue: int


@record
class RequestAnswered:
    """`enterprises.request_answered`: the office that leads has answered. `days_late` is none if the
    last day is not known."""

    service_request_id: str
    township: str
    holder: str
    topic: str
    round: int
    answered_on: date
    days_late: int | None


@record
class RequestReopened:
    """`enterprises.request_reopened`: the answer did not help, or was not that of the office
    that leads; the request is open again."""

    service_request_id: str
    township: str
    holder: str
    round: int
    due_on: date | None


@record
class RequestWithdrawn:
    """`enterprises.request_withdrawn`: the firm does not want it any more."""

    service_request_id: str
    township: str
    holder: str


@record
class RequestClockWaiting:
    """`enterprises.request_clock_waiting`: a step has no last day, for the working days of `year` are
    not known. It is announced once for each step and year."""

    service_request_id: str
    township: str
    step: str
    round: int
    year: int


@record
class RequestClockSettled:
    """`enterprises.request_clock_settled`: the calendar is there, and the step has its last day."""

    service_request_id: str
    township: str
    step: str
    round: int
    year: int
    due_on: date


@record
class PainPointRepeated:
    """`enterprises.pain_point_repeated`: so many firms have raised one topic within the days of the
    rule, from the first of those requests to the last. It is announced when that begins, and again
    when it comes back."""

    topic: str
    firms: int
    townships: tuple[str, ...]
    first_on: date
    last_on: date


EMITTED = (
    RequestReceived,
    RequestHandedOver,
    RequestExtended,
    RequestEscalated,
    RequestAnswered,
    RequestReopened,
    RequestWithdrawn,
    RequestClockWaiting,
    RequestClockSettled,
    PainPointRepeated,
)


def facts_of(before: ServiceRequest, after: ServiceRequest) -> Iterator[Any]:
    """What the step from `before` to `after` is told as."""
    if after.receipt is None or after.received_on is None:
        return
    about: dict[str, Any] = {
        "service_request_id": after.service_request_id,
        "township": after.township,
    }
    held = about | {"holder": after.holder}
    if (received := _received(after)) != _received(before):
        yield received
    if (before.holder, before.departments) != (after.holder, after.departments):
        yield RequestHandedOver(**held, departments=after.departments, due_on=after.due_on)
    if after.answered_at and _answer(before) != _answer(after):
        yield RequestAnswered(
            **held,
            topic=after.receipt.topic,
            round=after.round,
            answered_on=day_of(after.answered_at),
            days_late=after.days_late,
        )
    if after.is_open and (after.round > before.round or before.state in CLOSED):
        yield RequestReopened(**held, round=after.round, due_on=after.due_on)
    if after.state is RequestState.WITHDRAWN is not before.state:
        yield RequestWithdrawn(**held)
    yield from _clock_facts(before, after, about)


def _received(request: ServiceRequest) -> RequestReceived | None:
    if request.receipt is None or request.received_on is None:
        return None
    return RequestReceived(
        service_request_id=request.service_request_id,
        township=request.township,
        enterprise_id=request.receipt.enterprise_id,
        kind=request.receipt.kind,
        topic=request.receipt.topic,
        clock=request.receipt.clock,
        received_on=request.received_on,
    )


def _answer(request: ServiceRequest) -> tuple[Any, ...]:
    return request.answered_at, request.days_late, request.holder, request.topic


def _clock_facts(
    before: ServiceRequest, after: ServiceRequest, about: dict[str, Any]
) -> Iterator[Any]:
    for waits in after.waited[len(before.waited) :]:
        yield RequestClockWaiting(**about, step=waits.step, round=waits.round, year=waits.year)
    if after.step is None or after.due_on is None:
        return
    same = (before.step, before.round) == (after.step, after.round)
    step: dict[str, Any] = {"step": after.step, "round": after.round, "due_on": after.due_on}
    if same and before.waits_for_year is not None:
        yield RequestClockSettled(**about, **step, year=before.waits_for_year)
    if same and before.due_on and before.due_on < after.due_on:
        yield RequestExtended(**about, **step, holder=after.holder, due_before=before.due_on)


def escalated_of(request: ServiceRequest, told: Told) -> RequestEscalated:
    """The fact of a request that was told to be late."""
    return RequestEscalated(
        service_request_id=request.service_request_id,
        township=request.township,
        holder=request.holder,
        step=told.step,
        round=told.round,
        level=told.level,
        due_on=told.due_on,
        days_overdue=(told.told_on - told.due_on).days,
    )


def repeated_of(found: RepeatedPainPoint) -> PainPointRepeated:
    """The fact of a topic that repeats."""
    return PainPointRepeated(
        topic=found.topic,
        firms=found.firms,
        townships=found.townships,
        first_on=found.first_on,
        last_on=found.last_on,
    )
