"""What became of the deadlines of requests and of capital, by their entries and by what was paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from park.dues.due import Counting, Due
from park.dues.outcome import Gone, NotCovered

from ..profile.firm_profile import FirmProfile
from ..profile.rulebook import CAPITAL_TERMS
from ..profile.rules import CapitalStanding, capital_standing, term_has_to_be_adjusted
from ..requests.course import StepRun, steps_run
from ..requests.request import AT_THE_DESK, ServiceRequest
from .dues import COUNTED, capital_rule, clock_rule

NOT_COVERED = (
    NotCovered(what="expiry", sentence="It only ends: nobody has to do anything by that day."),
    NotCovered(what="objections", sentence="It only ends: nobody has to object."),
    NotCovered(
        what="recheck",
        sentence="A re-check that was done is told as a new day in the place of the old one, which is not "
        "kept; those that are late are in the ledger.",
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
        enterprise_ids=(request.enterprise_id,) if request.enterprise_id else (),
        holder=course.lead or AT_THE_DESK,
        township=request.township,
        due_on=course.due_on,
        rule=clock_rule(course.receipt.clock, name, extended_to),
        counting=COUNTED[step.unit] if step and not extended_to else Counting.NAMED,
        length=step.days if step and not extended_to else None,
        source=course.clock.source,
    )


def of_capital(profile: FirmProfile, today: date) -> Gone | None:
    """What a firm subscribed, by the last day on which it pays, as known now. Where it was paid in another
    currency nobody knows whether all of it was."""
    standing = capital_standing(profile, today)
    due_on, since = standing.last_day, standing.since
    if due_on is None or since is None or standing.subscribed is None:
        return None
    due = _of_capital(profile, "pay_capital", standing, due_on)
    if standing.currencies_differ:
        return Gone(due=due, met_on=None, is_known=due_on >= today)
    if standing.unpaid:
        return Gone(due=due, met_on=None)
    return Gone(due=due, met_on=_paid_on(profile, since, today))


def of_capital_term(profile: FirmProfile, today: date) -> Gone | None:
    """The term of an older company that was longer than the law allows, or not known: adjusted from the first
    day on from which nothing of it is to be adjusted any more."""
    begun = {first for first in CAPITAL_TERMS.editions if first <= today}
    stated = {each.valid_from for each in profile.capital if each.valid_from <= today}
    days = sorted(begun | stated)
    asked = [day for day in days if term_has_to_be_adjusted(capital_standing(profile, day))]
    if not asked:
        return None
    standing = capital_standing(profile, asked[-1])
    due = _of_capital(profile, "adjust_capital_term", standing, standing.term.adjust_by)
    return Gone(due=due, met_on=next((day for day in days if day > asked[-1]), None))


def _of_capital(profile: FirmProfile, what: str, standing: CapitalStanding, due_on: date) -> Due:
    rule, length = capital_rule(what, standing, due_on)
    return Due(
        service="enterprises",
        thing="capital",
        thing_id=profile.enterprise_id,
        what=what,
        about_id=profile.enterprise_id,
        enterprise_ids=(profile.enterprise_id,),
        holder=rule.holder,
        township=profile.township,
        due_on=due_on,
        rule=rule.rule,
        counting=rule.counting,
        length=length,
        source=rule.source,
    )


def _paid_on(profile: FirmProfile, since: date, today: date) -> date:
    """The first day from which on nothing that is subscribed was left to pay."""
    days = sorted(
        {since, *(e.valid_from for e in profile.capital if since <= e.valid_from <= today)}
    )
    owing = [day for day in days if capital_standing(profile, day).unpaid != 0]
    return next(day for day in days if not owing or day > owing[-1])
