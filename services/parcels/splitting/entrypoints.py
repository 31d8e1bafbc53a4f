"""Splitting: the parts of a parcel become parcels of their own, one that a case has vacated as well."""

from __future__ import annotations

from typing import Any

from backbone import command
from park.rules import refuse

from ..lineage.entrypoints import Lineages
from ..register.parcel import Parcel
from ..register.rules import not_yet
from ..remediation.case import Case
from ..words import Said
from . import facts, schemas
from .children import carried_out, succession_of
from .split import Split

EMITTED = facts.EMITTED


class Splitting(Lineages):
    """Splits parcels for the land desk."""

    @command(schemas.SplitParcel, answers=Parcel)
    def split_parcel(self, request: dict[str, Any]) -> Any:
        """The land desk divides a parcel, or splits off the part of it that a case has vacated."""
        split = self._split(request)
        refuse(not_yet(split.said, self.store.today, "split_on"))
        parcels, cases = carried_out(split)
        succession_id = self._next_succession_id(split.parcel.parcel_id)
        self.store.save(*parcels, *cases, succession_of(split, succession_id))
        self.store.announce(facts.parcel_split_of(split))
        for parcel in parcels:
            self.parcel_changed(parcel.parcel_id)
        return self.store.dump(parcels[0])

    def _split(self, request: dict[str, Any]) -> Split:
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        ids = [part.parcel_id for part in request["children"]]
        known = {each: self.store.get(Parcel, each) for each in ids}
        case_id = request["case_id"]
        others = [each for each in parcel.case_ids if each != case_id]
        return Split(
            parcel=parcel,
            case=case_id and self.store.require(Case, case_id, "case_id"),
            parts=request["children"],
            known={each: found for each, found in known.items() if found},
            others=tuple(self.store.require(Case, each) for each in others),
            said=Said(on=request["split_on"], at=self.store.now, event_id=self.store.cause.id),
        )
