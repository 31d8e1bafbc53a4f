"""The fact of a split. Areas in m², days in the park."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .split import Split


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    parcel_id: str
    area_m2: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSplit:
    """`parcels.parcel_split`: the parcel is no more, its children are."""

    parcel_id: str
    township: str
    children: tuple[Child, ...]
    split_on: date


EMITTED = (ParcelSplit,)


def parcel_split_of(split: Split) -> ParcelSplit:
    """The fact of a split that was carried out."""
    return ParcelSplit(
        parcel_id=split.parcel.parcel_id,
        township=split.parcel.township,
        children=tuple(
            Child(parcel_id=part.parcel_id, area_m2=part.area_m2) for part in split.parts
        ),
        split_on=split.said.on,
    )
