"""What a report of the soil must keep to, and what is only worth a warning."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule
from park.time import months_later

from .law import DUTIES, SoilDuties
from .record import SoilRecord
from .reports import Conclusion, Finding, Medium, SoilReport, SoilSurvey
from .stages import CONCLUSIONS, LAW, assessor_did_the_cleanup


@record
class Situation:
    """A report, and the soil record that it comes to."""

    report: SoilReport
    record: SoilRecord

    @property
    def survey(self) -> SoilSurvey | None:
        return self.report if isinstance(self.report, SoilSurvey) else None


def conclusion_fits_phase(situation: Situation) -> Reason | None:
    """Each phase of a survey has conclusions of its own."""
    survey = situation.survey
    if survey is None or survey.conclusion in CONCLUSIONS[survey.phase]:
        return None
    return Reason(
        "CONCLUSION_OF_ANOTHER_PHASE",
        f"A survey of {survey.phase} concludes {' or '.join(CONCLUSIONS[survey.phase])}.",
        field="conclusion",
        source="HJ 25.1",
    )


def exceeded_soil_is_assessed(situation: Situation) -> Reason | None:
    """Art. 60: soil above its limit leads on to a risk assessment. Groundwater above its limit does not
    by itself: plots pass with it."""
    survey = situation.survey
    if survey is None or Medium.SOIL not in survey.exceeded_media:
        return None
    if survey.conclusion not in (Conclusion.MET, Conclusion.PHASE_1_SUFFICES):
        return None
    return Reason(
        "ART60_SOIL_EXCEEDS",
        "The soil is above a limit, so the survey cannot end here; give the next step as its conclusion.",
        field="conclusion",
        source=f"{LAW} art. 60",
    )


def finding_fits_figures(situation: Situation) -> Reason | None:
    """In soil a limit is a most: what is above it exceeds it. (In groundwater some are ranges.)"""
    survey = situation.survey
    wrong = [each.substance for each in survey.findings if _misread(each)] if survey else []
    if not wrong:
        return None
    return Reason(
        "FINDING_CONTRADICTS",
        f"`exceeded` and the figures differ for {', '.join(wrong)}; correct one of them.",
        field="findings",
        source="GB 36600-2018",
    )


def _misread(finding: Finding) -> bool:
    if finding.medium is not Medium.SOIL or finding.measured is None or finding.limit is None:
        return False
    return finding.exceeded != (finding.measured > finding.limit)


def days_are_in_order(situation: Situation) -> Reason | None:
    """A period ends on its first day or later."""
    survey = situation.survey
    for name in ("surveyed", "publicity") if survey else ():
        first, last = getattr(survey, f"{name}_from"), getattr(survey, f"{name}_to")
        if first and last and last < first:
            return Reason(
                "ENDS_BEFORE_IT_STARTS",
                f"{name}_to is before {name}_from; give a period.",
                field=f"{name}_to",
            )
    return None


def assessor_is_another_unit(situation: Situation) -> Reason | None:
    """Art. 65: who did the soil cleanup does not judge its effect."""
    return assessor_did_the_cleanup(situation.report, situation.record.contractors)


OWN_RULES: tuple[Rule[Situation], ...] = (
    conclusion_fits_phase,
    exceeded_soil_is_assessed,
    finding_fits_figures,
    days_are_in_order,
    assessor_is_another_unit,
)


def publicity_days_counted(survey: SoilSurvey) -> int | None:
    """How long a survey was public: both ends count."""
    if survey.publicity_from is None or survey.publicity_to is None:
        return None
    return (survey.publicity_to - survey.publicity_from).days + 1


def warnings_of(survey: SoilSurvey, today: date) -> Iterator[str]:
    """What an office should look at and no rule bars, a sentence each."""
    counted = publicity_days_counted(survey)
    if survey.publicity_days is not None and counted not in (None, survey.publicity_days):
        yield f"{survey.publicity_days} days of publicity are stated, and {counted} were counted."
    if survey.reviewed_on and survey.reviewed_on < survey.said.on:
        yield (
            f"The survey was concluded on {survey.said.on} and reviewed on {survey.reviewed_on}, "
            "before it; correct either."
        )
    if survey.filed_on and survey.reviewed_on and survey.filed_on < survey.reviewed_on:
        yield (
            f"The survey was filed on {survey.filed_on}, before it was reviewed on {survey.reviewed_on}; "
            "correct either."
        )
    law = DUTIES.on(today)
    if is_too_old(survey, today, law):
        years = law.survey_good_for_years
        yield f"The survey ended on {survey.surveyed_to}, more than {years} years ago."


def is_too_old(survey: SoilSurvey, today: date, law: SoilDuties) -> bool:
    """Whether it ended so many years ago that it should be looked at again."""
    good_for = 12 * law.survey_good_for_years
    return survey.surveyed_to is not None and today > months_later(survey.surveyed_to, good_for)
