"""The path chart of a case: each step with its planned and its actual day, and who holds it now."""

from __future__ import annotations

from datetime import date, timedelta

from backbone.records import record
from park.rulebook import Rulebook

from ..remediation.case import Case
from ..remediation.course import CLOSED, Rest, Stage
from ..remediation.reports import Planned
from ..remediation.turns import TurnKind
from ..words import DisposalWay
from .legs import Leg, legs_of
from .lengths import PATHS, Lengths, PathStep
from .screened import Screened


@record
class Milestone:
    """A step that is done, under way, or still to come: then it has no `started_on`. `planned_on` is
    the day by which it should be done, later by the days of each suspension within it."""

    step: PathStep
    holder: str
    started_on: date | None
    planned_on: date
    done_on: date | None


@record
class CasePath:
    """The chart on one day. `step`, `holder` and `days_in_step` are those of the step under way, if
    there is one; the days of a suspension do not count, and while it lasts nothing is overdue.
    `screening` are the steps that led to the finding, where there were any."""

    case_id: str
    parcel_id: str
    township: str
    stage: Stage
    disposal_way: DisposalWay | None
    step: PathStep | None
    holder: str | None
    due_on: date | None
    days_in_step: int | None
    days_overdue: int
    milestones: tuple[Milestone, ...]
    source: str
    screening: tuple[Screened, ...] = ()


def path_of(
    case: Case,
    today: date,
    screening: tuple[Screened, ...] = (),
    rules: Rulebook[Lengths] = PATHS,
) -> CasePath:
    """The chart of the case, by the usual lengths of the day on which it was identified."""
    legs = legs_of(case)
    lengths = rules.on(legs[0].started_on if legs else today)
    rests = case.course.rests(today)
    milestones = _milestones(case, legs, rests, lengths, today)
    over = case.stage is Stage.CANCELLED or not legs or legs[-1].done_on
    now = None if over else milestones[len(legs) - 1]
    is_due = now and case.stage is not Stage.SUSPENDED
    days = (today - legs[-1].started_on).days - _rested(legs[-1], rests, today) if now else None
    return CasePath(
        case_id=case.case_id,
        parcel_id=case.parcel_id,
        township=case.township,
        stage=case.stage,
        disposal_way=case.disposal_way,
        step=now.step if now else None,
        holder=now.holder if now else None,
        due_on=now.planned_on if now else None,
        days_in_step=days,
        days_overdue=max(0, (today - now.planned_on).days) if now and is_due else 0,
        milestones=tuple(milestones),
        source=lengths.source,
        screening=screening,
    )


def _rested(leg: Leg, rests: list[Rest], today: date) -> int:
    """How many days of the leg the case was suspended."""
    end = leg.done_on or today
    return sum(max(0, (min(last, end) - max(first, leg.started_on)).days) for first, last in rests)


def _milestones(
    case: Case, legs: list[Leg], rests: list[Rest], lengths: Lengths, today: date
) -> list[Milestone]:
    found = [
        Milestone(
            step=leg.step,
            holder=lengths.steps[leg.step].usual(case.disposal_way).holder,
            started_on=leg.started_on,
            planned_on=_end(case, leg, lengths) + timedelta(days=_rested(leg, rests, today)),
            done_on=leg.done_on,
        )
        for leg in legs
    ]
    if not legs or case.stage in CLOSED:
        return found
    return found + _to_come(case, found[-1], lengths)


def _end(case: Case, leg: Leg, lengths: Lengths) -> date:
    """When the leg should be done, if nothing holds it up: work ends as the plan says."""
    usual = timedelta(days=usual_days(case, leg, lengths))
    return planned_end(case, leg) or leg.started_on + usual


def planned_end(case: Case, leg: Leg) -> date | None:
    """The day that the plan names for the end of the work; of work that began again it names none."""
    plan = case.in_force(Planned)
    is_first = leg.step is PathStep.WORK and leg.after is None
    return plan.planned_end_on if plan and is_first else None


def usual_days(case: Case, leg: Leg, lengths: Lengths) -> int:
    """How many calendar days the leg usually takes."""
    length = lengths.steps[leg.step]
    days = {
        None: None,
        TurnKind.RETURNED: length.days_after_return,
        TurnKind.REOPENED: length.days_after_reopening,
    }[leg.after]
    return days or length.usual(case.disposal_way).days


def _to_come(case: Case, last: Milestone, lengths: Lengths) -> list[Milestone]:
    """The steps after the one under way, each from the planned end of the one before it."""
    rest = list(PathStep)[list(PathStep).index(last.step) + 1 :]
    found, start = [], last.planned_on
    for step in rest:
        usual = lengths.steps[step].usual(case.disposal_way)
        end = _end(case, Leg(step=step, started_on=start), lengths)
        milestone = Milestone(
            step=step, holder=usual.holder, started_on=None, planned_on=end, done_on=None
        )
        found.append(milestone)
        start = end
    return found
