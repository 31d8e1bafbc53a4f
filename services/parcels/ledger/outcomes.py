"""What became of the deadlines of cases, decisions of the meeting and registered soil, by their reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from park.dues.due import Counting, Due
from park.dues.outcome import Gone, NotCovered

from ..bulletins.meeting import Decision, closing_of, is_pending
from ..paths.legs import legs_of
from ..paths.lengths import PathStep
from ..paths.path import CasePath, Milestone, path_of
from ..remediation.case import Case
from ..remediation.course import Stage
from ..remediation.reports import Completed
from ..remediation.turns import Turn, TurnKind
from ..soil.duties import Plot, periods_due
from .dues import PARCELS, decision_due, of_leg, periodic_report

NOT_COVERED = (
    NotCovered(what="lease_end", sentence="It only ends: nobody has to do anything by that day."),
    NotCovered(
        what="idle_1y, idle_2y, idle_stopped",
        sentence="It only ends: the land is idle from the day after it.",
    ),
)


def of_case(case: Case, today: date) -> Iterator[Gone]:
    """Each step that the case went through, and the one that it is in. Of a case that is suspended, or was
    cancelled before the day, nothing is due; work that began anew before it was done was never done."""
    path, legs = path_of(case, today), legs_of(case)
    runs: Counter[PathStep] = Counter()
    for leg, milestone in zip(legs, path.milestones, strict=False):  # the rest is still to come
        runs[milestone.step] += 1
        due = of_leg(_of_milestone(path, milestone), case, legs[0], leg)
        if milestone.done_on or _was_due(case, milestone):
            yield Gone(due=due, met_on=milestone.done_on, run_no=runs[milestone.step])


def _was_due(case: Case, milestone: Milestone) -> bool:
    """Whether somebody had to do an open step by its day."""
    if case.stage is Stage.CANCELLED:
        turns = (each for each in case.course.taken if isinstance(each, Turn))
        ended = [each.said.on for each in turns if each.kind is TurnKind.CANCELLED]
        return bool(ended) and milestone.planned_on < ended[-1]
    return case.stage is not Stage.SUSPENDED


def _of_milestone(path: CasePath, milestone: Milestone) -> Due:
    return Due(
        service=PARCELS,
        thing="case",
        thing_id=path.case_id,
        what=milestone.step.value,
        about_id=path.parcel_id,
        holder=milestone.holder,
        township=path.township,
        due_on=milestone.planned_on,
        rule=f"paths: {milestone.step.value}",
        counting=Counting.CALENDAR_DAYS,
        source=path.source,
    )


def of_decision(decision: Decision, case: Case) -> Gone | None:
    """A decision with a day, met by the first acceptance of its case since the meeting. Of a case that was
    closed already, or was cancelled by that day, nothing was due."""
    due_on, closing = decision.due_on, closing_of(decision, case)
    if due_on is None:
        return None
    due = decision_due(decision, due_on, case)
    if isinstance(closing, Completed):
        return Gone(due=due, met_on=closing.said.on)
    was_due = due_on < closing.said.on if closing else is_pending(decision, case, date.max)
    return Gone(due=due, met_on=None) if was_due else None


def of_soil(plot: Plot) -> Iterator[Gone]:
    """Each periodic report of every risk control that there was."""
    for number, (due_on, reported_on) in enumerate(periods_due(plot.record, plot.law), start=1):
        yield Gone(due=periodic_report(plot, due_on), met_on=reported_on, run_no=number)
