"""The land register: surveys, with what they say of the soil."""

from __future__ import annotations

from typing import Any

from backbone import Collection, hears, reads
from backbone.messages.envelope import Event
from park.rules import refuse
from park.time import day_of

from ..words import Said
from . import facts, schemas
from .parcel import Parcel, Soil, Survey
from .rules import not_yet, not_your_township, survey_of_gone_parcel

KEPT = (
    Collection(
        Parcel,
        key="parcel_id",
        filters=("township", "state"),
        orders=("area_m2",),
        totals=("township", "state", "land_use", "in_zone"),
        sums=("area_m2",),
    ),
)
EMITTED = facts.EMITTED
LATER_STANDS = (
    "a later survey stands: the one of the later day counts, of one day's the one whose event has the "
    "later time, and of one time the one with the greater id"
)


class Reporting:
    """What the handlers of every thing need: the parcel of a report, its day, and what follows."""

    store: Any  # within a handler, the unit of work

    def parcel_changed(self, parcel_id: str) -> None:
        """Everything that looks at a parcel looks at it again. The service says what that is."""
        raise NotImplementedError

    def soil_said(self, parcel_id: str, soil: Soil) -> None:
        """Keep what was said of all the soil of a parcel at once. The soil is a thing of its own."""
        raise NotImplementedError

    def _parcel(self, event: Event) -> Parcel:
        parcel_id = event.data["parcel_id"]
        parcel = self.store.get(Parcel, parcel_id) or Parcel.unknown(parcel_id)
        refuse(not_your_township(event.publisher, parcel.township, "data.parcel_id"))
        return parcel

    def _said(self, event: Event, field: str) -> Said:
        at = event.time or self.store.now
        said = Said(on=event.data["on"] or day_of(at), at=at, event_id=event.id)
        refuse(not_yet(said, self.store.today, field))
        return said


class Register(Reporting):
    """Keeps every parcel as its newest survey says."""

    get_parcel, list_parcels, parcel_history = reads(Parcel)

    @hears("township", "parcel.registered", schemas.ParcelRegistered)
    def register_parcel(self, event: Event) -> str | None:
        """Land was surveyed, for the first time or again."""
        parcel, said = self._parcel(event), self._said(event, "data.surveyed_on")
        refuse(survey_of_gone_parcel(parcel))
        survey = Survey(**event.data["survey"], surveyed=said)
        soil = event.data["soil"] and Soil(**event.data["soil"], recorded=said)
        after = parcel.with_survey(survey)
        self.store.save(after)
        self.store.announce(*facts.facts_of(parcel, after))
        if soil:
            self.soil_said(after.parcel_id, soil)
        self.parcel_changed(after.parcel_id)
        return None if after.surveyed == said else LATER_STANDS
