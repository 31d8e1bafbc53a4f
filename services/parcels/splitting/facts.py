"""The facts of a split and of its correction. Areas in m², days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record

from .correction import Correction
from .split import Split


@record
class Child:
    parcel_id: str
    area_m2: Decimal


@record
class ParcelSplit:
    """`parcels.parcel_split`: the parcel is no more, its children are."""

    parcel_id: str
    township: str
    children: tuple[Child, ...]
    split_on: date


@record
class SplitCorrected:
    """`parcels.split_corrected`: the parts of the parcel have these areas from now on. If the split
    was undone there are none, and the parcel itself is there again."""

    parcel_id: str
    township: str
    undone: bool
    children: tuple[Child, ...]
    corrected_on: date


EMITTED = (ParcelSplit, SplitCorrected)


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


def split_corrected_of(correction: Correction) -> SplitCorrected:
    """The fact of a correction that was carried out."""
    return SplitCorrected(
        parcel_id=correction.parcel.parcel_id,
        township=correction.parcel.township,
        undone=correction.undoes,
        children=tuple(
            Child(parcel_id=part.parcel_id, area_m2=part.area_m2) for part in correction.parts
        ),
        corrected_on=correction.said.on,
    )
