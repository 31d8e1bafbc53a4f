"""Why a project stands at its stage, and what the next one asks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from backbone.errors import Reason
from park.why.said import RuleOutcome, RuleSaid, all_said, said

from ..leads.lead import Stage
from .project import Project, StageEntry
from .rulebook import PIPELINE
from .rules import (
    Entering,
    is_over,
    loss_is_explained,
    path_holds,
    problems,
    skipped,
    stage_is_proved,
)


def rules_of(project: Project, today: date, now: datetime) -> Iterator[RuleSaid]:
    """What is wrong with its path, what shows the stages that may come next, and whether something is
    planned. `now` is the moment of the question."""
    source = PIPELINE.on(today).source
    yield from all_said(problems(project.path), RuleOutcome.WARNS, source)
    if over := is_over(project):
        yield said(over, RuleOutcome.BARS, source)
        return
    for stage in Stage:
        if project.record_of(stage) is None:
            entry = StageEntry(stage=stage, entered_on=today, recorded_at=now)
            yield from _gate(Entering(project=project, entry=entry, today=today), source)
    if project.missing_told or (project.is_open and project.next_step_on is None):
        yield _nothing_planned(project, source)


def _gate(entering: Entering, source: str) -> Iterator[RuleSaid]:
    """What a stage asks for that may come right after the one that the project is at."""
    stage = entering.entry.stage
    if path_holds(entering) or any(skipped(entering.path_after, stage)):
        return
    wanted = stage_is_proved(entering) or loss_is_explained(entering)
    if wanted:
        sentence = f"Next may come {stage}. {wanted.sentence}"
        yield said(replace(wanted, sentence=sentence), RuleOutcome.OPEN, source)


def _nothing_planned(project: Project, source: str) -> RuleSaid:
    """Its team is told once that nothing is planned, or will be."""
    since, told_on = project.next_step_on or project.idle_since, project.tell_missing_on
    told = "its team was told" if project.missing_told else f"its team is told on {told_on}"
    sentence = f"Nothing is planned since {since}; {told}. Set a next step."
    outcome = RuleOutcome.LATE if project.missing_told else RuleOutcome.OPEN
    return said(Reason("NEXT_STEP_MISSING", sentence, field="next_step_on"), outcome, source)
