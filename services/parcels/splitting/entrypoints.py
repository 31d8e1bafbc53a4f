"""Splitting: the part of a parcel that a case has vacated becomes a parcel of its own."""

from __future__ import annotations

from typing import Any

from backbone import command
from park.rules import refuse

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from ..register.rules import not_yet
from ..remediation.case import Case
from ..words import Said
from . import facts, schemas
from .children import carried_out
from .split import Split

EMITTED = facts.EMITTED


class Splitting(Reporting):
    """Splits parcels for the land desk."""

    @command(schemas.SplitParcel, answers=Parcel)
    def split_parcel(self, request: dict[str, Any]) -> Any:
        """The land desk splits off the part of a parcel that a case has vacated."""
        split = self._split(request)
        refuse(not_yet(split.said, self.store.today, "split_on"))
        parcels, case = carried_out(split)
        self.store.save(*parcels, case)
        self.store.announce(facts.parcel_split_of(split))
        for parcel in parcels:
            self.parcel_changed(parcel.parcel_id)
        return self.store.dump(parcels[0])

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
