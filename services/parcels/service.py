"""parcels: the land register, and the remediation of land up to its release."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from backbone import Kept, Store, command, hears, query, reads
from backbone.envelope import Event

from . import facts, schemas
from .case import Case, opened
from .parcel import Parcel, Soil, Survey, announced, news
from .remediation import hear, note
from .reports import Approved, Completed, Identified, Planned, Progressed, Report
from .review import settle, standing
from .rules import not_yet, not_your_township, older_record, refuse, survey_of_split_parcel
from .split import Split, carried_out
from .terms import Said

PARK_TIME = ZoneInfo("Asia/Shanghai")
LATER_STANDS = (
    "a later survey stands: the one of the later day counts, of one day's the one whose event has the "
    "later time, and of one time the one with the greater id"
)


class ParcelsService:
    """Keeps every parcel and its remediation cases, and releases the land that they vacate."""

    name = "parcels"

    store = Store(
        Kept(Parcel, key="parcel_id", filters=("township", "state"), orders=("area_m2",)),
        Kept(Case, key="case_id", filters=("township", "parcel_id", "state", "disposal_way")),
        emits=facts.EMITTED,
    )

    get_parcel, list_parcels, parcel_history = reads(Parcel)
    get_case, list_cases, case_history = reads(Case)

    # --- what townships report

    @hears("township", "parcel.registered", schemas.ParcelRegistered)
    def register_parcel(self, event: Event) -> str | None:
        """Land was surveyed, for the first time or again."""
        parcel, said = self._parcel(event), self._said(event, "data.surveyed_on")
        refuse(survey_of_split_parcel(parcel))
        survey = Survey(**event.data["survey"], surveyed=said)
        soil = event.data["soil"] and Soil(**event.data["soil"], recorded=said)
        after = parcel.with_survey(survey).with_soil(soil)
        self.store.save(after)
        self.store.announce(*news(parcel, after))
        self._settle(after.parcel_id)
        return None if after.surveyed == said else LATER_STANDS

    @hears("township", "remediation.identified", schemas.RemediationIdentified)
    def identify_remediation(self, event: Event) -> str | None:
        """The task force found a plot to be of low efficiency."""
        return self._hear(event, Identified)

    @hears("township", "remediation.planned", schemas.RemediationPlanned)
    def plan_remediation(self, event: Event) -> str | None:
        """A plan says what shall be done, and until when."""
        return self._hear(event, Planned)

    @hears("township", "remediation.approved", schemas.RemediationApproved)
    def approve_remediation(self, event: Event) -> str | None:
        """The plan was approved."""
        return self._hear(event, Approved)

    @hears("township", "remediation.progressed", schemas.RemediationProgressed)
    def progress_remediation(self, event: Event) -> str | None:
        """The work has come so far."""
        return self._hear(event, Progressed)

    @hears("township", "remediation.completed", schemas.RemediationCompleted)
    def complete_remediation(self, event: Event) -> str | None:
        """The case was accepted; what it vacated may be released."""
        return self._hear(event, Completed)

    # --- what internal systems ask

    @command(schemas.RecordSoil)
    def record_soil(self, request: dict[str, Any]) -> Any:
        """The ecology desk records the soil of a parcel; releases follow."""
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        said = Said(on=request["recorded_on"], at=self.store.now, event_id=self.store.cause.id)
        refuse(not_yet(said, self.store.today, "recorded_on"), older_record(parcel, said))
        after = parcel.with_soil(Soil(**request["soil"], recorded=said))
        self.store.save(after)
        self._settle(after.parcel_id)
        return self.store.dump(after)

    @command(schemas.SplitParcel)
    def split_parcel(self, request: dict[str, Any]) -> Any:
        """The land desk splits off the part of a parcel that a case has vacated."""
        split = self._split(request)
        refuse(not_yet(split.said, self.store.today, "split_on"))
        parcels, case, fact = carried_out(split)
        self.store.save(*parcels, case)
        self.store.announce(fact)
        for parcel in parcels:
            self._settle(parcel.parcel_id)
        return self.store.dump(parcels[0])

    @query(schemas.ReleaseStanding)
    def release_standing(self, request: dict[str, Any]) -> Any:
        """Whether the land that a case has vacated is released: state, release_no, reasons."""
        case = self.store.require(Case, request["case_id"], "case_id")
        return standing(case, request["parcel_id"])

    # --- how it is done

    def _hear(self, event: Event, kind: type[Report]) -> str | None:
        parcel, case = self._parcel(event), self._case(event)
        report = kind(**event.data["report"], said=self._said(event, kind.day))
        after, *news_of_case = hear(case, parcel, report)
        parcel = parcel.with_case(after.case_id)
        self.store.save(parcel, after)
        self.store.announce(*news_of_case)
        for parcel_id in dict.fromkeys((parcel.parcel_id, after.vacated_parcel_id)):
            self._settle(parcel_id)
        return note(after, parcel, report)

    def _settle(self, parcel_id: str) -> None:
        """Look at a parcel and all its cases. They are read as one: if any of them changes before
        the commit, everything is decided again."""
        parcel = self.store.require(Parcel, parcel_id)
        cases = [self.store.require(Case, case_id) for case_id in parcel.case_ids]
        settled, news_of_cases = settle(parcel, cases, self.store.today)
        self.store.save(*settled)
        self.store.announce(*news_of_cases)

    def _parcel(self, event: Event) -> Parcel:
        parcel_id = event.data["parcel_id"]
        parcel = self.store.get(Parcel, parcel_id) or announced(parcel_id)
        refuse(not_your_township(event.publisher, parcel.township, "data.parcel_id"))
        return parcel

    def _case(self, event: Event) -> Case:
        case_id = event.data["case_id"]
        case = self.store.get(Case, case_id) or opened(case_id, event.data["parcel_id"])
        refuse(not_your_township(event.publisher, case.township, "data.case_id"))
        return case

    def _said(self, event: Event, field: str) -> Said:
        at = event.time or self.store.now
        day = event.data["on"] or at.astimezone(PARK_TIME).date()
        said = Said(on=day, at=at, event_id=event.id)
        refuse(not_yet(said, self.store.today, field))
        return said

    def _split(self, request: dict[str, Any]) -> Split:
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        ids = [part.parcel_id for part in request["children"]]
        known = {each: self.store.get(Parcel, each) for each in ids}
        others = [each for each in parcel.case_ids if each != request["case_id"]]
        return Split(
            parcel=parcel,
            case=self.store.require(Case, request["case_id"], "case_id"),
            parts=request["children"],
            known={each: found for each, found in known.items() if found},
            others=tuple(self.store.require(Case, each) for each in others),
            said=Said(on=request["split_on"], at=self.store.now, event_id=self.store.cause.id),
        )
