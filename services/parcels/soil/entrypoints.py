"""The soil: what is reported of it, the notices of the registry, and the duties that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from backbone import Collection, command, every, hears, query, reads
from backbone.errors import Reason
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel, Soil, joint_soil
from ..register.rules import not_yet, older_record
from ..register.schemas import RecordSoil
from ..rulebook import SOIL_LAW
from ..words import WAITS_FOR_PARCEL, Said
from . import facts, schemas
from .duties import Duty, Plot, duties_of
from .law import DUTIES
from .notice import NoticeAnswer, RegistryNotice
from .record import SoilAnswer, SoilRecord, answer_of
from .reports import (
    EffectAssessment,
    RegistryChange,
    RegistryEntry,
    Removal,
    RiskAssessment,
    RiskControl,
    SoilCleanup,
    SoilReport,
    SoilSurvey,
    Suspicion,
)
from .rules import OWN_RULES, Situation, warnings_of
from .stages import SoilStage
from .wanted import Merged, surveys_wanted

KEPT = (
    Collection(
        SoilRecord, key="parcel_id", filters=("township", "stage", "registered", "wants_survey")
    ),
    Collection(RegistryNotice, key="batch", orders=("issued_on",)),
)
EMITTED = facts.EMITTED
MOST_CONTROLS = 10_000  # risk controls that are looked at in one tick
LATER_STANDS = "a later report with this soil_report_id stands"


class SoilRecords(Reporting):
    """Keeps the soil record of each parcel; what the gates ask follows from it."""

    get_soil, list_soil, soil_history = reads(SoilRecord)
    get_registry_notice, list_registry_notices, registry_notice_history = reads(RegistryNotice)

    @hears("township", "soil.suspected", schemas.SoilSuspected)
    def suspect_soil(self, event: Event) -> str | None:
        """A township saw that a plot may be polluted."""
        return self._heard(event, Suspicion)

    @hears("township", "soil.surveyed", schemas.SoilSurveyed)
    def survey_soil(self, event: Event) -> str | None:
        """The soil of a plot was surveyed."""
        return self._heard(event, SoilSurvey)

    @command(RecordSoil, answers=Parcel)
    def record_soil(self, request: dict[str, Any]) -> Any:
        """The ecology desk records the soil of a parcel; releases follow."""
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        said = self._entered(request["recorded_on"], "recorded_on")
        plain = self._soil_record(parcel).plain
        refuse(older_record(replace(parcel, soil=plain), said))
        self.soil_said(parcel.parcel_id, Soil(**request["soil"], recorded=said))
        self._soil_changed(parcel)
        return self.store.dump(self.store.require(Parcel, parcel.parcel_id))

    @command(schemas.SoilSurveyed, answers=SoilAnswer)
    def record_soil_survey(self, request: dict[str, Any]) -> Any:
        """The ecology desk records a survey of the soil, or its review and filing."""
        return self._recorded(request, SoilSurvey)

    @command(schemas.RecordRiskAssessment, answers=SoilAnswer)
    def record_risk_assessment(self, request: dict[str, Any]) -> Any:
        """The ecology desk records whether the risk of a plot is acceptable."""
        return self._recorded(request, RiskAssessment)

    @command(schemas.RecordRiskControl, answers=SoilAnswer)
    def record_risk_control(self, request: dict[str, Any]) -> Any:
        """The ecology desk records that the risk of a plot is controlled, or a periodic report of it."""
        return self._recorded(request, RiskControl)

    @command(schemas.RecordSoilCleanup, answers=SoilAnswer)
    def record_soil_cleanup(self, request: dict[str, Any]) -> Any:
        """The ecology desk records a soil cleanup, its contractor and the filing of its plan."""
        return self._recorded(request, SoilCleanup)

    @command(schemas.RecordEffectAssessment, answers=SoilAnswer)
    def record_effect_assessment(self, request: dict[str, Any]) -> Any:
        """The ecology desk records whether the target of a risk control or a cleanup was met."""
        return self._recorded(request, EffectAssessment)

    @command(schemas.RecordSoilRemoval, answers=SoilAnswer)
    def record_soil_removal(self, request: dict[str, Any]) -> Any:
        """The ecology desk records that removal from the registry was applied for, granted or refused."""
        return self._recorded(request, Removal)

    @command(schemas.ApplySoilRegistryNotice, answers=NoticeAnswer)
    def apply_soil_registry_notice(self, request: dict[str, Any]) -> Any:
        """The ecology desk enters a notice of the province: which plots it added to the registry and
        which it removed. The same notice again changes nothing; a corrected copy replaces it."""
        notice = RegistryNotice(**request)
        said = self._entered(notice.issued_on, "issued_on")
        entries = notice.entries(said, self.store.get(RegistryNotice, notice.batch))
        unknown = [each for each in entries if not self._parcel_of(each).registered]
        changed = [each for each, entry in entries.items() if self._is_news(each, entry)]
        self.store.save(notice)
        for parcel_id in _to_keep(entries, changed):
            self._keep(self._parcel_of(parcel_id), entries[parcel_id])
        return _reply(notice.batch, entries, changed, unknown)

    @query(schemas.AskSoilDuties, answers=list[Duty])
    def soil_duties(self, request: dict[str, Any]) -> Any:
        """What has to be done about the soil of a parcel, by whom, and by which article; surveys for the
        `target_use`, or for the planned use of the parcel."""
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        plot = Plot(
            parcel=parcel,
            record=self._soil_record(parcel),
            target_use=request["target_use"] or parcel.planned_use,
            today=self.store.today,
            recovered_on=self.recovered_on(parcel),
        )
        return [self.store.dump(duty) for duty in duties_of(plot)]

    @every(3600)
    def announce_soil_reports_due(self, _: Event) -> None:
        """Say once for each period of a risk control that its report is due."""
        law = DUTIES.on(self.store.today)
        controlled = self.store.find(SoilRecord, limit=MOST_CONTROLS, stage=SoilStage.RISK_CONTROL)
        for record in controlled:
            after, fact = facts.report_asked_for(record, self.store.today, law)
            if fact:
                self.store.save(after)
                self.store.announce(fact)

    def soil_said(self, parcel_id: str, soil: Soil) -> None:
        """Keep what was said of all the soil of a parcel at once."""
        parcel = self.store.require(Parcel, parcel_id)
        self._save_soil(parcel, self._soil_record(parcel).with_plain(soil))

    def inherit_soil(self, parcel_id: str) -> None:
        """A parcel keeps what was and will be reported of the soil of those whose place it has taken. Of
        several its soil is as good as the worst: a survey of one of them is none of the others."""
        part = self.store.require(Parcel, parcel_id)
        wholes = [self.store.require(Parcel, each) for each in part.parents]
        reported = [self._soil_record(each) for each in wholes]
        if not any(each.reports or each.plain for each in reported):
            return
        copied = [part.soil] == [each.soil for each in wholes]  # no record of the part's own
        record = self._soil_record(replace(part, soil=None) if copied else part)
        several = len(wholes) > 1
        for whole in reported:
            record = record.with_reports_of(whole, surveys=not several)
        joint = joint_soil([each.soil for each in wholes]) if several else reported[0].plain
        record = record.with_plain(joint)
        if several:
            law = SOIL_LAW.on(self.store.today)
            merged = Merged(parcel=part, record=record, sources=tuple(reported), law=law)
            record = replace(record, survey_wanted=surveys_wanted(merged))
        self._save_soil(part, record)

    def recovered_on(self, parcel: Parcel) -> date | None:
        """When the right to use the parcel was recovered, if it was. The service knows."""
        raise NotImplementedError

    def _heard(self, event: Event, kind: type[SoilReport]) -> str | None:
        parcel, said = self._parcel(event), self._said(event, f"data.{kind.day}")
        report = kind(**event.data["report"], said=said)
        record = self._checked(parcel, report, "data.")
        note = _note(record, report, self.store.today)
        if parcel.registered or note == LATER_STANDS:
            return note
        return f"{note} It {WAITS_FOR_PARCEL}." if note else WAITS_FOR_PARCEL

    def _recorded(self, request: dict[str, Any], kind: type[SoilReport]) -> Any:
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        report = kind(**request["report"], said=self._entered(request["on"], kind.day))
        record = self._checked(parcel, report, "")
        return self.store.dump(answer_of(record, _note(record, report, self.store.today)))

    def _entered(self, on: date, field: str) -> Said:
        said = Said(on=on, at=self.store.now, event_id=self.store.cause.id)
        refuse(not_yet(said, self.store.today, field))
        return said

    def _checked(self, parcel: Parcel, report: SoilReport, place: str) -> SoilRecord:
        for field, day in report.other_days.items():
            if day:
                refuse(not_yet(replace(report.said, on=day), self.store.today, f"{place}{field}"))
        situation = Situation(report=report, record=self._soil_record(parcel))
        refuse(*(_placed(reason, place) for reason in broken(OWN_RULES, situation)))
        return self._keep(parcel, report)

    def _keep(self, parcel: Parcel, report: SoilReport) -> SoilRecord:
        before = self._soil_record(parcel)
        after = before.with_report(report)
        self._save_soil(parcel, after)
        self.store.announce(*facts.facts_of(before, after))
        self._soil_changed(parcel)
        return after

    def _soil_changed(self, parcel: Parcel) -> None:
        for parcel_id in self._with_heirs(parcel.parcel_id):
            self.parcel_changed(parcel_id)

    def _save_soil(self, parcel: Parcel, record: SoilRecord) -> None:
        self.store.save(record, replace(parcel, soil=record.soil))

    def _soil_record(self, parcel: Parcel) -> SoilRecord:
        return self.store.get(SoilRecord, parcel.parcel_id) or SoilRecord.of(parcel)

    def _parcel_of(self, parcel_id: str) -> Parcel:
        return self.store.get(Parcel, parcel_id) or Parcel.unknown(parcel_id)

    def _is_news(self, parcel_id: str, entry: RegistryEntry) -> bool:
        held = self._soil_record(self._parcel_of(parcel_id)).held(
            RegistryEntry, entry.soil_report_id
        )
        return held is None or not held.says_the_same_as(entry)


def _placed(reason: Reason, place: str) -> Reason:
    return replace(reason, field=reason.field and f"{place}{reason.field}")


def _note(record: SoilRecord, report: SoilReport, today: date) -> str | None:
    """What a receipt or an answer says of a report that was taken."""
    if record.held(type(report), report.soil_report_id) != report:
        return LATER_STANDS
    aside = [each for each in record.out_of_step if each.soil_report_id == report.soil_report_id]
    said = [reason.sentence for each in aside for reason in each.reasons]
    said += warnings_of(report, today) if isinstance(report, SoilSurvey) else ()
    return " ".join(said) or None


def _to_keep(entries: dict[str, RegistryEntry], changed: list[str]) -> list[str]:
    """What a notice changes. One that names a plot no more says the others anew, and before: of a part
    of that plot its own entry stands."""
    withdrawn = [each for each in changed if not entries[each].counts]
    if not withdrawn:
        return changed
    return [*(each for each, entry in entries.items() if entry.counts), *withdrawn]


def _reply(
    batch: str, entries: dict[str, RegistryEntry], changed: list[str], unknown: list[str]
) -> NoticeAnswer:
    def of(change: RegistryChange) -> list[str]:
        return [each for each in changed if entries[each].change is change]

    return NoticeAnswer(
        batch=batch,
        added=of(RegistryChange.ADDED),
        removed=of(RegistryChange.REMOVED),
        withdrawn=of(RegistryChange.WITHDRAWN),
        unchanged=[each for each in entries if each not in changed],
        unknown=unknown,
    )
