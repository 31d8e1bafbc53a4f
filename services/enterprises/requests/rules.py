"""What an entry is held against. Each rule answers with a reason, or nothing.

An entry of the desk is refused for it; one that a township reported is kept and set aside, for what it
builds on may be reported later.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from backbone.errors import Reason
from backbone.records import record
from park.calendar import CalendarMissing
from park.rules import Rule
from park.time import day_of
from park.townships import find

from .entries import Entry, Receipt
from .levels import CLOCKS, DESK, Clock, Step
from .words import CLOSED, EntryKind, RequestState

GRACE = timedelta(days=1)


@record
class Situation:
    """An entry, and where the request stands when it happened."""

    entry: Entry
    state: RequestState
    received_at: datetime
    clock: Clock
    step: Step | None
    begun_on: date
    extended_to: date | None
    departments: tuple[str, ...]

    @property
    def extends(self) -> Step | None:
        """The step that the entry would extend."""
        return self.step if self.entry.kind is EntryKind.EXTENDED else None


def not_before_receipt(situation: Situation) -> Reason | None:
    """Nothing is done about a request before it is received."""
    if situation.entry.on >= day_of(situation.received_at):
        return None
    day = day_of(situation.received_at)
    return Reason("BEFORE_RECEIPT", f"The request was received on {day}; give that day or a later.")


def request_is_open(situation: Situation) -> Reason | None:
    """Who holds a request, and until when, is over with its answer; an answer may be amended."""
    needs_open = (EntryKind.HANDED_OVER, EntryKind.EXTENDED, EntryKind.WITHDRAWN)
    withdrawn = situation.state is RequestState.WITHDRAWN
    closed = situation.state in CLOSED and situation.entry.kind in needs_open
    if not withdrawn and not closed:
        return None
    return Reason(
        "REQUEST_CLOSED", f"The request is {situation.state}: reopen an answered one first."
    )


def request_is_answered(situation: Situation) -> Reason | None:
    """A firm rates an answer, and takes a request up again after one."""
    needs_answer = situation.entry.kind in (EntryKind.RATED, EntryKind.REOPENED)
    if not needs_answer or situation.state in CLOSED:
        return None
    return Reason("NOT_ANSWERED", "The request is not answered as yet.")


def office_is_in_charge(situation: Situation) -> Reason | None:
    """Only an office that holds the request answers it; before the first hand-over, anyone."""
    entry, holders = situation.entry, situation.departments
    if entry.kind is not EntryKind.ANSWERED or not holders or entry.department in holders:
        return None
    sentence = f"The request is with {', '.join(holders)}; hand it over to the office that answers."
    return Reason("NOT_IN_CHARGE", sentence, field="department")


def step_can_be_extended(situation: Situation) -> Reason | None:
    """Only where the clock has a longest period."""
    step = situation.extends
    if step is None or step.most_days is not None:
        return None
    days = f"{step.days} {step.unit} day{'' if step.days == 1 else 's'}"
    sentence = f"The step {step.name} has {days} and no extension."
    return Reason("NOT_EXTENDABLE", sentence, "until_on", situation.clock.source)


def extension_has_its_calendar(situation: Situation) -> Reason | None:
    """What cannot be counted cannot be extended."""
    try:
        _periods(situation)
    except CalendarMissing as missing:
        return missing.reasons[0]
    return None


def extension_within_the_most(situation: Situation) -> Reason | None:
    """No extension goes further than the longest period of its clock."""
    _, most = _known(situation)
    until_on = situation.entry.until_on
    if most is None or until_on is None or until_on <= most:
        return None
    sentence = f"The step can be extended to {most} at most."
    return Reason("EXTENDED_TOO_FAR", sentence, "until_on", situation.clock.source)


def extension_gives_time(situation: Situation) -> Reason | None:
    """An extension never takes time away."""
    due, _ = _known(situation)
    until_on = situation.entry.until_on
    if due is None or until_on is None or until_on > due:
        return None
    return Reason("EXTENSION_TOO_SHORT", f"The step is due on {due}; give a later day.", "until_on")


def extension_in_time(situation: Situation) -> Reason | None:
    """A period that is over is not extended."""
    due, _ = _known(situation)
    if due is None or situation.entry.on <= due:
        return None
    sentence = f"The step was due on {due}; it had to be extended by then."
    return Reason("EXTENDED_TOO_LATE", sentence, "at")


def extension_is_approved(situation: Situation) -> Reason | None:
    """Where the law asks for the approval of the head of the office."""
    step = situation.extends
    if step is None or not step.needs_approval or situation.entry.approved:
        return None
    sentence = "The head of the office must approve the extension: approved = true."
    return Reason("APPROVAL_MISSING", sentence, "approved", situation.clock.source)


TURN_RULES: tuple[Rule[Situation], ...] = (
    not_before_receipt,
    request_is_open,
    request_is_answered,
    office_is_in_charge,
    step_can_be_extended,
    extension_has_its_calendar,
    extension_within_the_most,
    extension_gives_time,
    extension_in_time,
    extension_is_approved,
)


def _periods(situation: Situation) -> tuple[date | None, date | None]:
    """When the step to be extended is due, and when at the latest it could be. Raises
    `CalendarMissing`."""
    step = situation.extends
    if step is None:
        return None, None
    due = situation.extended_to or step.last_day(situation.begun_on)
    return due, step.last_extended_day(situation.begun_on) if step.most_days else None


def _known(situation: Situation) -> tuple[date | None, date | None]:
    try:
        return _periods(situation)
    except CalendarMissing:
        return None, None


# --- what an entry says by itself, whoever reports it and in whatever order


@record
class Saying:
    """An entry about a request of a township, who sent it, and the day in the park."""

    service_request_id: str
    entry: Entry
    today: date

    @property
    def offices(self) -> Iterable[str]:
        named = (*self.entry.departments, self.entry.lead, self.entry.department)
        return dict.fromkeys(each for each in named if each)


def request_is_of_the_township(saying: Saying) -> Reason | None:
    """A township reports its own requests, and a request is filed with the township of its firm."""
    township, receipt = saying.service_request_id[:9], saying.entry.receipt
    if saying.entry.by not in ("desk", township):
        return Reason(
            "NOT_YOUR_TOWNSHIP",
            f"A township reports its own requests only: the id must begin with {saying.entry.by}-.",
            field="service_request_id",
        )
    if receipt is None or receipt.enterprise_id.startswith(f"{township}-"):
        return None
    return Reason(
        "REQUEST_OF_OTHER_TOWNSHIP",
        "File the request with the township of its firm: both ids begin with one code.",
        field="service_request_id",
    )


def entry_has_happened(saying: Saying) -> Reason | None:
    """What has not happened would outlast every true report; a day's grace for clocks that differ."""
    counted = saying.entry.receipt and saying.entry.receipt.counted_from
    if max(saying.entry.on, counted or date.min) <= saying.today + GRACE:
        return None
    return Reason("NOT_YET", "Give a day that has come.", field="counted_from" if counted else "at")


