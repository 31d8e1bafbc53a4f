"""The stages of a plot's soil, and which report leads from where to where.

The stage follows from the set of reports, read by their days. A report that does not fit the stage
before it moves nothing and is shown as out of step; the registry alone is the province's word, which
holds even then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from backbone.errors import Reason
from backbone.records import record

from .reports import (
    Conclusion,
    EffectAssessment,
    Phase,
    RegistryEntry,
    Removal,
    RemovalStep,
    RiskAssessment,
    RiskControl,
    SoilCleanup,
    SoilReport,
    SoilSurvey,
    Suspicion,
    Unit,
)

LAW = "土壤污染防治法 (2018)"


class SoilStage(StrEnum):
    NONE = "none"
    SUSPECTED = "suspected"
    PHASE_1 = "phase_1"
    PRELIMINARY = "preliminary"
    DETAILED = "detailed"
    RISK_ASSESSMENT = "risk_assessment"
    CLEAR = "clear"
    REGISTERED = "registered"
    RISK_CONTROL = "risk_control"
    SOIL_CLEANUP = "soil_cleanup"
    EFFECT_ASSESSMENT = "effect_assessment"
    REMOVAL_APPLIED = "removal_applied"
    REMOVED = "removed"
    AFTER_CARE = "after_care"


# The national system's codes of a stage. S1 and S2 are also codes of a report's status: see `reports`.
CODE_OF: dict[SoilStage, str] = {
    SoilStage.SUSPECTED: "S0",
    SoilStage.PRELIMINARY: "S1",
    SoilStage.DETAILED: "S2",
    SoilStage.RISK_ASSESSMENT: "S3",
    SoilStage.RISK_CONTROL: "S4",
    SoilStage.SOIL_CLEANUP: "S5",
    SoilStage.EFFECT_ASSESSMENT: "S6",
}
BEGINNINGS = (SoilStage.NONE, SoilStage.SUSPECTED, SoilStage.CLEAR)
ENDINGS = (SoilStage.REMOVED, SoilStage.AFTER_CARE)
MEASURES = (SoilStage.RISK_CONTROL, SoilStage.SOIL_CLEANUP)
ON_REGISTRY = (
    SoilStage.REGISTERED,
    *MEASURES,
    SoilStage.EFFECT_ASSESSMENT,
    SoilStage.REMOVAL_APPLIED,
)
LOOKED_INTO = (SoilStage.PHASE_1, SoilStage.PRELIMINARY)
ASSESSED = (SoilStage.DETAILED, SoilStage.RISK_ASSESSMENT)
OPEN = (*LOOKED_INTO, *ASSESSED, *ON_REGISTRY)


@record
class Way:
    """From which stages a step leads where, by which article."""

    origins: tuple[SoilStage, ...]
    to: SoilStage
    source: str
    rank: int  # of the steps of one day the lower one comes first
    holds_anyway: bool = False


SURVEYABLE = (*BEGINNINGS, *ENDINGS, *LOOKED_INTO)
DETAILED_FROM = (SoilStage.PRELIMINARY, SoilStage.DETAILED)
WORKED_ON = (SoilStage.REGISTERED, *MEASURES, SoilStage.EFFECT_ASSESSMENT)
EFFECT_FROM = (*MEASURES, SoilStage.EFFECT_ASSESSMENT)
REMOVAL_FROM = (SoilStage.REMOVAL_APPLIED, *ENDINGS)
PHASE_2 = "HJ 25.1: phase 2 is a preliminary, then a detailed survey"


def _way(origins: tuple[SoilStage, ...], to: SoilStage, source: str, rank: int, **more: Any) -> Way:
    return Way(origins=origins, to=to, source=source, rank=rank, **more)


WAYS: dict[str, Way] = {
    "suspected": _way((*BEGINNINGS, *ENDINGS), SoilStage.SUSPECTED, f"{LAW} art. 59", 1),
    "phase_1:sampling_needed": _way(SURVEYABLE, SoilStage.PHASE_1, f"{LAW} art. 59", 2),
    "phase_1:phase_1_suffices": _way(SURVEYABLE, SoilStage.CLEAR, f"{LAW} art. 59", 2),
    "preliminary:detailed_survey_needed": _way(SURVEYABLE, SoilStage.PRELIMINARY, PHASE_2, 3),
    "preliminary:met": _way(SURVEYABLE, SoilStage.CLEAR, f"{LAW} art. 59", 3),
    "detailed:risk_assessment_needed": _way(DETAILED_FROM, SoilStage.DETAILED, PHASE_2, 4),
    "detailed:met": _way(DETAILED_FROM, SoilStage.CLEAR, PHASE_2, 4),
    "risk:acceptable": _way(ASSESSED, SoilStage.CLEAR, f"{LAW} art. 60", 5),
    "risk:not_acceptable": _way(ASSESSED, SoilStage.RISK_ASSESSMENT, f"{LAW} art. 60", 5),
    "control:started": _way(WORKED_ON, SoilStage.RISK_CONTROL, f"{LAW} art. 62", 8),
    "control:reported": _way(
        (SoilStage.RISK_CONTROL,), SoilStage.RISK_CONTROL, f"{LAW} art. 62", 9
    ),
    "cleanup": _way(WORKED_ON, SoilStage.SOIL_CLEANUP, f"{LAW} art. 64", 8),
    "effect:failed": _way(EFFECT_FROM, SoilStage.RISK_CONTROL, f"{LAW} art. 65", 10),
    "effect:passed": _way(EFFECT_FROM, SoilStage.EFFECT_ASSESSMENT, f"{LAW} art. 65", 10),
    "removal:applied": _way(
        (SoilStage.EFFECT_ASSESSMENT,), SoilStage.REMOVAL_APPLIED, f"{LAW} art. 66", 11
    ),
    "removal:refused": _way(
        (SoilStage.REMOVAL_APPLIED,), SoilStage.EFFECT_ASSESSMENT, f"{LAW} art. 66", 12
    ),
    "removal:granted": _way(
        REMOVAL_FROM, SoilStage.REMOVED, f"{LAW} art. 66", 13, holds_anyway=True
    ),
    "registry:removed": _way(
        REMOVAL_FROM, SoilStage.REMOVED, f"{LAW} art. 66", 14, holds_anyway=True
    ),
    # last of its day: of a plot that is removed and added on one day the worse holds
    "registry:added": _way(
        (SoilStage.RISK_ASSESSMENT, *ON_REGISTRY),
        SoilStage.REGISTERED,
        f"{LAW} arts. 58, 61",
        15,
        holds_anyway=True,
    ),
}


def step_of(report: SoilReport) -> str:
    """The step that a report is, a name of `WAYS`."""
    match report:
        case SoilSurvey():
            return f"{report.phase.value}:{report.conclusion.value}"
        case RiskAssessment():
            return "risk:acceptable" if report.acceptable else "risk:not_acceptable"
        case RegistryEntry():
            return f"registry:{report.change.value}"
        case RiskControl():
            return f"control:{report.control_step.value}"
        case SoilCleanup():
            return "cleanup"
        case EffectAssessment():
            return "effect:passed" if report.target_met else "effect:failed"
        case Removal():
            return f"removal:{report.removal_step.value}"
    return "suspected"


@record
class OutOfStep:
    """A report that does not follow from the stage before it. `holds` if it moved the stage even so,
    as what the province says of its registry does."""

    report: str
    soil_report_id: str
    holds: bool
    reasons: tuple[Reason, ...]


@record
class Position:
    """How far the reports up to some day have led. `since` is the day of the stage, `case_open` the last
    word on whether a soil case is open and the report that it came by."""

    stage: SoilStage = SoilStage.NONE
    since: date | None = None
    measure: SoilStage = SoilStage.REGISTERED
    conditions: tuple[str, ...] = ()
    contractors: tuple[Unit, ...] = ()
    in_step: tuple[SoilReport, ...] = ()
    out_of_step: tuple[OutOfStep, ...] = ()
    case_word: tuple[bool, SoilReport] | None = None

    def after(self, report: SoilReport) -> Position:
        """The position when this report is read next."""
        way = WAYS[step_of(report)]
        found = (
            follows_the_stage(self, report),
            assessor_did_the_cleanup(report, self.contractors),
        )
        reasons = tuple(reason for reason in found if reason)
        if not reasons:
            return self._moved(report, way)
        aside = OutOfStep(
            report=step_of(report),
            soil_report_id=report.soil_report_id,
            holds=way.holds_anyway,
            reasons=reasons,
        )
        moved = self._moved(report, way) if way.holds_anyway else self._warned(report, way)
        return replace(moved, out_of_step=(*moved.out_of_step, aside))

    def _moved(self, report: SoilReport, way: Way) -> Position:
        stage = self._stage_after(report, way)
        since = self.since if stage is self.stage else report.said.on
        return replace(
            self,
            stage=stage,
            since=since,
            measure=stage if stage in (*MEASURES, SoilStage.REGISTERED) else self.measure,
            conditions=self._conditions_after(report, stage),
            in_step=(*self.in_step, report),
            case_word=self._word_after(report, stage),
        )

    def _word_after(self, report: SoilReport, stage: SoilStage) -> tuple[bool, SoilReport] | None:
        """A suspicion alone neither opens a case nor closes one."""
        return self.case_word if isinstance(report, Suspicion) else (stage in OPEN, report)

    def _stage_after(self, report: SoilReport, way: Way) -> SoilStage:
        if isinstance(report, EffectAssessment) and not report.target_met:
            return self.measure  # what was done was not enough, and goes on
        if way.to is SoilStage.REGISTERED and self.stage in ON_REGISTRY:
            return self.stage  # a notice that names it again
        if way.to is SoilStage.REMOVED and (self._conditions_after(report, way.to)):
            return SoilStage.AFTER_CARE
        return way.to

    def _conditions_after(self, report: SoilReport, stage: SoilStage) -> tuple[str, ...]:
        if isinstance(report, Removal) and report.removal_step is RemovalStep.GRANTED:
            return report.after_care_conditions
        return self.conditions if stage in ENDINGS else ()

    def _warned(self, report: SoilReport, way: Way) -> Position:
        """Bad news opens a soil case, even out of step; good news closes none."""
        return replace(self, case_word=(True, report)) if way.to in OPEN else self


def follows_the_stage(position: Position, report: SoilReport) -> Reason | None:
    """A step leads on from certain stages; the article says which."""
    way = WAYS[step_of(report)]
    if position.stage in way.origins:
        return None
    origins = ", ".join(way.origins)
    return Reason(
        "OUT_OF_STEP",
        f"The plot was at the stage {position.stage}; {step_of(report)} follows {origins}.",
        source=way.source,
    )


def assessor_did_the_cleanup(report: SoilReport, contractors: Iterable[Unit]) -> Reason | None:
    """Art. 65: who did the soil cleanup does not judge its effect."""
    if not isinstance(report, EffectAssessment):
        return None
    if not any(report.assessor.is_the_same_as(contractor) for contractor in contractors):
        return None
    return Reason(
        "ASSESSOR_IS_CONTRACTOR",
        "The unit that assesses the effect did the soil cleanup; another one must assess it.",
        field="assessor",
        source=f"{LAW} art. 65",
    )


def position_of(reports: Iterable[SoilReport]) -> Position:
    """Where the reports have led: the same for any order in which they came."""
    *_, last = _positions(reports)
    return last


def _positions(reports: Iterable[SoilReport]) -> Iterator[Position]:
    """Where each report led, from a plot of which nothing was reported on."""
    counting = sorted((each for each in reports if each.counts), key=_turn)
    contractors = tuple(each.contractor for each in counting if isinstance(each, SoilCleanup))
    position = Position(contractors=contractors)
    yield position
    for report in counting:
        position = position.after(report)
        yield position


class Stay(NamedTuple):
    """A time that a plot was at a stage; it left it on `ended_on`, which is none while it is there."""

    since: date
    ended_on: date | None


def stays_at(stage: SoilStage, reports: Iterable[SoilReport]) -> list[Stay]:
    """Each time that the plot was at that stage, in their order."""
    found: list[Stay] = []
    before = Position()
    for position in _positions(reports):
        if position.stage is stage and before.stage is not stage and position.since:
            found.append(Stay(position.since, None))
        if before.stage is stage and position.stage is not stage:
            found[-1] = Stay(found[-1].since, position.since)
        before = position
    return found


def _turn(report: SoilReport) -> tuple[date, int, str]:
    return report.said.on, WAYS[step_of(report)].rank, report.soil_report_id


CONCLUSIONS: dict[Phase, tuple[Conclusion, ...]] = {
    Phase.PHASE_1: (Conclusion.PHASE_1_SUFFICES, Conclusion.SAMPLING_NEEDED),
    Phase.PRELIMINARY: (Conclusion.MET, Conclusion.DETAILED_SURVEY_NEEDED),
    Phase.DETAILED: (Conclusion.MET, Conclusion.RISK_ASSESSMENT_NEEDED),
}
