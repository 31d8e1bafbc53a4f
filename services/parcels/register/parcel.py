"""A parcel of the land register: what its newest survey says, its soil, its cases, its children."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.records import record
from park.units import same_area

from ..words import LandUse, Said, township_of
from .identifiers import CodeConflict, HeldCodes
from .identifiers import Identifier as Identifier
from .identifiers import IdentifierKind as IdentifierKind
from .plan.plan import Buildings, CodedUses, PlanConditions, ReportedArea, plot_ratio
from .rights.rights import Encumbrance, Encumbrances, Holder, UseRight
from .rights.supplied import Supplied, newest_right, right_of, with_supplied

ANNOUNCED_FIELDS = ("area_m2", "land_use", "in_zone", "uses")


class ParcelState(StrEnum):
    ANNOUNCED = "announced"  # something was reported about it, but no survey yet
    REGISTERED = "registered"
    SPLIT = "split"  # its children have taken its place
    MERGED = "merged"  # it is part of the parcel that has taken its place
    WITHDRAWN = "withdrawn"  # the split that had made it was wrong, and was undone


def codes_of(parcel_code: str | None, valid_from: date) -> tuple[Identifier, ...]:
    """The codes of a parcel that a split or a merge makes: it may have none yet."""
    if parcel_code is None:
        return ()
    kind = IdentifierKind.PARCEL_CODE
    return (Identifier(kind=kind, value=parcel_code, valid_from=valid_from),)


@record
class RightHolder:
    name: str
    uscc: str | None = None


@record
class Soil:
    """Whether it is on the registry of polluted land [名录], whether a survey was reviewed (art. 59)
    and filed (art. 67), whether a soil case is open. What was never recorded is not on the registry
    and has no survey."""

    on_registry: bool = False
    survey_reviewed: bool = False
    survey_filed: bool = False
    case_open: bool = False
    evidence_ids: tuple[str, ...] = ()
    recorded: Said


NEVER = Said(on=date.min, at=datetime.min.replace(tzinfo=UTC), event_id="")
UNKNOWN_SOIL = Soil(recorded=NEVER)


def joint_soil(soils: Sequence[Soil | None]) -> Soil | None:
    """The soil of all of them: as good as the worst, of the newest record. None if none has any."""
    if not any(soils):
        return None
    known = [each or UNKNOWN_SOIL for each in soils]
    return Soil(
        on_registry=any(each.on_registry for each in known),
        survey_reviewed=all(each.survey_reviewed for each in known),
        survey_filed=all(each.survey_filed for each in known),
        case_open=any(each.case_open for each in known),
        evidence_ids=tuple(dict.fromkeys(id_ for each in known for id_ in each.evidence_ids)),
        recorded=max(each.recorded for each in known),
    )


@record
class Survey:
    """What a township reports of a parcel; `surveyed.on` is the day of the survey."""

    area_m2: Decimal
    area_reported: ReportedArea | None = None
    land_use: LandUse
    planned_use: LandUse
    in_zone: bool
    identifiers: tuple[Identifier, ...] = ()
    right_holder: RightHolder | None = None
    industry_code: str | None = None
    key_regulated_unit: bool = False
    surveyed: Said


@record
class SurveyOfDay:
    """What was surveyed on a day; of one day the report that was said last stands."""

    area_m2: Decimal
    surveyed: Said
    land_use: LandUse | None = None  # none where it was kept before uses were


@record
class UseFrom:
    """What use the land has from the day of a survey on."""

    from_on: date
    land_use: LandUse


@record
class Parcel:
    """`version` grows when what is announced of the parcel changes. An announced parcel has no survey:
    no area, no use. `case_ids` are the cases that concern it: those reported for it, and for a child
    of a split the case that vacated it. `parent_ids` are the parcels whose place it has taken, and
    `child_ids` those that have taken its own; `parent_id` is the one parent of a part. `use_right` is the
    newest of `right_reported` and of what the contracts among its `supplies` say. `surveys` are its own of
    every day, the oldest first; `uses_before` those of what it was made of, which hold until the first."""

    parcel_id: str
    township: str
    state: ParcelState = ParcelState.ANNOUNCED
    version: int = 0
    area_m2: Decimal | None = None
    land_use: LandUse | None = None
    planned_use: LandUse | None = None
    in_zone: bool | None = None
    identifiers: tuple[Identifier, ...] = ()
    right_holder: RightHolder | None = None
    industry_code: str | None = None
    key_regulated_unit: bool = False
    surveyed: Said | None = None
    soil: Soil | None = None
    case_ids: tuple[str, ...] = ()
    parent_id: str | None = None
    parent_ids: tuple[str, ...] = ()  # before there were merges `parent_id` alone was written
    child_ids: tuple[str, ...] = ()
    code_conflicts: tuple[CodeConflict, ...] = ()
    use_right: UseRight | None = None
    encumbrances: Encumbrances | None = None
    area_reported: ReportedArea | None = None
    buildings: Buildings | None = None
    coded_uses: CodedUses | None = None
    plan_conditions: PlanConditions | None = None
    supplies: tuple[Supplied, ...] = ()
    right_reported: UseRight | None = None
    surveys: tuple[SurveyOfDay, ...] = ()
    uses_before: tuple[UseFrom, ...] = ()

    @classmethod
    def unknown(cls, parcel_id: str) -> Parcel:
        """A parcel of which nothing was reported but its id."""
        return cls(parcel_id=parcel_id, township=township_of(parcel_id))

    @property
    def registered(self) -> bool:
        return self.state is not ParcelState.ANNOUNCED

    @property
    def is_gone(self) -> bool:
        """Others have taken its place: nothing new is reported of it."""
        return self.state not in (ParcelState.ANNOUNCED, ParcelState.REGISTERED)

    @property
    def parents(self) -> tuple[str, ...]:
        return self.parent_ids or ((self.parent_id,) if self.parent_id else ())

    @property
    def own_surveys(self) -> tuple[SurveyOfDay, ...]:
        """Its surveys; of a parcel from before they were kept, the newest one. What a part has of the
        whole is none of its own."""
        of_whole = self.parents or self.state is ParcelState.WITHDRAWN
        if self.surveys or of_whole or self.surveyed is None or self.area_m2 is None:
            return self.surveys
        one = SurveyOfDay(area_m2=self.area_m2, surveyed=self.surveyed, land_use=self.land_use)
        return (one,)

    @property
    def uses(self) -> tuple[UseFrom, ...]:
        """What use its surveys say that it had from which day on, each that is another than the one before;
        none where no survey says it."""
        own = {each.surveyed.on: each.land_use for each in self.own_surveys}
        first = min(own, default=date.max)
        of_days = {e.from_on: e.land_use for e in self.uses_before if e.from_on < first} | own
        if self.surveyed:
            of_days[self.surveyed.on] = self.land_use
        found: list[UseFrom] = []
        for day, land_use in sorted(of_days.items()):
            if land_use and (not found or found[-1].land_use != land_use):
                found.append(UseFrom(from_on=day, land_use=land_use))
        return tuple(found)

    @property
    def announced_fields(self) -> dict[str, Any]:
        """What the fact of its registration says of the parcel, besides its ids."""
        return {name: getattr(self, name) for name in ANNOUNCED_FIELDS}

    def can_become(self, area_m2: Decimal) -> bool:
        """Whether its id may be that of a new parcel of this area: it is not in use, or the survey of
        the new parcel came early."""
        if self.state in (ParcelState.ANNOUNCED, ParcelState.WITHDRAWN):
            return True
        free = (
            self.state is ParcelState.REGISTERED and not self.parents and self.area_m2 is not None
        )
        return free and same_area(self.area_m2 or Decimal(0), area_m2)

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Who holds its use right."""
        if self.use_right and self.use_right.holders:
            return self.use_right.holders
        one = self.right_holder
        return (Holder(name=one.name, uscc=one.uscc),) if one else ()

    def encumbered_on(self, day: date) -> tuple[Encumbrance, ...]:
        """What lies on it on that day."""
        return self.encumbrances.on(day) if self.encumbrances else ()

    @property
    def plot_ratio(self) -> Decimal | None:
        """The present plot ratio [容积率]."""
        return plot_ratio(self.buildings, self.area_m2)

    @property
    def held_codes(self) -> HeldCodes:
        """The codes that it claims."""
        codes = self.identifiers
        return HeldCodes(parcel_id=self.parcel_id, identifiers=codes, ceased=self.is_gone)

    def with_conflicts(self, code_id: str, conflicts: tuple[CodeConflict, ...]) -> Parcel:
        """The parcel, with these as all that is in dispute about the code."""
        others = tuple(each for each in self.code_conflicts if each.code_id != code_id)
        found = sorted((*others, *conflicts), key=lambda each: (each.code_id, each.other_parcel_id))
        return replace(self, code_conflicts=tuple(found))

    def with_conflicts_about(self, code_ids: Container[str]) -> Parcel:
        """The parcel without conflicts about any other code: a part of another parcel begins as a copy
        of it, conflicts and all."""
        kept = tuple(each for each in self.code_conflicts if each.code_id in code_ids)
        return self if kept == self.code_conflicts else replace(self, code_conflicts=kept)

    def with_case(self, case_id: str) -> Parcel:
        return replace(self, case_ids=tuple(sorted({*self.case_ids, case_id})))

    def with_recorded(self, **parts: Any) -> Parcel:
        """The parcel with these parts (its use right, say), each as it was last recorded. What nobody
        speaks of stays as it was."""
        if self.supplies and (right := parts.pop("use_right", None)):
            return self._with_rights(right, self.supplies).with_recorded(**parts)
        newer = {
            name: part
            for name, part in parts.items()
            if part and not ((held := getattr(self, name)) and held.recorded > part.recorded)
        }
        return replace(self, **newer)

    def with_supply(self, supplied: Supplied) -> Parcel:
        """With what was heard of its supply: a contract gives it a holder, a void award takes it back."""
        reported = self.right_reported if self.supplies else self.use_right
        before = replace(self, right_reported=reported)
        return before._with_rights(None, with_supplied(self.supplies, supplied))

    def _with_rights(self, reported: UseRight | None, supplies: tuple[Supplied, ...]) -> Parcel:
        base = newest_right(self.right_reported, reported)
        right = newest_right(base, right_of(supplies))
        return replace(self, supplies=supplies, right_reported=base, use_right=right)

    def with_soil(self, soil: Soil | None) -> Parcel:
        """The soil as it was last recorded."""
        return self.with_recorded(soil=soil)

    def with_survey(self, survey: Survey) -> Parcel:
        """The parcel as its newest survey says; an older one that arrives late is of its own day alone."""
        kept = replace(self, surveys=_with_day(self.own_surveys, survey))
        found: dict[str, Any] = {f.name: getattr(survey, f.name) for f in fields(survey)}
        is_late = self.surveyed is not None and self.surveyed > survey.surveyed
        after = kept if is_late else replace(kept, state=ParcelState.REGISTERED, **found)
        changed = after.announced_fields != self.announced_fields
        return replace(after, version=self.version + changed)


def _with_day(surveys: tuple[SurveyOfDay, ...], survey: Survey) -> tuple[SurveyOfDay, ...]:
    """The surveys of all days, with this one unless a later word on its day is there."""
    new = SurveyOfDay(area_m2=survey.area_m2, surveyed=survey.surveyed, land_use=survey.land_use)
    of_days = {each.surveyed.on: each for each in surveys}
    held = of_days.get(new.surveyed.on, new)
    of_days[new.surveyed.on] = max(held, new, key=lambda each: each.surveyed)
    return tuple(of_days[day] for day in sorted(of_days))
