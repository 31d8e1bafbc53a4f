"""Which report leads the soil of a plot from where to where (§ by §), and what is out of step."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from services.parcels.soil.reports import (
    Conclusion,
    ControlStep,
    EffectAssessment,
    Phase,
    RegistryChange,
    RegistryEntry,
    Removal,
    RemovalStep,
    ReportStatus,
    RiskAssessment,
    RiskControl,
    SoilCleanup,
    SoilSurvey,
    Suspicion,
    Unit,
)
from services.parcels.soil.stages import (
    CODE_OF,
    CONCLUSIONS,
    WAYS,
    SoilStage,
    position_of,
    step_of,
)
from services.parcels.words import Said

NOON = datetime(2023, 9, 1, 4, tzinfo=UTC)
CLEANER, ASSESSOR = Unit(name="cleaner"), Unit(name="institute")
numbers = itertools.count(1)


def kept(kind, **more):
    number = next(numbers)
    day = date(2023, 1, 1) + timedelta(days=number)
    said = Said(on=day, at=NOON, event_id=f"e{number}")
    return kind(**{"soil_report_id": f"r{number}", "said": said} | more)


MAKE = {
    "suspected": lambda **m: kept(Suspicion, suspicion="old works", **m),
    **{
        f"{phase}:{conclusion}": lambda phase=phase, conclusion=conclusion, **m: kept(
            SoilSurvey, phase=phase, conclusion=conclusion, **m
        )
        for phase, conclusions in CONCLUSIONS.items()
        for conclusion in conclusions
    },
    "risk:acceptable": lambda **m: kept(RiskAssessment, acceptable=True, **m),
    "risk:not_acceptable": lambda **m: kept(RiskAssessment, acceptable=False, **m),
    "registry:added": lambda **m: kept(RegistryEntry, change=RegistryChange.ADDED, **m),
    "registry:removed": lambda **m: kept(RegistryEntry, change=RegistryChange.REMOVED, **m),
    "control:started": lambda **m: kept(RiskControl, control_step=ControlStep.STARTED, **m),
    "control:reported": lambda **m: kept(RiskControl, control_step=ControlStep.REPORTED, **m),
    "cleanup": lambda **m: kept(SoilCleanup, contractor=CLEANER, **m),
    "effect:passed": lambda **m: kept(
        EffectAssessment, **{"assessor": ASSESSOR, "target_met": True} | m
    ),
    "effect:failed": lambda **m: kept(
        EffectAssessment, **{"assessor": ASSESSOR, "target_met": False} | m
    ),
    "removal:applied": lambda **m: kept(Removal, removal_step=RemovalStep.APPLIED, **m),
    "removal:refused": lambda **m: kept(Removal, removal_step=RemovalStep.REFUSED, **m),
    "removal:granted": lambda **m: kept(Removal, removal_step=RemovalStep.GRANTED, **m),
}
NEEDED = "preliminary:detailed_survey_needed"
RISKY = "detailed:risk_assessment_needed"
TO_DETAILED = [NEEDED, RISKY]
TO_REGISTERED = [*TO_DETAILED, "risk:not_acceptable", "registry:added"]
TO_EFFECT = [*TO_REGISTERED, "cleanup", "effect:passed"]
TO_REMOVED = [*TO_EFFECT, "removal:applied", "registry:removed"]


def after(*steps):
    return position_of([MAKE[step]() for step in steps])


def test_the_table_knows_every_step_and_each_step_names_itself():
    assert MAKE.keys() == WAYS.keys()
    assert {step: step_of(make()) for step, make in MAKE.items()} == {step: step for step in MAKE}


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        ([], "none"),
        (["suspected"], "suspected"),
        (["suspected", "phase_1:sampling_needed"], "phase_1"),
        (["phase_1:phase_1_suffices"], "clear"),
        (["phase_1:sampling_needed", "preliminary:met"], "clear"),
        (["preliminary:met"], "clear"),
        ([NEEDED], "preliminary"),
        (TO_DETAILED, "detailed"),
        ([NEEDED, "detailed:met"], "clear"),
        ([*TO_DETAILED, "risk:acceptable"], "clear"),
        ([*TO_DETAILED, "risk:not_acceptable"], "risk_assessment"),
        (TO_REGISTERED, "registered"),
        ([*TO_REGISTERED, "control:started"], "risk_control"),
        ([*TO_REGISTERED, "control:started", "control:reported"], "risk_control"),
        ([*TO_REGISTERED, "cleanup"], "soil_cleanup"),
        ([*TO_REGISTERED, "control:started", "effect:failed"], "risk_control"),
        ([*TO_REGISTERED, "cleanup", "effect:failed"], "soil_cleanup"),
        ([*TO_EFFECT, "effect:failed"], "soil_cleanup"),
        ([*TO_EFFECT, "cleanup"], "soil_cleanup"),
        (TO_EFFECT, "effect_assessment"),
        ([*TO_EFFECT, "registry:added"], "effect_assessment"),
        ([*TO_EFFECT, "removal:applied"], "removal_applied"),
        ([*TO_EFFECT, "removal:applied", "removal:refused"], "effect_assessment"),
        ([*TO_EFFECT, "removal:applied", "removal:granted"], "removed"),
        ([*TO_EFFECT, "removal:applied", "removal:granted", "registry:removed"], "removed"),
        (TO_REMOVED, "removed"),
        ([*TO_REMOVED, "suspected"], "suspected"),
        ([*TO_REMOVED, "preliminary:met"], "clear"),
        (["phase_1:phase_1_suffices", "suspected"], "suspected"),
    ],
)
def test_reports_that_follow_each_other_lead_on(steps, stage):
    position = after(*steps)

    assert (position.stage, position.out_of_step) == (stage, ())


@pytest.mark.parametrize(
    ("steps", "stage", "opens"),
    [
        ([RISKY], "none", True),
        (["detailed:met"], "none", False),
        (["risk:not_acceptable"], "none", True),
        ([NEEDED, "risk:acceptable"], "preliminary", True),
        (["cleanup"], "none", True),
        (["control:started"], "none", True),
        ([*TO_DETAILED, "risk:not_acceptable", "control:started"], "risk_assessment", True),
        ([*TO_REGISTERED, "control:reported"], "registered", True),
        ([*TO_REGISTERED, "effect:passed"], "registered", True),
        ([*TO_REGISTERED, "removal:applied"], "registered", True),
        ([*TO_EFFECT, "removal:refused"], "effect_assessment", True),
        ([*TO_REGISTERED, "preliminary:met"], "registered", True),
        ([*TO_REGISTERED, "suspected"], "registered", True),
    ],
)
def test_a_report_that_does_not_follow_moves_nothing_and_is_shown(steps, stage, opens):
    position = after(*steps)

    assert position.stage == stage
    (aside,) = position.out_of_step
    assert (aside.report, aside.holds) == (steps[-1], False)
    assert (aside.reasons[0].code, aside.reasons[0].source) == (
        "OUT_OF_STEP",
        WAYS[steps[-1]].source,
    )
    assert bool(position.case_word and position.case_word[0]) is opens


@pytest.mark.parametrize(
    ("steps", "stage"),
    [
        (["registry:added"], "registered"),
        (["preliminary:met", "registry:added"], "registered"),
        (["registry:added", "registry:removed"], "removed"),
        ([*TO_REGISTERED, "removal:granted"], "removed"),
        ([*TO_REMOVED, "registry:added"], "registered"),
    ],
)
def test_what_the_province_says_of_its_registry_holds_even_out_of_step(steps, stage):
    position = after(*steps)

    assert position.stage == stage
    assert position.out_of_step[-1].holds


def test_a_removal_with_conditions_leads_to_after_care_and_the_notice_keeps_them():
    before = [MAKE[step]() for step in [*TO_EFFECT, "removal:applied"]]
    granted = MAKE["removal:granted"](after_care_conditions=("no wells",))
    notice = MAKE["registry:removed"]()

    position = position_of([*before, granted, notice])

    assert (position.stage, position.conditions) == ("after_care", ("no wells",))
    assert position_of([*before, granted, notice, MAKE["preliminary:met"]()]).conditions == ()


def test_a_suspicion_alone_neither_opens_nor_closes_a_case():
    assert after("suspected").case_word is None
    assert after("preliminary:met", "suspected").case_word[0] is False


def test_the_assessor_of_a_cleanup_is_another_unit_even_if_the_cleanup_is_reported_later():
    before = [MAKE[step]() for step in [*TO_REGISTERED, "cleanup"]]
    own = MAKE["effect:passed"](assessor=CLEANER)

    position = position_of([own, *before])

    assert position.stage == "soil_cleanup"
    assert [reason.code for reason in position.out_of_step[0].reasons] == ["ASSESSOR_IS_CONTRACTOR"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("A works", None), ("Aworks", None), True),
        (("A works", None), ("B works", None), False),
        (("A works", "91330604XXXX00019D"), ("B works", "91330604XXXX00019D"), True),
        (("A works", "91330604XXXX00019D"), ("A works", "91330600XXXX00017C"), False),
        (("A works", "91330604XXXX00019D"), ("A works", None), True),
    ],
)
def test_units_are_the_same_by_code_where_both_have_one_and_else_by_name(one, other, same):
    first, second = (Unit(name=name, uscc=uscc) for name, uscc in (one, other))

    assert first.is_the_same_as(second) is second.is_the_same_as(first) is same


@pytest.mark.parametrize("status", [ReportStatus.FILLING_IN, ReportStatus.RETURNED])
def test_a_report_that_is_not_complete_moves_nothing(status):
    assert position_of([MAKE[NEEDED](report_status=status)]).stage == "none"


def test_a_stage_and_the_status_of_a_report_share_codes_and_no_words():
    assert [CODE_OF[stage] for stage in SoilStage if stage in CODE_OF] == [
        "S0", "S1", "S2", "S3", "S4", "S5", "S6",
    ]  # fmt: skip
    assert not set(SoilStage) & set(ReportStatus)


def test_on_one_day_the_steps_go_in_their_order_and_the_worse_word_on_the_registry_is_last():
    said = Said(on=date(2023, 5, 1), at=NOON, event_id="e")
    steps = [*TO_DETAILED, "risk:not_acceptable", "registry:removed", "registry:added"]

    position = position_of([MAKE[step](said=said) for step in reversed(steps)])

    assert position.stage == "registered"
    assert [aside.report for aside in position.out_of_step] == [
        "registry:removed",
        "registry:added",
    ]


@pytest.mark.parametrize("phase", Phase)
def test_each_phase_has_two_conclusions_of_its_own(phase):
    assert len(CONCLUSIONS[phase]) == 2
    assert set(CONCLUSIONS[phase]) <= set(Conclusion)
