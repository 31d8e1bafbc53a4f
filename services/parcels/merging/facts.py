"""The fact of a merge. Areas in m², days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record

from ..lineage.lineage import plot_of
from ..lineage.succession import Plot
from ..register.parcel import Parcel
from ..words import LandUse
from .merge import Merge


@record
class ParcelsMerged:
    """`parcels.parcels_merged`: the sources are no more, the parcel has taken their place."""

    parcel_id: str
    township: str
    area_m2: Decimal
    land_use: LandUse
    in_zone: bool
    sources: tuple[Plot, ...]
    merged_on: date


EMITTED = (ParcelsMerged,)


def parcels_merged_of(merge: Merge, merged: Parcel) -> ParcelsMerged:
    """The fact of a merge that was carried out."""
    announced = merged.announced_fields
    return ParcelsMerged(
        parcel_id=merged.parcel_id,
        township=merged.township,
        **{name: announced[name] for name in ("area_m2", "land_use", "in_zone")},
        sources=tuple(map(plot_of, merge.sources)),
        merged_on=merge.said.on,
    )
