"""What has to be done about a plot's soil, by whom and until when: one function for each article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from backbone.records import record
from park.time import months_later

from ..register.parcel import Parcel
from ..rulebook import SOIL_LAW
from ..words import LandUse
from .law import DUTIES, SoilDuties
from .record import SoilRecord
from .reports import ControlStep, RiskControl, SoilSurvey, Standard
from .rules import warnings_of
from .stages import LAW, MEASURES, SoilStage, Stay, stays_at


class Responsible(StrEnum):
    """Art. 45: the liable party, else the right holder; art. 68: after the land was recovered, the local
    government."""

    LIABLE_PARTY = "liable_party"
    RIGHT_HOLDER = "right_holder"
    LOCAL_GOVERNMENT = "local_government"


class DutyKind(StrEnum):
    SURVEY = "survey"
    RISK_ASSESSMENT = "risk_assessment"
    MEASURES = "measures"
    PERIODIC_REPORT = "periodic_report"
    EFFECT_ASSESSMENT = "effect_assessment"
    REMOVAL_APPLICATION = "removal_application"
    AFTER_CARE = "after_care"


@record
class Plot:
    """A plot on some day. `recovered_on` is when its right of use was recovered, if it was."""

    parcel: Parcel
    record: SoilRecord
    target_use: LandUse | None
    today: date
    recovered_on: date | None = None

    @property
    def law(self) -> SoilDuties:
        return DUTIES.on(self.today)


@record
class Duty:
    """`source` is the article that asks for it. `due_on` is known of periodic reports alone.
    `warnings` say what to look at in the survey that did it, and what a merge makes wanting."""

    duty: DutyKind
    source: str
    responsible: Responsible
    done: bool
    due_on: date | None = None
    after_care_conditions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def survey_before_sensitive_use(plot: Plot) -> Duty | None:
    """Art. 59: a survey is reviewed before land changes to residential or public use; in Zhejiang that is
    a class A plot [甲类地块]."""
    sensitive = SOIL_LAW.on(plot.today).sensitive_uses
    if plot.target_use not in sensitive or plot.parcel.land_use == plot.target_use:
        return None
    source = "; ".join(each for each in (f"{LAW} art. 59", plot.law.class_a_source) if each)
    return _survey(plot, source, done=bool(plot.record.soil and plot.record.soil.survey_reviewed))


def survey_of_key_unit(plot: Plot) -> Duty | None:
    """Art. 67: a key regulated unit files a survey before its land is recovered, transferred or changed."""
    if not plot.parcel.key_regulated_unit:
        return None
    filed = bool(plot.record.soil and plot.record.soil.survey_filed)
    return _survey(plot, f"{LAW} art. 67", done=filed)


def survey_of_suspected_plot(plot: Plot) -> Duty | None:
    """Art. 59: a survey is made where a risk was shown; and one that was begun is brought to its end."""
    asked = (SoilStage.SUSPECTED, SoilStage.PHASE_1, SoilStage.PRELIMINARY)
    return _survey(plot, f"{LAW} art. 59", done=False) if plot.record.stage in asked else None


def _survey(plot: Plot, source: str, *, done: bool) -> Duty:
    surveys = [each for each in plot.record.surveys if each.counts]
    warnings = [*survey_warnings(surveys[-1], plot)] if surveys and done else []
    warnings += [
        each.sentence for each in plot.record.survey_wanted if (each.source or "") in source
    ]
    return Duty(
        duty=DutyKind.SURVEY,
        source=source,
        responsible=responsible_for_land(plot),
        done=done,
        warnings=tuple(warnings),
    )


def survey_warnings(survey: SoilSurvey, plot: Plot) -> Iterator[str]:
    """What no rule bars: an old survey, one by the limits of the other class of land."""
    yield from warnings_of(survey, plot.today)
    standards = {finding.standard for finding in survey.findings}
    sensitive = plot.target_use in SOIL_LAW.on(plot.today).sensitive_uses
    if sensitive and Standard.GB36600_CLASS_2 in standards:
        yield "The survey used the limits of class 2 land (GB 36600-2018); this use is of class 1."


def risk_is_assessed(plot: Plot) -> Duty | None:
    """Art. 60: what a survey found above its limit goes to a risk assessment."""
    return _of_stage(plot, DutyKind.RISK_ASSESSMENT, "art. 60", SoilStage.DETAILED)


def registered_plot_is_acted_on(plot: Plot) -> Duty | None:
    """Arts. 62 and 64: the risk of a registered plot is controlled, or its soil is cleaned up."""
    return _of_stage(plot, DutyKind.MEASURES, "arts. 62, 64", SoilStage.REGISTERED)


def control_is_reported(plot: Plot) -> Duty | None:
    """Art. 62: a risk control is reported periodically."""
    period = open_period(plot.record, plot.law)
    if period is None:
        return None
    return Duty(
        duty=DutyKind.PERIODIC_REPORT,
        source=f"{LAW} art. 62",
        responsible=responsible_for_pollution(plot),
        done=False,
        due_on=due_day(plot.record, period, plot.law),
    )


def effect_is_assessed(plot: Plot) -> Duty | None:
    """Art. 65: another unit assesses the effect of what was done."""
    return _of_stage(plot, DutyKind.EFFECT_ASSESSMENT, "art. 65", *MEASURES)


def removal_is_applied_for(plot: Plot) -> Duty | None:
    """Art. 66: when the target was met the province is asked to take the plot off the registry."""
    return _of_stage(plot, DutyKind.REMOVAL_APPLICATION, "art. 66", SoilStage.EFFECT_ASSESSMENT)


def conditions_are_kept(plot: Plot) -> Duty | None:
    """Art. 42 (not confirmed): after-care [后期管理] where the removal has conditions."""
    return _of_stage(plot, DutyKind.AFTER_CARE, "art. 42", SoilStage.AFTER_CARE)


def _of_stage(plot: Plot, duty: DutyKind, article: str, *stages: SoilStage) -> Duty | None:
    if plot.record.stage not in stages:
        return None
    return Duty(
        duty=duty,
        source=f"{LAW} {article}",
        responsible=responsible_for_pollution(plot),
        done=False,
        after_care_conditions=plot.record.after_care_conditions,
    )


def responsible_for_land(plot: Plot) -> Responsible:
    """The survey is the right holder's; after recovery the local government's (art. 68)."""
    return Responsible.LOCAL_GOVERNMENT if plot.recovered_on else Responsible.RIGHT_HOLDER


def responsible_for_pollution(plot: Plot) -> Responsible:
    """Arts. 45 and 68: the liable party if it is known, else whoever has the land."""
    if plot.recovered_on or plot.record.liable_party is None:
        return responsible_for_land(plot)
    return Responsible.LIABLE_PARTY


SURVEY_DUTIES: tuple[Callable[[Plot], Duty | None], ...] = (
    survey_before_sensitive_use,
    survey_of_key_unit,
    survey_of_suspected_plot,
)
DUTY_RULES: tuple[Callable[[Plot], Duty | None], ...] = (
    *SURVEY_DUTIES,
    risk_is_assessed,
    registered_plot_is_acted_on,
    control_is_reported,
    effect_is_assessed,
    removal_is_applied_for,
    conditions_are_kept,
)


def duties_of(plot: Plot) -> Iterator[Duty]:
    return (duty for rule in DUTY_RULES if (duty := rule(plot)))


# --- the periods of a risk control, counted from its start, from 1


def due_day(record: SoilRecord, period: int, law: SoilDuties) -> date | None:
    """The last day of a period of the plot's risk control."""
    return record.since and months_later(record.since, period * law.control_report_months)


