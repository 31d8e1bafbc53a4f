"""A case on a day: as its acceptances and turns up to then leave it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..campaign.outcome import Outcome, outcome_of
from ..remediation.case import Case


def case_on(case: Case, on: date) -> Case:
    """The case as it stood on the day, by what is known of it."""
    first, progressed = case.completed, case.progressed
    until = replace(
        case,
        completed=first if first and first.said.on <= on else None,
        completed_again=tuple(each for each in case.completed_again if each.said.on <= on),
        turns=tuple(each for each in case.turns if each.said.on <= on),
        progressed=progressed if progressed and progressed.said.on <= on else None,
    )
    return replace(until, stage=until.course.stage)


def outcome_on(case: Case, kept: Outcome, on: date) -> Outcome | None:
    """What the case added by the day; none if it had not been accepted, or that turned out to be void.
    `kept` has the lineage of its plot."""
    return outcome_of(case_on(case, on), kept.lineage, None)
