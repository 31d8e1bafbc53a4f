"""A survey that a merge makes wanting: what was surveyed of its sources on different terms is no survey
of the whole."""

from __future__ import annotations

from collections.abc import Iterable

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule, broken

from ..register.parcel import NEVER, UNKNOWN_SOIL, Parcel, Soil
from ..rulebook import SoilLaw
from .record import SoilRecord
from .reports import Standard
from .stages import LAW

ART_59, ART_67 = f"{LAW} art. 59", f"{LAW} art. 67"


@record
class Merged:
    """The soil of a merged parcel beside that of its sources, and the law of the day."""

    parcel: Parcel
    record: SoilRecord
    sources: tuple[SoilRecord, ...]
    law: SoilLaw

    @property
    def soil(self) -> Soil:
        return self.record.soil or UNKNOWN_SOIL

    @property
    def is_for_sensitive_use(self) -> bool:
        return self.parcel.planned_use in self.law.sensitive_uses

    def with_and_without(self, question: str) -> tuple[list[str], list[str]]:
        """The sources whose soil says yes to the question, and the others."""
        yes = [s.parcel_id for s in self.sources if s.soil and getattr(s.soil, question)]
        return yes, [s.parcel_id for s in self.sources if s.parcel_id not in yes]


def surveys_wanted(merged: Merged) -> tuple[Reason, ...]:
    """A reason for each way in which the land needs one survey of all of it. A survey of the parcel
    itself ends that."""
    if any(survey.counts for survey in merged.record.surveys):
        return ()
    return broken(WANTED, merged)


def reviewed_in_part(merged: Merged) -> Reason | None:
    """Art. 59: before a sensitive use the survey of the land is reviewed, and that of a part is none."""
    reviewed, others = merged.with_and_without("survey_reviewed")
    if not merged.is_for_sensitive_use or merged.soil.survey_reviewed or not (reviewed and others):
        return None
    return _wanted(f"the survey of {_and(reviewed)} was reviewed, of {_and(others)} none", ART_59)


def reviewed_by_other_limits(merged: Merged) -> Reason | None:
    """Art. 59: the limits of class 2 land (GB 36600-2018) are not those of a sensitive use. Where they
    were used for some of the sources alone, nobody sees it from the whole."""
    said = [source.soil.recorded for source in merged.sources if source.soil]
    newest = max(said, default=NEVER)
    said_since = merged.soil.recorded > newest  # of the whole, by the ecology desk
    class_2 = [s.parcel_id for s in merged.sources if _by_class_2(s)]
    _, unreviewed = merged.with_and_without("survey_reviewed")
    mixed = 0 < len(class_2) < len(merged.sources)
    if not merged.is_for_sensitive_use or unreviewed or said_since or not mixed:
        return None
    return _wanted(f"{_and(class_2)} was surveyed by the limits of class 2 land", ART_59)


def filed_in_part(merged: Merged) -> Reason | None:
    """Art. 67: a key regulated unit files the survey of its land before that is recovered or transferred."""
    filed, others = merged.with_and_without("survey_filed")
    if not merged.parcel.key_regulated_unit or merged.soil.survey_filed or not (filed and others):
        return None
    return _wanted(f"the survey of {_and(filed)} was filed, of {_and(others)} none", ART_67)


WANTED: tuple[Rule[Merged], ...] = (reviewed_in_part, reviewed_by_other_limits, filed_in_part)


def _by_class_2(record: SoilRecord) -> bool:
    surveys = [each for each in record.surveys if each.counts]
    findings = surveys[-1].findings if surveys else ()
    return any(each.standard is Standard.GB36600_CLASS_2 for each in findings)


def _wanted(why: str, source: str) -> Reason:
    said = f"Survey wanted of all the land of the merged parcel: {why}."
    return Reason("SURVEY_WANTED", said, source=source)


def _and(parcel_ids: Iterable[str]) -> str:
    return " and ".join(parcel_ids)
