"""Where a request stands: what its entries come to, one after the other as they happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import TypeAlias

from backbone.errors import Reason
from backbone.records import record
from park.calendar import CalendarMissing
from park.rules import broken
from park.time import day_of

from .entries import Entry, Receipt, receipt_of
from .levels import CLOCKS, Clock, Clocks, Step
from .rules import TURN_RULES, Situation
from .words import CLOSED, EntryKind, RequestState, Satisfaction, StepEnd


@record
class Aside:
    """An entry without effect, and why."""

    kind: EntryKind
    at: datetime
    reasons: tuple[dict[str, str], ...]


@record
class Course:
    """A request after some of its entries. Each reopening begins a `round`. `lead` answers for all the
    `departments`; `heard` are those that have given their part. Of a closed request nothing runs."""

    receipt: Receipt
    received_at: datetime
    clock: Clock
    state: RequestState = RequestState.RECEIVED
    round: int = 1
    step_no: int = 0
    begun_on: date
    extended_to: date | None = None
    lead: str | None = None
    departments: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    answered_at: datetime | None = None
    answer: str | None = None
    due_when_answered: date | None = None
    satisfaction: Satisfaction | None = None
    aside: tuple[Aside, ...] = ()

    @property
    def step(self) -> Step | None:
        """What is to be done now."""
        return None if self.state in CLOSED else self.clock.steps[self.step_no]

    def last_day(self) -> date | None:
        """By when. Raises `CalendarMissing`."""
        if self.step is None:
            return None
        return self.extended_to or self.step.last_day(self.begun_on)

    @property
    def due_on(self) -> date | None:
        """By when; none if nothing is to be done, or as long as the calendar of a year is missing."""
        try:
            return self.last_day()
        except CalendarMissing:
            return None

    @property
    def answer_due_on(self) -> date | None:
        """By when the request is to be answered, if every step until then takes all of its days; none
        as long as the calendar of a year is missing."""
        try:
            day = self.last_day()
            for step in self.clock.steps[self.step_no + 1 :]:
                day = day and step.last_day(day)
        except CalendarMissing:
            return None
        return day

    @property
    def waits_for_year(self) -> int | None:
        """The year without which the clock has no last day."""
        try:
            self.last_day()
        except CalendarMissing as missing:
            return missing.year
        return None

    def refusals(self, entry: Entry) -> tuple[Reason, ...]:
        """Why the entry would have no effect here."""
        situation = Situation(
            entry=entry,
            state=self.state,
            received_at=self.received_at,
            clock=self.clock,
            step=self.step,
            begun_on=self.begun_on,
            extended_to=self.extended_to,
            departments=self.departments,
        )
        return broken(TURN_RULES, situation)

    def after(self, entry: Entry) -> Course:
        """One entry on; what a rule speaks against is set aside."""
        if reasons := self.refusals(entry):
            why = tuple(reason.as_dict() for reason in reasons)
            aside = Aside(kind=entry.kind, at=entry.at, reasons=why)
            return replace(self, aside=(*self.aside, aside))
        return TURNS[entry.kind](self, entry)


def course_of(entries: Iterable[Entry], clocks: Clocks = CLOCKS) -> Course | None:
    """What the entries come to, as they happened; none without a receipt. Raises `KeyError` where there is no
    such clock."""
    courses = [course for _, course in turns_of(entries, clocks)]
    return courses[-1] if courses else None


def turns_of(entries: Iterable[Entry], clocks: Clocks = CLOCKS) -> Iterator[tuple[Entry, Course]]:
    """The receipt and each entry after it, with what all up to it come to; nothing without a receipt. Raises
    as `course_of`."""
    told = tuple(entries)
    received = receipt_of(told)
    if received is None or received.receipt is None:
        return
    course = _received(received, received.receipt, clocks)
    yield received, course
    for entry in told:
        if entry.receipt is None:
            course = course.after(entry)
            yield entry, course


@record
class StepRun:
    """A step that ran, as it stood before it was done: on `done_on`, or not yet. `given_up_on` is when the
    request was withdrawn."""

    course: Course
    done_on: date | None = None
    given_up_on: date | None = None


def steps_run(entries: Iterable[Entry]) -> Iterator[StepRun]:
    """Each step that ran, the one that runs last. A step that was reopened runs anew, in another round."""
    before: Course | None = None
    for entry, course in turns_of(entries):
        if before and before.step and not _same_step(before, course):
            withdrawn = course.state is RequestState.WITHDRAWN
            yield StepRun(
                course=before,
                done_on=None if withdrawn else entry.on,
                given_up_on=entry.on if withdrawn else None,
            )
        before = course
    if before and before.step:
        yield StepRun(course=before)


def _same_step(one: Course, other: Course) -> bool:
    return (one.round, one.step) == (other.round, other.step)


def _received(entry: Entry, receipt: Receipt, clocks: Clocks) -> Course:
    return Course(
        receipt=receipt,
        received_at=entry.at,
        clock=clocks.on(entry.on)[receipt.clock],
        begun_on=receipt.counted_from or entry.on,
    )


def _done(course: Course, end: StepEnd, on: date) -> Course:
    """The step is done that ends so; the next one begins on that day."""
    step = course.step
    if step is None or step.ends is not end or course.step_no + 1 >= len(course.clock.steps):
        return course
    return replace(course, step_no=course.step_no + 1, begun_on=on, extended_to=None)


def _handed_over(course: Course, entry: Entry) -> Course:
    """Only the first hand-over ends a step: no later one gives an office a new period."""
    state = course.state
    if state is not RequestState.REOPENED:
        state = RequestState.HANDED_OVER
    course = _done(course, StepEnd.HANDED_OVER, entry.on)
    heard = tuple(each for each in course.heard if each in entry.departments)
    return replace(course, state=state, lead=entry.lead, departments=entry.departments, heard=heard)


def _extended(course: Course, entry: Entry) -> Course:
    return replace(course, extended_to=entry.until_on)


def _answered(course: Course, entry: Entry) -> Course:
    """An office that does not lead gives its part; the first answer of the lead ends the clock, and a
    later one takes its place."""
    if course.lead and entry.department != course.lead:
        heard = {*course.heard, entry.department or ""}
        return replace(course, heard=tuple(sorted(heard)))
    if course.state is RequestState.ANSWERED:
        return replace(course, answer=entry.text)
    return replace(
        course,
        state=RequestState.ANSWERED,
        answered_at=entry.at,
        answer=entry.text,
        due_when_answered=course.answer_due_on,
        satisfaction=None,
    )


def _rated(course: Course, entry: Entry) -> Course:
    return replace(course, satisfaction=entry.satisfaction)


def _reopened(course: Course, entry: Entry) -> Course:
    """The last step begins again, for a whole period; the offices stay."""
    return replace(
        course,
        state=RequestState.REOPENED,
        round=course.round + 1,
        step_no=len(course.clock.steps) - 1,
        begun_on=entry.on,
        extended_to=None,
        heard=(),
    )


def _withdrawn(course: Course, entry: Entry) -> Course:
    return replace(course, state=RequestState.WITHDRAWN)


Turn: TypeAlias = Callable[[Course, Entry], Course]
TURNS: dict[EntryKind, Turn] = {
    EntryKind.HANDED_OVER: _handed_over,
    EntryKind.EXTENDED: _extended,
    EntryKind.ANSWERED: _answered,
    EntryKind.RATED: _rated,
    EntryKind.REOPENED: _reopened,
    EntryKind.WITHDRAWN: _withdrawn,
}


def days_late(course: Course) -> int | None:
    """By how many days the answer was late; none if its last day is not known."""
    if course.answered_at is None or course.due_when_answered is None:
        return None
    return max(0, (day_of(course.answered_at) - course.due_when_answered).days)
