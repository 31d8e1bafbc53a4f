"""The last days of applications, reviews, bonds and the contract, by the rules of a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from backbone.errors import Refused
from backbone.records import record

from ..periods.workdays import working_day_after, working_day_before
from .rulebook import BiddingLaw, DayRules, Number

DAY = timedelta(days=1)


@record
class LastDay:
    """The last lawful day of a step; none where the calendar of working days is missing, as `sentence` says
    then."""

    step: str
    day: date | None
    sentence: str
    source: str


def last_days(
    law: BiddingLaw,
    *,
    listing_ends_on: date,
    ended_on: date | None = None,
    is_sold: bool = False,
    applied_on: date | None = None,
    bond_refused_on: date | None = None,
) -> Iterator[LastDay]:
    """The last day of each step that the place bounds. `ended_on` is the day on which the bidding ended with
    its auction; what follows it counts from then. First days do not count (民法典 art. 201)."""
    days = law.days
    if days is None:
        return
    yield _applications(law, days, listing_ends_on)
    numbers_by = listing_ends_on - days.reviews_end_before_last_days.whole * DAY
    yield _day(law, days.reviews_end_before_last_days, "reviews", numbers_by)
    if applied_on:
        by = min(applied_on + days.review_days.whole * DAY, numbers_by)
        yield _day(law, days.review_days, "review_of_application", by)
    if bond_refused_on:
        by = bond_refused_on + days.refused_bond_days.whole * DAY
        yield _day(law, days.refused_bond_days, "refused_bond_return", by)
    if ended_on and is_sold:
        yield _working(law, days.contract_working_days, "contract", ended_on)
    if ended_on:
        yield _working(law, days.bond_return_working_days, "bond_return", ended_on)


def _applications(law: BiddingLaw, days: DayRules, listing_ends_on: date) -> LastDay:
    """Fujian art. 14: applications end before the last three working days of the listing."""
    rule = days.applications_end_before_last_working_days
    try:
        first_of_last = working_day_before(listing_ends_on + DAY, rule.whole)
    except Refused as problem:
        return _unknown(law, rule, "applications", problem)
    return _day(law, rule, "applications", first_of_last - DAY)


def _working(law: BiddingLaw, rule: Number, step: str, first: date) -> LastDay:
    try:
        return _day(law, rule, step, working_day_after(first, rule.whole))
    except Refused as problem:
        return _unknown(law, rule, step, problem)


def _day(law: BiddingLaw, rule: Number, step: str, day: date) -> LastDay:
    return LastDay(step=step, day=day, sentence=f"By {day}.", source=law.cite(rule))


def _unknown(law: BiddingLaw, rule: Number, step: str, problem: Refused) -> LastDay:
    sentence = problem.reasons[0].sentence
    return LastDay(step=step, day=None, sentence=sentence, source=law.cite(rule))
