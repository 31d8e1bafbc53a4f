"""A service request of a firm: its entries, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from backbone.records import record
from park.time import PARK_TIME, day_of

from .course import Aside, Course, course_of, days_late
from .entries import Entry, Receipt, with_entry
from .levels import CLOCKS, DESK, Clocks, Desks
from .words import CLOSED, Level, RequestState, Satisfaction

TOWNSHIP_DIGITS = 9
AT_THE_DESK = "service_desk"
RISING = list(Level)


@record
class Told:
    """That a step of a round was late for a day was told, at this level and all milder ones."""

    round: int
    step: str
    due_on: date
    level: Level
    told_on: date


@record
class Waited:
    """That a step of a round waits for the calendar of a year was told."""

    round: int
    step: str
    year: int


@record
class ServiceRequest:
    """All but `entries`, `told` and `waited` follows from the entries, in whatever order they were heard.
    `holder` answers for all the `departments`, `heard` gave their part. On `tell_on` it will be told at
    `tell_level` that the step is late, unless something changes; none if all was told."""

    service_request_id: str
    township: str
    entries: tuple[Entry, ...] = ()
    state: RequestState = RequestState.ANNOUNCED
    received_at: datetime | None = None
    receipt: Receipt | None = None
    holder: str = AT_THE_DESK
    departments: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    round: int = 1
    step: str | None = None
    begun_on: date | None = None
    due_on: date | None = None
    waits_for_year: int | None = None
    answered_at: datetime | None = None
    answer: str | None = None
    days_late: int | None = None
    satisfaction: Satisfaction | None = None
    aside: tuple[Aside, ...] = ()
    told: tuple[Told, ...] = ()
    waited: tuple[Waited, ...] = ()
    tell_on: date | None = None
    tell_level: Level | None = None

    @classmethod
    def unknown(cls, service_request_id: str) -> ServiceRequest:
        """One of which nothing was said as yet."""
        township = service_request_id[:TOWNSHIP_DIGITS]
        return cls(service_request_id=service_request_id, township=township)

    @property
    def is_open(self) -> bool:
        return self.state not in (*CLOSED, RequestState.ANNOUNCED)

    @property
    def is_watched(self) -> bool:
        return self.tell_on is not None

    @property
    def enterprise_id(self) -> str | None:
        return self.receipt.enterprise_id if self.receipt else None

    @property
    def topic(self) -> str | None:
        return self.receipt.topic if self.receipt else None

    @property
    def received_on(self) -> date | None:
        return day_of(self.received_at) if self.received_at else None

    def with_entry(self, entry: Entry) -> ServiceRequest:
        """The request with one more entry."""
        return replace(self, entries=with_entry(self.entries, entry)).settled()

    def settled(self, clocks: Clocks = CLOCKS, desk: Desks = DESK) -> ServiceRequest:
        """The request as its entries and the calendar have it now; who was told stays told."""
        course = course_of(self.entries, clocks)
        return _with_course(self, course)._armed(desk) if course else self

    def as_of(self, at: datetime, known_at: datetime) -> ServiceRequest:
        """The request after what had happened at `at`, as far as it was known at `known_at`."""
        entries = tuple(e for e in self.entries if e.at <= at and e.known_at <= known_at)
        told = tuple(each for each in self.told if each.told_on <= day_of(at))
        bare = replace(ServiceRequest.unknown(self.service_request_id), entries=entries, told=told)
        return bare.settled()

    def _armed(self, desk: Desks) -> ServiceRequest:
        """With the next day on which something is to be told of it."""
        for level, tell_on in self.to_tell(desk).items():
            return replace(self, tell_on=tell_on, tell_level=level)
        return replace(self, tell_on=None, tell_level=None)

    def to_tell(self, desk: Desks = DESK) -> dict[Level, date]:
        """What nobody was told yet, the mildest first, with the day on which it would be."""
        if self.due_on is None or self.received_on is None:
            return {}
        days, left = desk.on(self.received_on).levels, self._levels_left(desk)
        return {each: self.due_on + timedelta(days=days[each]) for each in left}

    def _levels_left(self, desk: Desks) -> list[Level]:
        now = (self.round, self.step, self.due_on)
        told = [each.level for each in self.told if (each.round, each.step, each.due_on) == now]
        milder = max((RISING.index(level) + 1 for level in told), default=0)
        rising = desk.on(self.received_on or date.min).rising
        return [level for level in rising if RISING.index(level) >= milder]

    def levels_reached(self, today: date, desk: Desks = DESK) -> list[Level]:
        """For which it is late enough on a day, the mildest first."""
        law = desk.on(self.received_on or date.min)
        late = (today - self.due_on).days if self.due_on else 0
        return [level for level in law.rising if law.levels[level] <= late]

    def escalated(self, today: date, desk: Desks = DESK) -> tuple[ServiceRequest, Told | None]:
        """The request after it was told that it is late, and what was told. What is late enough for two
        levels at once is told at the higher one."""
        if self.tell_on is None or self.tell_on > today or not (self.step and self.due_on):
            return self, None
        left = self._levels_left(desk)
        reached = [level for level in self.levels_reached(today, desk) if level in left]
        told = Told(
            round=self.round,
            step=self.step,
            due_on=self.due_on,
            level=reached[-1],
            told_on=today,
        )
        return replace(self, told=(*self.told, told))._armed(desk), told


def _with_course(request: ServiceRequest, course: Course) -> ServiceRequest:
    step, due_on, year = course.step, course.due_on, course.waits_for_year
    waited = request.waited
    if step and year is not None:
        waits = Waited(round=course.round, step=step.name, year=year)
        waited = waited if waits in waited else (*waited, waits)
    return replace(
        request,
        state=course.state,
        received_at=course.received_at,
        receipt=course.receipt,
        holder=course.lead or AT_THE_DESK,
        departments=course.departments,
        heard=course.heard,
        round=course.round,
        step=step.name if step else None,
        begun_on=course.begun_on if step else None,
        due_on=due_on,
        waits_for_year=year,
        answered_at=course.answered_at,
        answer=course.answer,
        days_late=days_late(course),
        satisfaction=course.satisfaction,
        aside=course.aside,
        waited=waited,
    )


def closing_time(request: ServiceRequest) -> datetime | None:
    """When the offices close on the last day of the step that runs; of an answered request, on the last
    day that it had; none without one."""
    due_on = request.due_on or _due_before(request)
    return closing_time_on(request, due_on) if due_on else None


def closing_time_on(request: ServiceRequest, day: date) -> datetime | None:
    """When the offices close on a day; none of a request that nobody has received."""
    if request.received_on is None:
        return None
    closes_at = DESK.on(request.received_on).closes_at
    return datetime.combine(day, closes_at, PARK_TIME)


def _due_before(request: ServiceRequest) -> date | None:
    course = course_of(request.entries)
    return course.due_when_answered if course else None


def due_first(requests: Iterable[ServiceRequest]) -> list[ServiceRequest]:
    """By their last day, what has none last."""
    return sorted(requests, key=lambda each: (each.due_on or date.max, each.service_request_id))
