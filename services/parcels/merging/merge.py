"""A merge: what the land desk asks for, beside what is known of the parcels and their cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..lineage.lineage import plot_of
from ..lineage.succession import Plot, Succession, SuccessionKind
from ..register.parcel import Parcel, ParcelState, UseFrom, codes_of, joint_soil
from ..register.rights.rights import Encumbrances
from ..remediation.case import Case
from ..words import Said

AGREED = ("land_use", "planned_use", "in_zone")  # of which the one parcel can have but one value


@record
class Merge:
    """Parcels that are to become one. `known` is what is known of that one already: often but its id;
    `cases` are those that concern the sources; `said.on` is the day of the merge."""

    sources: tuple[Parcel, ...]
    known: Parcel
    area_m2: Decimal
    parcel_code: str | None
    cases: tuple[Case, ...]
    said: Said

    @property
    def parcel_id(self) -> str:
        return self.known.parcel_id

    @property
    def total_m2(self) -> Decimal:
        return sum((each.area_m2 or Decimal(0) for each in self.sources), Decimal(0))


def carried_out(merge: Merge) -> tuple[Parcel, ...]:
    """The new parcel, and its sources as they ended."""
    new, known = merge.known, merge.known
    if known.state is not ParcelState.REGISTERED:
        new = _merged(merge)
    new = new.with_soil(known.soil).with_soil(joint_soil([each.soil for each in merge.sources]))
    new = new.with_recorded(encumbrances=_joint_encumbrances(merge.sources))
    ids = tuple(each.parcel_id for each in merge.sources)
    new = replace(new, parent_ids=ids, uses_before=_joint_uses(merge.sources))
    ended = (
        replace(each, state=ParcelState.MERGED, child_ids=(new.parcel_id,))
        for each in merge.sources
    )
    return new, *ended


def succession_of(merge: Merge, succession_id: str) -> Succession:
    """The record of a merge that was carried out."""
    return Succession(
        succession_id=succession_id,
        township=merge.known.township,
        kind=SuccessionKind.MERGE,
        sources=tuple(map(plot_of, merge.sources)),
        results=(Plot(parcel_id=merge.parcel_id, area_m2=merge.area_m2),),
        said=merge.said,
    )


def _merged(merge: Merge) -> Parcel:
    """The new parcel as its sources say. It has no survey of its own yet, so that any survey of it
    takes its place, also one that was made before the merge. Of a withdrawn part that had its id
    before nothing is left but the version."""
    first = merge.sources[0]
    return replace(
        Parcel.unknown(merge.parcel_id),
        state=ParcelState.REGISTERED,
        version=merge.known.version + 1,
        case_ids=merge.known.case_ids,
        area_m2=merge.area_m2,
        land_use=first.land_use,
        planned_use=first.planned_use,
        in_zone=first.in_zone,
        identifiers=codes_of(merge.parcel_code, merge.said.on),
        right_holder=common([each.right_holder for each in merge.sources]),
        industry_code=common([each.industry_code for each in merge.sources]),
        key_regulated_unit=any(each.key_regulated_unit for each in merge.sources),
        surveyed=None,
    )


def common(values: Sequence[Any]) -> Any:
    """What all of them have, or none."""
    return values[0] if all(each == values[0] for each in values) else None


def _joint_uses(sources: tuple[Parcel, ...]) -> tuple[UseFrom, ...]:
    """The use that all of them have, since the last of them got it; none where nobody said since when."""
    last = [each.uses[-1] for each in sources if each.uses]
    if len(last) < len(sources):
        return ()
    return (max(last, key=lambda each: each.from_on),)


def _joint_encumbrances(sources: tuple[Parcel, ...]) -> Encumbrances | None:
    """What lies on any of the sources lies on the parcel that takes their place."""
    held = [each.encumbrances for each in sources if each.encumbrances]
    if not held:
        return None
    entries = dict.fromkeys(entry for each in held for entry in each.entries)
    return Encumbrances(entries=tuple(entries), recorded=max(each.recorded for each in held))
