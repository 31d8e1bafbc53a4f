"""Carrying a split out, so that the part that a case has vacated can be released by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from park.rules import broken, refuse

from ..register.parcel import Identifier, IdentifierKind, Parcel, ParcelState
from ..remediation.case import Case
from .rules import RULES
from .split import Part, Split


def carried_out(split: Split) -> tuple[tuple[Parcel, ...], Case]:
    """The parcel and its children, and the case on the child that it vacated. Raises
    `Refused` with every rule that is broken."""
    refuse(*broken(RULES, split))
    children = tuple(_children(split))
    parent = replace(
        split.parcel,
        state=ParcelState.SPLIT,
        child_ids=tuple(child.parcel_id for child in children),
    )
    case = replace(split.case, vacated_parcel_id=split.vacated_part.parcel_id)
    return (parent, *children), case


def _children(split: Split) -> Iterator[Parcel]:
    for part in split.parts:
        known = split.known.get(part.parcel_id) or Parcel.unknown(part.parcel_id)
        child = known if known.registered else _child(split, part, known.case_ids)
        child = child.with_soil(known.soil).with_soil(split.parcel.soil)
        child = replace(child, parent_id=split.parcel.parcel_id)
        yield child.with_case(split.case.case_id) if part.vacated else child


def _child(split: Split, part: Part, case_ids: tuple[str, ...]) -> Parcel:
    """A part as a parcel: what the survey of the whole says, but for area, buildings and codes. So a survey
    of the part takes its place, also one that was made before the split."""
    codes = [part.parcel_code] if part.parcel_code else []
    return replace(
        split.parcel,
        parcel_id=part.parcel_id,
        version=1,
        area_m2=part.area_m2,
        area_reported=None,
        buildings=None,
        identifiers=tuple(
            Identifier(kind=IdentifierKind.PARCEL_CODE, value=code, valid_from=split.said.on)
            for code in codes
        ),
        case_ids=case_ids,
    )
