"""Stages are recorded late, twice and in any order: where the project is in the end is the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from park.rules import broken
from services.projects.leads.lead import Stage
from services.projects.pipeline.counts import Span, stage_counts
from services.projects.pipeline.project import Project, StageEntry, StageEvidence
from services.projects.pipeline.rules import STAGE_RULES, Entering

from .desk import PROOF

NOON, TODAY = datetime(2023, 12, 1, 4, tzinfo=UTC), date(2023, 12, 1)
DAYS = {
    Stage.NEGOTIATING: date(2023, 2, 1),
    Stage.UNDER_REVIEW: date(2023, 3, 1),
    Stage.SIGNED: date(2023, 4, 1),
    Stage.LANDED: date(2023, 4, 1),
    Stage.PREMISES_LEASED: date(2023, 5, 1),
    Stage.CONSTRUCTION_STARTED: date(2023, 6, 1),
    Stage.IN_PRODUCTION: date(2023, 10, 1),
}


def entry(stage: Stage, day: date) -> StageEntry:
    proof = (StageEvidence(kind=PROOF[stage], reference="doc"),)
    return StageEntry(stage=stage, entered_on=day, recorded_at=NOON, evidence=proof)


def recorded(stages: list[Stage]) -> Project:
    """Whoever is refused for a stage that is not there yet tries again when another was entered."""
    first = entry(Stage.LEAD, date(2023, 1, 1))
    project = Project(project_id="p", name="x", idle_since=first.entered_on, entries=(first,))
    while stages:
        waiting = []
        for stage in stages:
            said = entry(stage, DAYS[stage])
            if broken(STAGE_RULES, Entering(project=project, entry=said, today=TODAY)):
                waiting.append(stage)
            elif not said.says_as(project.record_of(stage)):
                project = project.with_entry(said)
        assert len(waiting) < len(stages)
        stages = waiting
    return project


@given(st.permutations([*DAYS]), st.lists(st.sampled_from([*DAYS]), max_size=4))
def test_a_project_ends_the_same_in_whatever_order_its_stages_are_recorded(stages, copies):
    project, expected = recorded([*copies, *stages]), recorded([*DAYS])
    assert project.path == expected.path
    assert len(project.entries) == len(expected.entries)
    for day in DAYS.values():
        span = Span(on=day)
        assert stage_counts([project], span) == stage_counts([expected], span)
