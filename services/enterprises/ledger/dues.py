"""What is due of requests, honours, capital and publicities, in the one form of all services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from park.dues.due import Asked, Counting, Due, DueRule, Reminded
from park.rulebook import Rulebook

from ..deadlines.told import AHEAD, CapitalStep, DeadlinesTold, capital_of
from ..honours.honours import Deadline, FirmHonours, HonourKind, deadlines
from ..profile.firm_profile import FirmProfile
from ..profile.rules import CapitalStanding
from ..requests.course import course_of
from ..requests.request import ServiceRequest
from ..requests.words import Unit
from ..rounds.round import Round
from ..rulebook import FOLDER

LEDGER = Rulebook(FOLDER / "ledger", dict[str, DueRule])
COUNTED = {Unit.WORKING: Counting.WORKING_DAYS, Unit.CALENDAR: Counting.CALENDAR_DAYS}


def of_request(request: ServiceRequest, asked: Asked) -> Due:
    """The step of an open request that runs, by its clock; without a day while a calendar is missing."""
    course = course_of(request.entries)
    step = course.step if course else None
    now = (request.round, request.step, request.due_on)
    told = [each for each in request.told if (each.round, each.step, each.due_on) == now]
    left = request.to_tell() if request.is_watched else {}
    clock = request.receipt.clock if request.receipt else ""
    extended = course.extended_to if course else None
    return _due(
        asked,
        thing="service_request",
        thing_id=request.service_request_id,
        what=request.step or "",
        about_id=request.enterprise_id,
        enterprise_ids=(request.enterprise_id,) if request.enterprise_id else (),
        holder=request.holder,
        township=request.township,
        due_on=request.due_on,
        rule=clock_rule(clock, request.step, extended),
        counting=COUNTED[step.unit] if step and not extended else Counting.NAMED,
        length=step.days if step and not extended else None,
        source=course.clock.source if course else "",
        reminded=tuple(Reminded(level=each.level.value, on=each.told_on) for each in told),
        next_reminder=asked.to_come(Reminded(level=e.value, on=day) for e, day in left.items()),
    )


def clock_rule(clock: str, step: str | None, extended_to: date | None) -> str:
    """The name of the rule that makes the day of a step."""
    return f"request_clocks: {clock}.{step}" + (", extended" if extended_to else "")


def of_honours(firm: FirmHonours, told: DeadlinesTold | None, asked: Asked) -> Iterator[Due]:
    """The ends and re-checks of the honours that stand on the day of the question."""
    known = {(each.honour, each.level, each.year, each.due): each for each in _told(told)}
    for each in deadlines(firm, asked.on, asked.until):
        name = f"{each.due}_by_term" if each.inferred else each.due
        rule, kind = LEDGER.on(each.due_on)[name], _kind(firm, each) if each.inferred else None
        before = known.get((each.honour, each.level, each.year, each.due))
        ahead = AHEAD.on(asked.on)
        days = ahead.expiry_days if each.due == "expiry" else ahead.recheck_days
        yield _by_rule(
            asked,
            replace(rule, source=kind.source) if kind else rule,
            ahead=(bool(before and before.due_on == each.due_on), each.due_on, days),
            thing="honour",
            thing_id=f"{firm.enterprise_id}:{each.honour}:{each.level.value}:{each.year}",
            what=each.due,
            about_id=firm.enterprise_id,
            enterprise_ids=(firm.enterprise_id,),
            township=firm.township,
            due_on=each.due_on,
            length=12 * kind.valid_years if kind and kind.valid_years else None,
        )


def of_capital(profile: FirmProfile, told: DeadlinesTold | None, asked: Asked) -> Iterator[Due]:
    """What has to be paid of the capital, or adjusted in its term."""
    standing, found = capital_of(profile, asked.on)
    for each in found:
        what = "adjust_capital_term" if each.level is CapitalStep.ADJUST else "pay_capital"
        rule, length = capital_rule(what, standing, each.due_on)
        days = AHEAD.on(asked.on).capital_days
        yield _by_rule(
            asked,
            rule,
            ahead=(
                any(known.is_of(each) for known in told.capital) if told else False,
                each.due_on,
                days,
            ),
            thing="capital",
            thing_id=profile.enterprise_id,
            what=what,
            about_id=profile.enterprise_id,
            enterprise_ids=(profile.enterprise_id,),
            township=profile.township,
            due_on=each.due_on,
            length=length,
        )


def capital_rule(what: str, standing: CapitalStanding, due_on: date) -> tuple[DueRule, int | None]:
    """The rule of a day of capital, by the law that holds, and how many months it gives; none where the
    articles of the company named an earlier day, or the law a day."""
    rule = replace(LEDGER.on(due_on)[what], source=standing.term.source)
    if rule.counting is not Counting.MONTHS:
        return rule, None
    if due_on == standing.last_day_by_law:
        return rule, 12 * (standing.term.within_years or 0)
    return replace(rule, counting=Counting.NAMED), None


def of_round(held: Round, asked: Asked) -> Due | None:
    """The last day on which objections to what a round has published are heard; then it is over, not late.
    A round is of several townships: each finds it under its own."""
    published = held.published
    if published is None or published.last < asked.on:
        return None
    rule = LEDGER.on(published.last)["objections"]
    return _by_rule(
        asked,
        replace(rule, source=f"{published.place}: {published.source}"),
        ahead=None,
        thing="round",
        thing_id=held.round_id,
        what="objections",
        township=asked.township if asked.township in held.townships else None,
        due_on=published.last,
        length=(published.last - published.first).days + 1,
    )


def _told(told: DeadlinesTold | None) -> tuple[Any, ...]:
    return told.honours if told else ()


def _kind(firm: FirmHonours, due: Deadline) -> HonourKind | None:
    """The kind of the honour, which has its term."""
    granted = (each for each in firm.honours if each.key == (due.honour, due.level, due.year))
    return next((each.kind for each in granted), None)


def _by_rule(
    asked: Asked, rule: DueRule, *, ahead: tuple[bool, date, int] | None, **of: Any
) -> Due:
    """What is due by this rule. `ahead` says whether somebody was told of it, of which day, and so many
    days before it."""
    told, due_on, days = ahead or (True, date.min, 0)
    days = min(days, (due_on - date.min).days)  # a day that was mistyped may be the first there is
    reminder = None if told else Reminded(level="ahead", on=due_on - timedelta(days=days))
    return _due(
        asked,
        **of,
        holder=rule.holder,
        rule=rule.rule,
        counting=rule.counting,
        source=rule.source,
        reminded=(Reminded(level="ahead"),) if ahead and told else (),
        next_reminder=reminder,
    )


def _due(asked: Asked, **of: Any) -> Due:
    return Due(service="enterprises", days_late=asked.days_late(of["due_on"]), **of)