def topic_is_listed(saying: Saying) -> Reason | None:
    """Pain points are counted by topic, so a topic is a word of the list of its day."""
    receipt, topics = saying.entry.receipt, DESK.on(saying.entry.on).topics
    if receipt is None or receipt.topic in topics:
        return None
    return Reason("TOPIC_UNKNOWN", f"Give one of {', '.join(topics)}.", field="topic")


def clock_is_in_force(saying: Saying) -> Reason | None:
    """A legal clock runs for requests from the day on which its law is in force."""
    receipt, clocks = saying.entry.receipt, CLOCKS.on(saying.entry.on)
    if receipt is None or receipt.clock in clocks:
        return None
    sentence = f"On {saying.entry.on} the clocks are {', '.join(clocks)}."
    return Reason("CLOCK_NOT_IN_FORCE", sentence, field="clock")


def offices_are_listed(saying: Saying) -> Reason | None:
    """An office is a word of the list of its day, or a township by its code."""
    day, departments = saying.entry.on, DESK.on(saying.entry.on).departments
    if all(each in departments or find(each, day) for each in saying.offices):
        return None
    sentence = f"Give offices of the list, or townships by code: {', '.join(departments)}."
    return Reason("DEPARTMENT_UNKNOWN", sentence, field="departments")


SAYING_RULES: tuple[Rule[Saying], ...] = (
    request_is_of_the_township,
    entry_has_happened,
    topic_is_listed,
    clock_is_in_force,
    offices_are_listed,
)


# --- what the desk is told at once


def received_once(entry: Entry, receipt: Receipt | None) -> Reason | None:
    """An id is that of one request; who enters another firm's under it has taken a wrong one."""
    if entry.receipt is None or receipt is None:
        return None
    if receipt.enterprise_id == entry.receipt.enterprise_id:
        return None
    return Reason(
        "REQUEST_ID_IN_USE",
        "The request of another firm has this id; give another one, or none.",
        field="service_request_id",
    )


def deadline_is_known(at: datetime | None) -> Reason | None:
    """Without a last day there is no moment to ask about."""
    if at is not None:
        return None
    return Reason("NO_DEADLINE", "The request has no last day; say at which moment.", field="at")
