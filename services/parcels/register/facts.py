"""The facts of the land register. Areas in m²."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..words import LandUse
from .parcel import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRegistered:
    """`parcels.parcel_registered`: land was surveyed. `version` grows with each change of it."""

    parcel_id: str
    township: str
    area_m2: Decimal
    land_use: LandUse
    in_zone: bool
    version: int


EMITTED = (ParcelRegistered,)


def facts_of(before: Parcel, after: Parcel) -> tuple[ParcelRegistered, ...]:
    """The fact of the step from `before` to `after`, if what is announced of the parcel changed."""
    if after.version == before.version:
        return ()
    registered = ParcelRegistered(
        parcel_id=after.parcel_id,
        township=after.township,
        version=after.version,
        **after.announced_fields,
    )
    return (registered,)
