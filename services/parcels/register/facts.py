"""The facts of the land register. Areas in m²."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from backbone.records import record

from ..words import LandUse
from .identifiers import CodeConflict, IdentifierKind
from .parcel import Parcel, UseFrom

DISPUTES = UUID("7d1f0a64-9a43-5e0c-8a67-2b9d52f3a1c8")


@record
class ParcelRegistered:
    """`parcels.parcel_registered`: land was surveyed. `version` grows with each change of it. `uses` are
    those of all its surveys, the oldest first; `land_use` is that of the newest."""

    parcel_id: str
    township: str
    area_m2: Decimal
    land_use: LandUse
    in_zone: bool
    uses: tuple[UseFrom, ...]
    version: int


@record
class CodeDisputed:
    """`parcels.code_disputed`: the parcel and another one claim the same code for some days, both
    included. It is announced for each of the two, to its township, under a `dispute_id` of its own."""

    dispute_id: str
    parcel_id: str
    township: str
    other_parcel_id: str
    kind: IdentifierKind
    value: str
    from_on: date
    to_on: date | None


@record
class CodeSettled:
    """`parcels.code_settled`: a survey of one of the two has ended their dispute about the code."""

    dispute_id: str
    parcel_id: str
    township: str
    other_parcel_id: str
    kind: IdentifierKind
    value: str
    from_on: date


EMITTED = (ParcelRegistered, CodeDisputed, CodeSettled)


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


def disputes_of(before: Parcel, after: Parcel) -> tuple[CodeDisputed | CodeSettled, ...]:
    """The facts of the step from `before` to `after` about codes that another parcel claims, too."""
    old, new = before.code_conflicts, after.code_conflicts
    settled = [_settled(after, each) for each in old if each not in new]
    return (*settled, *(_disputed(after, each) for each in new if each not in old))


def _disputed(parcel: Parcel, conflict: CodeConflict) -> CodeDisputed:
    return CodeDisputed(**_about(parcel, conflict), to_on=conflict.to_on)


def _settled(parcel: Parcel, conflict: CodeConflict) -> CodeSettled:
    return CodeSettled(**_about(parcel, conflict))


def _about(parcel: Parcel, conflict: CodeConflict) -> dict[str, Any]:
    told = asdict(conflict)
    to_on = told.pop("to_on")
    name = f"{parcel.parcel_id} {conflict.other_parcel_id} {conflict.code_id} {conflict.from_on} {to_on}"
    ids = {"dispute_id": str(uuid5(DISPUTES, name)), "parcel_id": parcel.parcel_id}
    return ids | {"township": parcel.township} | told
