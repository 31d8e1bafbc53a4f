"""What is due of land and of investment, in the one form of all services."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from park.dues.due import Asked, Counting, Due, DueRule, Reminded
from park.rulebook import Rulebook

from ..contests.entry import ContestEntry, SettlementLevel
from ..dues.due_step import REMINDERS, DueStep, StepKind
from ..handbook.hold import HoldEnd, PlotHold
from ..periods.counting import PERIODS
from ..pipeline.project import Project
from ..plans.offer_plan import OfferPlan, OfferPlanState
from ..plans.rulebook import PLAN_BOOK
from ..platforms.platform import Platform, PlatformTarget, reached_by, target_id_of
from ..policies.endings import EndStage, WhatEnds, first_told
from ..policies.policy import Policy
from ..rulebook import FOLDER

LEDGER = Rulebook(FOLDER / "ledger", dict[str, DueRule])
DAY = timedelta(days=1)
BY_BIDDERS = (StepKind.APPLICATIONS, StepKind.BONDS)  # their days only end


def of_step(step: DueStep, asked: Asked) -> Due:
    """A step of the ledger between a notice and its full capacity. Its reminders stand with the days on
    which they are told."""
    kind, due_on = step.supply_step, step.due_on
    levels = REMINDERS.on(due_on).get(kind, ()) if due_on else ()
    told = tuple(Reminded(level=e.level, on=e.told_on(due_on)) for e in levels if due_on)
    left = told[step.told :] if step.next_reminder else ()
    rule = _rule(kind.value, due_on)
    return _due(
        asked,
        by_period(rule, step),
        thing="due_step",
        thing_id=step.step_id,
        what=kind.value,
        about_id=step.parcel_id,
        township=step.township,
        due_on=due_on,
        length=step.working_days if rule.counting is Counting.WORKING_DAYS else None,
        stands_still=step.suspended,
        reminded=told[: step.told],
        next_reminder=asked.to_come(left),
    )


def by_period(rule: DueRule, step: DueStep) -> DueRule:
    """Where its working days are those of the law, the source is the law's."""
    if step.working_days is None or step.counted_from is None:
        return rule
    period = PERIODS.on(step.counted_from).get(step.supply_step.value)
    if period is None or period.days != step.working_days:
        return rule
    return replace(rule, rule=f"periods: {step.supply_step.value}", source=period.source)


def of_targets(platform: Platform, asked: Asked) -> Iterator[Due]:
    """The targets of a platform that are not reached by now. A miss is told on the day after."""
    known = platform.known()
    for target in platform.plans[-1].targets:
        if not target.met_by(reached_by(target, known, asked.on)):
            yield of_target(platform, target, asked)


def of_target(platform: Platform, target: PlatformTarget, asked: Asked) -> Due:
    """A target by its day, whether it is reached or not."""
    missed = {told.target_name: told.miss for told in platform.told}
    told = missed.get(target.target_name) is not None
    reminder = Reminded(level="missed", on=target.due_on + DAY)
    return _due(
        asked,
        _rule("target", target.due_on),
        thing="platform",
        thing_id=target_id_of(platform.platform_id, target.target_name),
        what="target",
        about_id=platform.platform_id,
        township=platform.township,
        due_on=target.due_on,
        reminded=(reminder,) if told else (),
        next_reminder=None if told else reminder,
    )


def of_policy(policy: Policy, asked: Asked) -> Iterator[Due]:
    """The last day of a policy, and of an exception of its review. One that has ended is over, not late."""
    last = {told.what_ends: told for told in policy.told}
    for what, ends_on in policy.endings().items():
        if ends_on is None or ends_on < asked.on:
            continue
        name = "policy_end" if what is WhatEnds.POLICY else "exception_end"
        told = last.get(what)
        reminder = Reminded(level=EndStage.ENDING.value, on=first_told(ends_on))
        is_told = told is not None and told.ends_on == ends_on and told.end_stage is not None
        ended = Reminded(
            level=EndStage.ENDED.value, on=ends_on + DAY if ends_on < date.max else ends_on
        )
        yield _due(
            asked,
            _rule(name, ends_on),
            thing="policy",
            thing_id=policy.policy_id,
            what=name,
            due_on=ends_on,
            reminded=(reminder,) if is_told else (),
            next_reminder=asked.to_come([ended] if is_told else [reminder, ended]),
        )


