"""Steps of an application are recorded late, twice and in any order: where it ends is the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from park.rules import broken
from services.projects.talents.application import (
    ApplicationReport,
    TalentApplication,
    TalentStep,
    holds_on,
)
from services.projects.talents.plan import PlanLevel, PlanReport, TalentState
from services.projects.talents.rules import STEP_RULES, Stepping

from .office import COURSE, PROOF

NOW = datetime(2024, 1, 1, tzinfo=UTC)
PLAN = PlanReport(
    name="x",
    plan_level=PlanLevel.CITY,
    talent_categories=(),
    publicised_days=7,
    document="d",
    known_at=NOW,
)
APPLIED = ApplicationReport(
    talent_plan_id="p",
    talent_batch="27",
    talent_category="c",
    person_id="T-1",
    submitted_at=datetime(2023, 7, 10, tzinfo=UTC),
    evidence_ids=("form",),
    known_at=NOW,
)


def step(state: str) -> TalentStep:
    return TalentStep(
        talent_state=TalentState(state),
        entered_on=date.fromisoformat(COURSE[state]),
        evidence_kind=PROOF[state],
        evidence_ids=("doc",),
        known_at=NOW,
    )


def recorded(states: list[str]) -> TalentApplication:
    """Whoever is refused for a state that nothing leads to yet tries again when another was entered."""
    application = TalentApplication(talent_application_id="A1", application_reports=(APPLIED,))
    while states:
        waiting = []
        for state in states:
            said = step(state)
            stepping = Stepping(step=said, application=application, plan=PLAN, now=NOW)
            if broken(STEP_RULES, stepping):
                waiting.append(state)
            elif not said.says_as(application.step(said.talent_state)):
                application = application.with_step(said)
        assert len(waiting) < len(states)
        states = waiting
    return application


@settings(deadline=None)
@given(st.permutations([*COURSE]), st.lists(st.sampled_from([*COURSE]), max_size=4))
def test_an_application_ends_the_same_in_whatever_order_its_steps_are_recorded(states, copies):
    application, expected = recorded([*copies, *states]), recorded([*COURSE])
    assert application.path() == expected.path()
    assert len(application.talent_steps) == len(expected.talent_steps)
    assert application.talent_state is TalentState.APPROVED
    for day in map(date.fromisoformat, COURSE.values()):
        held = holds_on(application.path(), 36, day)
        assert held is holds_on(expected.path(), 36, day) is (day == date(2023, 9, 17))
