"""The soil record of a parcel: every report about its soil, and what follows from all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any, NamedTuple

from backbone.errors import Reason
from backbone.records import record

from ..register.parcel import NEVER, Parcel, Soil
from ..words import Said, township_of
from .reports import (
    EffectAssessment,
    RegistryChange,
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
from .stages import CODE_OF, OutOfStep, Position, SoilStage, position_of


@record
class SoilRecord:
    """`plain` is the newest record that says all of the soil at once, by the ecology desk or with a
    survey of the parcel. `stage`, `since`, `stage_code`, `registered`, `after_care_conditions`,
    `out_of_step` and `soil` follow from the reports; `told_due_on` is the last due day that was
    announced; `survey_wanted` says why a merged parcel needs a survey of all its land."""

    parcel_id: str
    township: str
    stage: SoilStage = SoilStage.NONE
    stage_code: str | None = None
    since: date | None = None
    registered: bool = False
    soil: Soil | None = None
    plain: Soil | None = None
    suspicions: tuple[Suspicion, ...] = ()
    surveys: tuple[SoilSurvey, ...] = ()
    risk_assessments: tuple[RiskAssessment, ...] = ()
    registry_entries: tuple[RegistryEntry, ...] = ()
    risk_controls: tuple[RiskControl, ...] = ()
    soil_cleanups: tuple[SoilCleanup, ...] = ()
    effect_assessments: tuple[EffectAssessment, ...] = ()
    removals: tuple[Removal, ...] = ()
    after_care_conditions: tuple[str, ...] = ()
    out_of_step: tuple[OutOfStep, ...] = ()
    told_due_on: date | None = None
    survey_wanted: tuple[Reason, ...] = ()

    @property
    def wants_survey(self) -> bool:
        return bool(self.survey_wanted)

    @classmethod
    def of(cls, parcel: Parcel) -> SoilRecord:
        """The record of a parcel that has none yet, begun with what was recorded of its soil."""
        parcel_id = parcel.parcel_id
        return cls(parcel_id=parcel_id, township=township_of(parcel_id)).with_plain(parcel.soil)

    @property
    def reports(self) -> tuple[SoilReport, ...]:
        kept = (getattr(self, field.name) for field in fields(self) if field.name in KINDS)
        return tuple(report for reports in kept for report in reports)

    @property
    def contractors(self) -> tuple[Unit, ...]:
        return tuple(each.contractor for each in self.soil_cleanups if each.counts)

    @property
    def liable_party(self) -> Unit | None:
        """By the newest risk assessment that names one."""
        named = [each for each in self.risk_assessments if each.counts and each.liable_party]
        return max(named, key=lambda each: each.said).liable_party if named else None

    @property
    def listing(self) -> Listing | None:
        """The last word of the province on the registry."""
        return listing_of(position_of(self.reports))

    def held(self, kind: type[SoilReport], soil_report_id: str) -> Any:
        kept = getattr(self, kind.kept_in)
        return next((each for each in kept if each.soil_report_id == soil_report_id), None)

    def with_report(self, report: SoilReport) -> SoilRecord:
        """The record with this report; of two with one id the later one stands."""
        held = self.held(type(report), report.soil_report_id)
        if held and held.said > report.said:
            return self
        others = [each for each in getattr(self, report.kept_in) if each != held]
        kept = sorted([*others, report], key=lambda each: (each.said.on, each.soil_report_id))
        changed: dict[str, Any] = {report.kept_in: tuple(kept)}
        return replace(self, **changed)._settled()

    def with_plain(self, plain: Soil | None) -> SoilRecord:
        """The record with what was said of all the soil at once; the later word stands."""
        if plain is None or (self.plain and self.plain.recorded > plain.recorded):
            return self
        return replace(self, plain=plain)._settled()

    def with_reports_of(self, other: SoilRecord, *, surveys: bool = True) -> SoilRecord:
        """A part of a parcel keeps what was reported of the whole; what a merge made keeps no survey of
        one of its parts. A corrected notice that names the part and no more the whole names the part."""
        record = self
        for report in other.reports:
            held = record.held(type(report), report.soil_report_id)
            named = held and held.said == report.said and not report.counts
            if not named and (surveys or not isinstance(report, SoilSurvey)):
                record = record.with_report(report)
        return record

    def without_reports_of(self, other: SoilRecord) -> SoilRecord:
        """What was reported of this part alone, beside what it had from the whole."""
        record = SoilRecord(parcel_id=self.parcel_id, township=self.township)
        for report in self.reports:
            if report not in other.reports:
                record = record.with_report(report)
        return record

    def _settled(self) -> SoilRecord:
        position = position_of(self.reports)
        soil = soil_of(self, position)
        return replace(
            self,
            stage=position.stage,
            stage_code=CODE_OF.get(position.stage),
            since=position.since,
            soil=soil,
            registered=soil is not None and soil.on_registry,
            after_care_conditions=position.conditions,
            out_of_step=position.out_of_step,
        )


KINDS = frozenset(
    kind.kept_in
    for kind in (
        Suspicion,
        SoilSurvey,
        RiskAssessment,
        RegistryEntry,
        RiskControl,
        SoilCleanup,
        EffectAssessment,
        Removal,
    )
)


@record
class SoilAnswer:
    """What a report came to. `note` says what of it is out of step, or should be looked at."""

    parcel_id: str
    stage: SoilStage
    stage_code: str | None
    registered: bool
    soil: Soil | None
    note: str | None


def answer_of(record: SoilRecord, note: str | None) -> SoilAnswer:
    """How the soil stands after a report."""
    return SoilAnswer(
        parcel_id=record.parcel_id,
        stage=record.stage,
        stage_code=record.stage_code,
        registered=record.registered,
        soil=record.soil,
        note=note,
    )


class Listing(NamedTuple):
    """A report that says whether the plot is on the registry."""

    on_registry: bool
    report: SoilReport


class Word(NamedTuple):
    """One answer to one question of a gate: from when it counts, and the report that it came by."""

    question: str
    on: date
    answer: bool
    report: SoilReport


def soil_of(record: SoilRecord, position: Position) -> Soil | None:
    """What the gates ask, by the newest day: to each question the last word stands, a plain record's or
    a report's, and of one day the report's. The evidence is that of the words which stand."""
    plain = record.plain
    words: dict[str, Word] = {}
    for word in _words(position):
        if plain is None or word.on >= plain.recorded.on:
            words[word.question] = word
    if not words:
        return plain
    said: list[Said] = [word.report.said for word in words.values()]
    from_plain = plain is not None and len(words) < len(QUESTIONS)
    evidence = plain.evidence_ids if plain and from_plain else ()
    proofs = [id_ for word in words.values() for id_ in word.report.proof_ids]
    answers = {name: getattr(plain, name) if plain else False for name in QUESTIONS}
    answers |= {question: word.answer for question, word in words.items()}
    return Soil(
        **answers,
        evidence_ids=tuple(dict.fromkeys((*evidence, *proofs))),
        recorded=max(*said, plain.recorded if plain else NEVER),
    )


QUESTIONS = ("on_registry", "survey_reviewed", "survey_filed", "case_open")


def _words(position: Position) -> Iterator[Word]:
    """The last word of the reports on each question."""
    surveys = [each for each in position.in_step if isinstance(each, SoilSurvey)]
    if surveys:
        newest = surveys[-1]
        for question, day in (
            ("survey_reviewed", newest.reviewed_on),
            ("survey_filed", newest.filed_on),
        ):
            yield Word(question, day or newest.said.on, day is not None, newest)
    if listing := listing_of(position):
        yield Word("on_registry", listing.report.said.on, listing.on_registry, listing.report)
    if position.case_word:
        is_open, report = position.case_word
        yield Word("case_open", report.said.on, is_open, report)


def listing_of(position: Position) -> Listing | None:
    """The last report that says whether the plot is on the registry."""
    said = [
        Listing(report.change is RegistryChange.ADDED, report)
        if isinstance(report, RegistryEntry)
        else Listing(False, report)
        for report in position.in_step
        if isinstance(report, RegistryEntry) or _grants(report)
    ]
    return said[-1] if said else None


def _grants(report: SoilReport) -> bool:
    return isinstance(report, Removal) and report.removal_step is RemovalStep.GRANTED
