"""The dated reports of which the soil record of a parcel is made.

Each has an id of its own [文号, 报告编号]; of two with one id the later one stands. Soil is *registered*
[名录] and cleaned up [修复]; remediation [整治] is another matter.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Self

from backbone.records import record

from ..words import Said


class ReportStatus(StrEnum):
    """How far a report is, in the national system. Its codes T1, S1, S2 are those of a *report*; S1 and
    S2 are also codes of a *stage* (`stages.CODE_OF`). So neither goes by its code here."""

    FILLING_IN = "filling_in"  # T1 填报
    COMPLETE = "complete"  # S1 填报完成
    RETURNED = "returned"  # S2 退改


class Phase(StrEnum):
    PHASE_1 = "phase_1"  # records, visit, interviews
    PRELIMINARY = "preliminary"  # phase 2, first sampling
    DETAILED = "detailed"  # phase 2, further sampling


class Conclusion(StrEnum):
    PHASE_1_SUFFICES = "phase_1_suffices"
    SAMPLING_NEEDED = "sampling_needed"
    MET = "met"  # fit for the planned use, no further survey
    DETAILED_SURVEY_NEEDED = "detailed_survey_needed"
    RISK_ASSESSMENT_NEEDED = "risk_assessment_needed"


class Medium(StrEnum):
    SOIL = "soil"
    GROUNDWATER = "groundwater"


class Standard(StrEnum):
    """By whose limits a finding was measured."""

    GB36600_CLASS_1 = "gb36600_class_1"  # sensitive land
    GB36600_CLASS_2 = "gb36600_class_2"  # industrial land among others
    GROUNDWATER_CLASS_3 = "groundwater_class_3"  # GB/T 14848
    GROUNDWATER_CLASS_4 = "groundwater_class_4"
    OTHER = "other"


class RegistryChange(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"  # a corrected copy of the notice names the plot no more


class ControlStep(StrEnum):
    STARTED = "started"
    REPORTED = "reported"  # the periodic report of art. 62


class RemovalStep(StrEnum):
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


@record
class Unit:
    """Who did the work, or who is liable for the pollution."""

    name: str
    uscc: str | None = None

    def is_the_same_as(self, other: Unit) -> bool:
        """By code where both have one, else by name."""
        if self.uscc and other.uscc:
            return self.uscc == other.uscc
        return "".join(self.name.split()) == "".join(other.name.split())


@record
class Finding:
    """One substance in one medium; `unit` is that of `measured` and `limit`."""

    medium: Medium
    substance: str
    exceeded: bool
    measured: Decimal | None = None
    limit: Decimal | None = None
    unit: str | None = None
    standard: Standard | None = None


@record
class SoilReport:
    """`kept_in` is where the soil record keeps reports of this kind; `day` is where a request or an
    event has the day that the report is about, which is `said.on`."""

    kept_in: ClassVar[str]
    day: ClassVar[str]

    soil_report_id: str
    said: Said
    report_status: ReportStatus = ReportStatus.COMPLETE
    evidence_ids: tuple[str, ...] = ()

    @property
    def other_days(self) -> dict[str, date | None]:
        """The days that it names besides its own, and that must have come, by field."""
        return {}

    @property
    def counts(self) -> bool:
        return self.report_status is ReportStatus.COMPLETE

    @property
    def proof_ids(self) -> tuple[str, ...]:
        """The report itself and the documents that it names."""
        return tuple(dict.fromkeys((self.soil_report_id, *self.evidence_ids)))

    def says_the_same_as(self, other: Self) -> bool:
        """Nothing but the event that brought it differs."""
        return replace(self, said=other.said) == other and self.said.on == other.said.on


@record
class Suspicion(SoilReport):
    """A plot that may be polluted [疑似地块], and why."""

    kept_in = "suspicions"
    day = "suspected_on"

    suspicion: str


@record
class SoilSurvey(SoilReport):
    """A survey; `said.on` is the day of its conclusion. `publicity_days` are those that were stated."""

    kept_in = "surveys"
    day = "concluded_on"

    phase: Phase
    conclusion: Conclusion
    surveyed_from: date | None = None
    surveyed_to: date | None = None
    publicity_from: date | None = None
    publicity_to: date | None = None
    publicity_days: int | None = None
    reviewed_on: date | None = None
    filed_on: date | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def other_days(self) -> dict[str, date | None]:
        return {"reviewed_on": self.reviewed_on, "filed_on": self.filed_on}

    @property
    def exceeded_media(self) -> tuple[Medium, ...]:
        exceeded = {finding.medium for finding in self.findings if finding.exceeded}
        return tuple(medium for medium in Medium if medium in exceeded)


@record
class RiskAssessment(SoilReport):
    kept_in = "risk_assessments"
    day = "assessed_on"

    acceptable: bool
    liable_party: Unit | None = None


@record
class RegistryEntry(SoilReport):
    """What a notice of the province says of the plot; `soil_report_id` is the batch of the notice."""

    kept_in = "registry_entries"
    day = "issued_on"

    change: RegistryChange

    @property
    def counts(self) -> bool:
        return self.change is not RegistryChange.WITHDRAWN


@record
class RiskControl(SoilReport):
    kept_in = "risk_controls"
    day = "controlled_on"

    control_step: ControlStep


@record
class SoilCleanup(SoilReport):
    """The plan [修复方案] is filed, not approved (art. 64)."""

    kept_in = "soil_cleanups"
    day = "cleanup_started_on"

    contractor: Unit
    plan_filed_on: date | None = None

    @property
    def other_days(self) -> dict[str, date | None]:
        return {"plan_filed_on": self.plan_filed_on}


@record
class EffectAssessment(SoilReport):
    kept_in = "effect_assessments"
    day = "assessed_on"

    assessor: Unit
    target_met: bool


@record
class Removal(SoilReport):
    """`after_care_conditions` are those of the after-care [后期管理], if it was granted with some."""

    kept_in = "removals"
    day = "removal_decided_on"

    removal_step: RemovalStep
    after_care_conditions: tuple[str, ...] = ()
