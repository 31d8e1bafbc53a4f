"""Merging: several adjacent parcels become one new parcel."""

from __future__ import annotations

from typing import Any

from backbone import command
from park.rules import broken, refuse

from ..lineage.entrypoints import Lineages
from ..register.parcel import Parcel
from ..register.rules import not_yet
from ..remediation.case import Case
from ..words import Said
from . import facts, schemas
from .merge import Merge, carried_out, succession_of
from .rules import RULES

EMITTED = facts.EMITTED


class Merging(Lineages):
    """Merges parcels for the land desk."""

    @command(schemas.MergeParcels, answers=Parcel)
    def merge_parcels(self, request: dict[str, Any]) -> Any:
        """The land desk makes one new parcel of several adjacent ones."""
        merge = self._merge(request)
        early = self._not_there_yet(merge.sources, merge.said.on, "merged_on")
        refuse(not_yet(merge.said, self.store.today, "merged_on"), *early, *broken(RULES, merge))
        parcels = carried_out(merge)
        succession_id = self._next_succession_id(merge.sources[0].parcel_id)
        self.store.save(*parcels, succession_of(merge, succession_id))
        self.store.announce(facts.parcels_merged_of(merge, parcels[0]))
        for parcel in parcels:
            self.parcel_changed(parcel.parcel_id)
        return self.store.dump(parcels[0])

    def _merge(self, request: dict[str, Any]) -> Merge:
        sources = [self.store.require(Parcel, id_, "source_ids") for id_ in request["source_ids"]]
        parcel_id = request["parcel_id"]
        case_ids = dict.fromkeys(case_id for each in sources for case_id in each.case_ids)
        return Merge(
            sources=tuple(sources),
            known=self.store.get(Parcel, parcel_id) or Parcel.unknown(parcel_id),
            area_m2=request["area_m2"],
            parcel_code=request["parcel_code"],
            cases=tuple(self.store.require(Case, each) for each in case_ids),
            said=Said(on=request["merged_on"], at=self.store.now, event_id=self.store.cause.id),
        )
