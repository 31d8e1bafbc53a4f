"""What became of the deadlines of requests and of capital, by their entries and by what was paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from park.dues.due import Counting, Due
from park.dues.outcome import Gone, NotCovered

from ..profile.firm_profile import FirmProfile
from ..profile.rules import capital_standing
from ..requests.course import StepRun, steps_run
from ..requests.request import AT_THE_DESK, ServiceRequest
from .dues import COUNTED, LEDGER, clock_rule

NOT_COVERED = (
    NotCovered(what="expiry", sentence="It only ends: nobody has to do anything by that day."),
    NotCovered(what="objections", sentence="It only ends: nobody has to object."),
    NotCovered(
        what="recheck",
        sentence="A re-check that was done is told as a new day in the place of the old one, which is not "
        "kept; those that are late are in the ledger.",
    ),
    NotCovered(
        what="adjust_capital_term",
        sentence="On which day a company adjusted its term is not kept; those that are late are in the "
        "ledger.",
    ),
)


def of_request(request: ServiceRequest) -> Iterator[Gone]:
    """Each step that ran, by its clock as it was when the step was done. A request that was withdrawn before
    the day of a step leaves nothing to be done."""
    for run in steps_run(request.entries):
        due = _of_step(request, run)
        withdrawn = run.given_up_on is not None
        if not withdrawn or (due.due_on and run.given_up_on and due.due_on < run.given_up_on):
            yield Gone(due=due, met_on=run.done_on, run_no=run.course.round)


def _of_step(request: ServiceRequest, run: StepRun) -> Due:
    course = run.course
    step, extended_to = course.step, course.extended_to
    name = step.name if step else ""
    return Due(
        service="enterprises",
        thing="service_request",
        thing_id=request.service_request_id,
        what=name,
        about_id=request.enterprise_id,
        holder=course.lead or AT_THE_DESK,
        township=request.township,
        due_on=course.due_on,
        rule=clock_rule(course.receipt.clock, name, extended_to),
        counting=COUNTED[step.unit] if step and not extended_to else Counting.NAMED,
        source=course.clock.source,
    )


def of_capital(profile: FirmProfile, today: date) -> Gone | None:
    """What a firm subscribed, by the last day on which it pays, as known now. Where it was paid in another
    currency nobody knows whether all of it was."""
    standing = capital_standing(profile, today)
    due_on, since = standing.last_day, standing.since
    if due_on is None or since is None or standing.subscribed is None:
        return None
    rule = LEDGER.on(due_on)["pay_capital"]
    due = Due(
        service="enterprises",
        thing="capital",
        thing_id=profile.enterprise_id,
        what="pay_capital",
        about_id=profile.enterprise_id,
        holder=rule.holder,
        township=profile.township,
        due_on=due_on,
        rule=rule.rule,
        counting=rule.counting,
        source=standing.term.source,
    )
    if standing.currencies_differ:
        return Gone(due=due, met_on=None, is_known=due_on >= today)
    if standing.unpaid:
        return Gone(due=due, met_on=None)
    return Gone(due=due, met_on=_paid_on(profile, since, today))


def _paid_on(profile: FirmProfile, since: date, today: date) -> date:
    """The first day from which on nothing that is subscribed was left to pay."""
    days = sorted(
        {since, *(e.valid_from for e in profile.capital if since <= e.valid_from <= today)}
    )
    owing = [day for day in days if capital_standing(profile, day).unpaid != 0]
    return next(day for day in days if not owing or day > owing[-1])
