"""What the register lacks of a township: parcels that were named and never surveyed, fields left empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook

from ..register.parcel import Parcel, ParcelState


@record
class Asked:
    """What a township is asked for of each parcel. Raises `ValueError` for what is no field of it."""

    source: str
    asked: tuple[str, ...]

    def __post_init__(self) -> None:
        known = [each.name for each in fields(Parcel)]
        for field in self.asked:
            name, _, kind = field.partition(".")
            if name not in known or (kind and name != "identifiers"):
                raise ValueError(f"a parcel has no field {field}")


ASKED = Rulebook(Path(__file__).parents[1] / "rulebook" / "completeness", Asked)


@record
class Gap:
    """A field, and the parcels that lack it."""

    field: str
    parcel_ids: tuple[str, ...]


@record
class Completeness:
    """`not_surveyed` are known from a case or an enterprise alone. `complete` have every field."""

    township: str
    registered: int
    complete: int
    not_surveyed: tuple[str, ...]
    gaps: tuple[Gap, ...]


def completeness(township: str, parcels: Iterable[Parcel], asked: Sequence[str]) -> Completeness:
    """How complete the register is of the township. A parcel that was split is asked for no more."""
    parcels = sorted(parcels, key=lambda parcel: parcel.parcel_id)
    known = [parcel for parcel in parcels if parcel.state is ParcelState.REGISTERED]
    gaps = {field: tuple(p.parcel_id for p in known if lacks(p, field)) for field in asked}
    return Completeness(
        township=township,
        registered=len(known),
        complete=len(known)
        - len({parcel_id for lacking in gaps.values() for parcel_id in lacking}),
        not_surveyed=tuple(p.parcel_id for p in parcels if p.state is ParcelState.ANNOUNCED),
        gaps=tuple(Gap(field=field, parcel_ids=lacking) for field, lacking in gaps.items()),
    )


def lacks(parcel: Parcel, field: str) -> bool:
    """Whether the parcel says nothing there; 0 and false are answers."""
    name, _, kind = field.partition(".")
    value: Any = getattr(parcel, name)
    if kind:
        return all(each.kind != kind for each in value)
    return value is None or value == () or value == ""
