"""Lineage: which parcels took the place of which, and on which day."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

from backbone import Collection, query
from backbone.errors import Reason

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from . import schemas
from .lineage import Lineage, lineage_of
from .succession import Succession, not_there_yet

KEPT = (Collection(Succession, key="succession_id", filters=("parcel_ids",)),)


class Lineages(Reporting):
    """Keeps the successions of parcels, and tells them both ways."""

    @query(schemas.LineageOf, answers=Lineage)
    def lineage(self, request: dict[str, Any]) -> Any:
        """All ancestors and descendants of a parcel, and the splits, merges and corrections between
        them: day, areas, and whether the area was conserved."""
        parcel = self.store.require(Parcel, request["parcel_id"], "parcel_id")
        return self.store.dump(lineage_of(parcel, self._known_parcel, self._successions))

    def _known_parcel(self, parcel_id: str) -> Parcel:
        found: Parcel = self.store.require(Parcel, parcel_id, "parcel_id")
        return found

    def _successions(self, parcel_id: str) -> list[Succession]:
        found: list[Succession] = self.store.find(Succession, parcel_ids=parcel_id)
        return found

    def _not_there_yet(self, parcels: Iterable[Parcel], on: date, field: str) -> list[Reason]:
        """A reason for each of the parcels that was made after the day."""
        ids = [each.parcel_id for each in parcels]
        found = [not_there_yet(self._successions(each), each, on, field) for each in ids]
        return [each for each in found if each]

    def _next_succession_id(self, parcel_id: str) -> str:
        """The next one of this parcel: a parcel whose split was undone can be split again."""
        ids = (f"{parcel_id}/{number}" for number in itertools.count(1))
        return next(each for each in ids if self.store.get(Succession, each) is None)
