"""Carrying a split out: parts that are parcels of their own, each released, surveyed, sold by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from park.rules import broken, refuse

from ..lineage.lineage import plot_of
from ..lineage.succession import Plot, Succession, SuccessionKind
from ..register.parcel import Parcel, ParcelState, codes_of
from ..remediation.case import Case
from .rules import RULES
from .split import Part, Split


def carried_out(split: Split) -> tuple[tuple[Parcel, ...], tuple[Case, ...]]:
    """The parcel and its children, and the case, if there is one, on the child that it vacated.
    Raises `Refused` with every rule that is broken."""
    refuse(*broken(RULES, split))
    children = tuple(_children(split))
    parent = replace(
        split.parcel,
        state=ParcelState.SPLIT,
        child_ids=tuple(child.parcel_id for child in children),
    )
    case, vacated = split.case, split.vacated_part
    if case is None or vacated is None:
        return (parent, *children), ()
    return (parent, *children), (replace(case, vacated_parcel_id=vacated.parcel_id),)


def succession_of(split: Split, succession_id: str) -> Succession:
    """The record of a split that was carried out."""
    return Succession(
        succession_id=succession_id,
        township=split.parcel.township,
        kind=SuccessionKind.SPLIT,
        sources=(plot_of(split.parcel),),
        results=tuple(Plot(parcel_id=p.parcel_id, area_m2=p.area_m2) for p in split.parts),
        said=split.said,
        case_id=split.case.case_id if split.case else None,
    )


def _children(split: Split) -> Iterator[Parcel]:
    for part in split.parts:
        known = split.known.get(part.parcel_id) or Parcel.unknown(part.parcel_id)
        child = known if known.state is ParcelState.REGISTERED else _child(split, part, known)
        child = child.with_soil(known.soil).with_soil(split.parcel.soil)
        child = child.with_recorded(encumbrances=split.parcel.encumbrances)
        whole = split.parcel.parcel_id
        uses = split.parcel.uses
        child = replace(child, parent_id=whole, parent_ids=(whole,), uses_before=uses)
        yield child.with_case(split.case.case_id) if split.case and part.vacated else child


def _child(split: Split, part: Part, known: Parcel) -> Parcel:
    """A part as a parcel: what the survey of the whole says, but for area, buildings and codes. So a
    survey of the part takes its place, also one that was made before the split."""
    return replace(
        split.parcel,
        parcel_id=part.parcel_id,
        version=known.version + 1,
        area_m2=part.area_m2,
        area_reported=None,
        buildings=None,
        identifiers=codes_of(part.parcel_code, split.said.on),
        case_ids=known.case_ids,
        surveys=(),
    )
