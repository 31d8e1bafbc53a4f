"""Premises follow the land: what becomes of a parcel by a split or a merge, its firms are on."""

from __future__ import annotations

from datetime import date
from typing import Any

from backbone import hears
from backbone.messages.envelope import Event

from ..firms.enterprise import Enterprise
from ..firms.entrypoints import Sites
from ..firms.site import Ending
from . import facts, schemas
from .questions import with_open_premises

EMITTED = facts.EMITTED


class PremisesOfFirms(Sites):
    """Follows the splits and merges of parcels, and asks what they leave open."""

    @hears("parcels", "parcel_split", schemas.ParcelSplit)
    def note_split(self, event: Event) -> None:
        """A parcel was split: on which of the parts a firm works is open until its township says so."""
        self._end(event, [event.data["parcel_id"]], event.data["split_on"], event.data["children"])

    @hears("parcels", "parcels_merged", schemas.ParcelsMerged)
    def note_merge(self, event: Event) -> None:
        """Parcels were merged: their firms work on the one that took their place."""
        self._end(event, event.data["sources"], event.data["merged_on"], [event.data["parcel_id"]])

    @hears("parcels", "split_corrected", schemas.SplitCorrected)
    def note_correction(self, event: Event) -> None:
        """A split was corrected; if it was undone, the firms work on the whole as before."""
        if event.data["undone"]:
            self._end(event, [event.data["parcel_id"]], event.data["corrected_on"], [])

    def review_premises(self, enterprise_id: str) -> None:
        """Let the questions about the firm's premises follow its reports and its land."""
        land = self._land(*self.store.require(Enterprise, enterprise_id).parcel_ids)

        def decide(before: Enterprise) -> tuple[Any, ...]:
            after = with_open_premises(before, land)
            return after, *facts.facts_of(before, after)

        self.store.change(Enterprise, enterprise_id, decide)

    def _end(self, event: Event, sources: list[str], on: date, results: list[str]) -> None:
        ending = Ending(said_at=self._time(event), on=on, parcel_ids=tuple(sorted(results)))
        for parcel_id in sources:
            self._change_site(parcel_id, lambda site: site.ended(ending))
        for parcel_id in results:
            self._change_site(parcel_id, lambda site: site.made_of(sources))
        self._land_concerned(*sources)
