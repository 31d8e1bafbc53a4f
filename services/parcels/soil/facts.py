"""The facts of the soil, and when each is announced. Days in the park."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from backbone.records import record

from .duties import due_day, period_due
from .law import SoilDuties
from .record import SoilRecord
from .reports import Conclusion, ControlStep, Medium, Phase


@record
class SoilSurveyConcluded:
    """`parcels.soil_survey_concluded`: a survey was concluded, reviewed, filed or corrected.
    `exceeded_media` are those in which something is above its limit."""

    parcel_id: str
    township: str
    soil_report_id: str
    phase: Phase
    conclusion: Conclusion
    exceeded_media: tuple[Medium, ...]
    concluded_on: date
    reviewed_on: date | None
    filed_on: date | None


@record
class SoilRegistered:
    """`parcels.soil_registered`: the province put the plot on the registry. `soil_report_id` is the batch of
    its notice."""

    parcel_id: str
    township: str
    soil_report_id: str
    registered_on: date


@record
class SoilRegistryRemoved:
    """`parcels.soil_registry_removed`: the plot is off the registry, by a notice, by a decision on its
    own, or because a corrected notice names it no more."""

    parcel_id: str
    township: str
    soil_report_id: str
    removed_on: date


@record
class SoilReportDue:
    """`parcels.soil_report_due`: the periodic report of a risk control is due. `soil_report_id` is that of
    its last start, `period` counts from it, from 1."""

    parcel_id: str
    township: str
    soil_report_id: str
    period: int
    due_on: date


EMITTED = (SoilSurveyConcluded, SoilRegistered, SoilRegistryRemoved, SoilReportDue)


def facts_of(before: SoilRecord, after: SoilRecord) -> tuple[Any, ...]:
    """The facts of the step from `before` to `after`."""
    known = set(_surveys_of(before))
    surveys = (fact for fact in _surveys_of(after) if fact not in known)
    return (*surveys, *_registry_facts(before, after))


def _surveys_of(record: SoilRecord) -> Iterator[SoilSurveyConcluded]:
    for survey in record.surveys:
        if survey.counts:
            yield SoilSurveyConcluded(
                parcel_id=record.parcel_id,
                township=record.township,
                soil_report_id=survey.soil_report_id,
                phase=survey.phase,
                conclusion=survey.conclusion,
                exceeded_media=survey.exceeded_media,
                concluded_on=survey.said.on,
                reviewed_on=survey.reviewed_on,
                filed_on=survey.filed_on,
            )


def _registry_facts(before: SoilRecord, after: SoilRecord) -> Iterator[Any]:
    """One fact when the province's last word on the registry turns; an entry that was withdrawn takes
    the plot off it."""
    was, now = before.listing, after.listing
    last = now or (was and was._replace(on_registry=False))
    if last is None or (was and was.on_registry == last.on_registry):
        return
    ids = {"parcel_id": after.parcel_id, "township": after.township}
    soil_report_id, day = last.report.soil_report_id, last.report.said.on
    if last.on_registry:
        yield SoilRegistered(**ids, soil_report_id=soil_report_id, registered_on=day)
    else:
        yield SoilRegistryRemoved(**ids, soil_report_id=soil_report_id, removed_on=day)


def report_asked_for(
    record: SoilRecord, today: date, law: SoilDuties
) -> tuple[SoilRecord, SoilReportDue | None]:
    """The record once it was said that the report of a period of its risk control is due, and the fact of
    it; none if there is nothing to say, or it was said before."""
    period = period_due(record, today, law)
    due_on = due_day(record, period, law) if period else None
    if not period or not due_on or due_on <= (record.told_due_on or date.min):
        return record, None
    return replace(record, told_due_on=due_on), report_due_of(record, period, due_on)


def report_due_of(record: SoilRecord, period: int, due_on: date) -> SoilReportDue:
    """The fact that the report of a period of the plot's risk control is due."""
    started = [each for each in record.risk_controls if each.control_step is ControlStep.STARTED]
    return SoilReportDue(
        parcel_id=record.parcel_id,
        township=record.township,
        soil_report_id=started[-1].soil_report_id,
        period=period,
        due_on=due_on,
    )
