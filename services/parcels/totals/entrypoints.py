"""Totals: how many parcels and mu there are, without walking them."""

from __future__ import annotations

from typing import Any

from backbone import query

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel, ParcelState
from . import schemas
from .totals import Tally, Totals, totals_of
from .zone import ZONE

ZONE_FLAGS = {"true": True, "false": False}


class Totalling(Reporting):
    """Tells the totals of the register, which the store keeps in every commit."""

    @query(schemas.TotalsAsked, answers=Totals)
    def totals(self, request: dict[str, Any]) -> Any:
        """Parcels and mu by township, state, use and zone, as known now; and zone and district side by
        side, with the members of the zone on the day `on` (today if none is given)."""
        on = request["on"] or self.store.today
        by, only = tuple(dict.fromkeys(request["by"])), request["zone"]
        found = totals_of(self._tallies(), by, only, ZONE.on(on), on, self.store.now)
        return self.store.dump(found)

    def _tallies(self) -> list[Tally]:
        return [
            Tally(
                township=township,
                state=ParcelState(state),
                land_use=land_use or None,
                in_zone=ZONE_FLAGS.get(in_zone),
                count=total.count,
                area_m2=total.sums["area_m2"],
            )
            for total in self.store.totals(Parcel)
            for township, state, land_use, in_zone in [total.values]
        ]