def open_period(record: SoilRecord, law: SoilDuties) -> int | None:
    """The first period after the one that was last reported in; none if no risk is controlled."""
    if record.stage is not SoilStage.RISK_CONTROL or record.since is None:
        return None
    days = [each.said.on for each in _control_reports(record)]
    return _period_of(max(days), record, law) + 1 if days else 1


def period_due(record: SoilRecord, today: date, law: SoilDuties) -> int | None:
    """The newest period whose report is missing and has to be asked for by now."""
    first = open_period(record, law)
    if first is None:
        return None
    last = _period_of(today + timedelta(days=law.told_days_before), record, law)
    ends = due_day(record, last, law)
    asked = last if ends and ends - timedelta(days=law.told_days_before) <= today else last - 1
    return asked if asked >= first else None


def periods_due(record: SoilRecord, law: SoilDuties) -> Iterator[tuple[date, date | None]]:
    """The last day of each period of every risk control that there was, with the day on which it was reported
    in: up to the open period, or to the last one that was over before the control was. A report answers for
    all periods up to its own that had none."""
    for control in stays_at(SoilStage.RISK_CONTROL, record.reports):
        days = sorted(each.said.on for each in _reports_of(control, record))
        begun, last = control.since, open_period(record, law) or 0
        for period in count(1):
            ends = months_later(control.since, period * law.control_report_months)
            if ends >= control.ended_on if control.ended_on else period > last:
                break
            yield ends, next((day for day in days if day > begun), None)
            begun = ends


def _control_reports(record: SoilRecord) -> list[RiskControl]:
    return _reports_of(Stay(record.since or date.max, None), record)


def _reports_of(control: Stay, record: SoilRecord) -> list[RiskControl]:
    last = control.ended_on or date.max
    return [
        each
        for each in record.risk_controls
        if each.counts
        and each.control_step is ControlStep.REPORTED
        and control.since < each.said.on <= last
    ]


def _period_of(day: date, record: SoilRecord, law: SoilDuties) -> int:
    """The period in which a day lies: its last day belongs to it."""
    period = 1
    while (ends := due_day(record, period, law)) is not None and day > ends:
        period += 1
    return period
