"""What became of the deadlines of land and of investment, by the things themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from park.dues.due import Asked, Due
from park.dues.outcome import Gone, NotCovered
from park.time import day_of

from ..contests.entry import ContestEntry
from ..dues.due_step import DueStep
from ..listings.notice import Notice
from ..plans.offer_plan import OfferPlan, Submission
from ..platforms.platform import (
    Platform,
    PlatformProgress,
    PlatformTarget,
    reached_by,
)
from . import dues

ONLY_ENDS = "It only ends: nobody has to do anything by that day."
NOT_COVERED = (
    NotCovered(
        what="applications, bonds",
        sentence="They only end: who had applied and paid by then, `applicants` answers.",
    ),
    NotCovered(what="hold_end", sentence=ONLY_ENDS),
    NotCovered(what="policy_end, exception_end", sentence=ONLY_ENDS),
    NotCovered(
        what="next_step",
        sentence="What is planned next takes the place of what was planned before, and nobody reports that "
        "it was done.",
    ),
)


def of_step(step: DueStep, was_open: bool, asked: Asked) -> Gone | None:
    """A step between a notice and full capacity that somebody has to do. `was_open` says whether one that
    was dropped since was open when its day was over: nothing is due of what was dropped before."""
    was_due = step.is_open or step.done_on or was_open
    if step.supply_step in dues.BY_BIDDERS or step.suspended or not was_due:
        return None
    return Gone(due=dues.of_step(step, asked), met_on=step.done_on)


def of_targets(platform: Platform, asked: Asked) -> Iterator[Gone]:
    """Each target of the plan that holds, met on the first day by whose end so much had landed or begun for
    certain."""
    known = platform.known()
    for target in platform.plans[-1].targets:
        due = dues.of_target(platform, target, asked)
        yield Gone(due=due, met_on=_reached_on(target, known, asked.on))


def _reached_on(
    target: PlatformTarget, known: tuple[PlatformProgress, ...], today: date
) -> date | None:
    days = sorted({each.happened_on for each in known if each.happened_on <= today})
    return next((day for day in days if target.met_by(reached_by(target, known, day))), None)


def of_settlement(entry: ContestEntry, asked: Asked) -> Gone | None:
    """The winner of a contest, who is to have settled."""
    by = entry.settle_by_on
    if by is None:
        return None
    return Gone(due=dues.settlement_due(entry, by, asked), met_on=entry.settled_on)


def of_offer_plan(plan: OfferPlan, notices: Iterable[Notice], asked: Asked) -> Iterator[Gone]:
    """Each submission, which waits for its decision, and each approval, which waits for its notice."""
    starts = sorted(each.notice_start_on for each in notices)
    over_on = [*(each.submitted_on for each in plan.submissions[1:]), None]
    for submission, next_on in zip(plan.submissions, over_on, strict=True):
        ended_on = min((d for d in (next_on, _ended_on(submission)) if d), default=None)
        yield from _decided(plan, submission, ended_on, asked)
        if submission.decision and submission.decision.approved:
            is_last = submission is plan.last
            yield from _noticed(plan, submission, ended_on, starts, is_last and plan.noticed, asked)


def _ended_on(submission: Submission) -> date | None:
    return day_of(submission.ended_at) if submission.ended_at else None


def _decided(
    plan: OfferPlan, submission: Submission, ended_on: date | None, asked: Asked
) -> Iterator[Gone]:
    decided_on = submission.decisions[0].decided_on if submission.decisions else None
    due = dues.offer_plan_due(plan, "decide_offer_plan", submission.submitted_on, asked)
    if decided_on or _was_due(due, ended_on):
        yield Gone(due=due, met_on=decided_on, run_no=submission.submission_no)


def _noticed(
    plan: OfferPlan,
    submission: Submission,
    ended_on: date | None,
    starts: Sequence[date],
    is_noticed: bool,
    asked: Asked,
) -> Iterator[Gone]:
    """That a notice followed is kept with the plan; its day with the offer that it began."""
    since = submission.since_on
    due = dues.offer_plan_due(plan, "publish_notice", since, asked)
    met_on = next((day for day in starts if since <= day <= (ended_on or date.max)), None)
    if met_on or is_noticed or _was_due(due, ended_on):
        is_known = met_on is not None or not is_noticed
        yield Gone(due=due, met_on=met_on, is_known=is_known, run_no=submission.submission_no)


def _was_due(due: Due, ended_on: date | None) -> bool:
    """Whether it still waited when its day was over."""
    return ended_on is None or (due.due_on is not None and due.due_on < ended_on)