def of_hold(hold: PlotHold, township: str | None, asked: Asked) -> Due | None:
    """The last day on which a plot is kept for a project; after it the hold is over, not late."""
    if not hold.holds_on(asked.on):
        return None
    rule = replace(_rule("hold_end", hold.until_on), holder=hold.team)
    return _due(
        asked,
        rule,
        thing="plot_hold",
        thing_id=hold.listing_id,
        what="hold_end",
        about_id=hold.project_id,
        township=township,
        due_on=hold.until_on,
        next_reminder=Reminded(level=HoldEnd.EXPIRED.value, on=hold.expires_on),
    )


def of_settlement(entry: ContestEntry, asked: Asked) -> Due | None:
    """The day by which the winner of a contest is to have settled."""
    by = entry.settle_by_on
    if by is None or entry.in_time or entry.settled_on is not None:
        return None
    return settlement_due(entry, by, asked)


def settlement_due(entry: ContestEntry, by: date, asked: Asked) -> Due:
    """The settlement of a winner by its day, whether it is done or not."""
    told = entry.settlement_told
    levels = list(SettlementLevel)
    days = {SettlementLevel.DUE: entry.due_from, SettlementLevel.MISSED: by + DAY}
    said = levels.index(told.settlement_level) + 1 if told and told.settle_by_on == by else 0
    reminders = [Reminded(level=level.value, on=days[level]) for level in levels]
    return _due(
        asked,
        _rule("settlement", by),
        thing="contest_entry",
        thing_id=entry.contest_entry_id,
        what="settlement",
        about_id=entry.project_id,
        township=entry.last.township,
        due_on=by,
        reminded=tuple(reminders[:said]),
        next_reminder=asked.to_come(reminders[said:]),
    )


def of_next_step(project: Project, asked: Asked) -> Due | None:
    """What the team that has an open project in hand planned to do next."""
    day = project.next_step_on
    if day is None:
        return None
    rule = _rule("next_step", day)
    reminder = None if project.missing_told else project.tell_missing_on
    return _due(
        asked,
        replace(rule, holder=project.team or rule.holder),
        thing="project",
        thing_id=project.project_id,
        what="next_step",
        about_id=project.project_id,
        township=project.township,
        due_on=day,
        reminded=(Reminded(level="next_step_missing"),) if project.missing_told else (),
        next_reminder=Reminded(level="next_step_missing", on=reminder) if reminder else None,
    )


def of_offer_plan(plan: OfferPlan, asked: Asked) -> Due | None:
    """A submission that waits for its decision, or an approval that waits for its notice."""
    if plan.lies_from == date.max:
        return None
    decides = plan.state is OfferPlanState.SUBMITTED
    what = "decide_offer_plan" if decides else "publish_notice"
    reminder = Reminded(level="lies", on=plan.lies_from)
    return replace(
        offer_plan_due(plan, what, plan.last.since_on, asked),
        reminded=(reminder,) if plan.lies_told else (),
        next_reminder=None if plan.lies_told else reminder,
    )


def offer_plan_due(plan: OfferPlan, what: str, since_on: date, asked: Asked) -> Due:
    """A decision of a plan that was submitted on that day, or the notice of one that was approved then,
    whether it is done or not."""
    lies = PLAN_BOOK.on(since_on).lies_after_days
    days = lies.submitted if what == "decide_offer_plan" else lies.approved
    due_on = since_on + days * DAY
    return _due(
        asked,
        _rule(what, due_on),
        thing="offer_plan",
        thing_id=plan.listing_id,
        what=what,
        about_id=plan.parcel_id,
        township=plan.township,
        due_on=due_on,
        length=days,
    )


def _rule(name: str, due_on: date | None) -> DueRule:
    return LEDGER.on(due_on or date.max)[name]


def _due(asked: Asked, rule: DueRule, **of: Any) -> Due:
    return Due(
        service="projects",
        days_late=asked.days_late(of["due_on"]),
        holder=rule.holder,
        rule=rule.rule,
        counting=rule.counting,
        source=rule.source,
        **of,
    )
