"""A correction of a wrong split: what the land desk asks for, beside what became of the parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..lineage import succession
from ..lineage.succession import Plot, Succession
from ..register.parcel import IdentifierKind, Parcel, ParcelState, codes_of
from ..remediation.case import Case
from ..words import Said


@record
class CorrectedPart:
    parcel_id: str
    area_m2: Decimal
    parcel_code: str | None = None


@record
class Correction:
    """`parts` are all the parts with the areas and codes that are right; when it `undoes` the split
    there are none. `children` are the parts as they are, `case` is the one that the split was for."""

    parcel: Parcel
    split: Succession | None
    children: tuple[Parcel, ...]
    case: Case | None
    undoes: bool
    parts: tuple[CorrectedPart, ...]
    reason: str
    said: Said

    @property
    def right(self) -> Mapping[str, CorrectedPart]:
        return {part.parcel_id: part for part in self.parts}

    def corrected(self, child: Parcel) -> Parcel:
        part = self.right.get(child.parcel_id)
        if part is None:
            return withdrawn(child, self.case)
        area: dict[str, Any] = {}
        if part.area_m2 != child.area_m2:
            area = {"area_m2": part.area_m2, "version": child.version + 1}
        return with_code(replace(child, **area), part.parcel_code, self.said.on)

    def has_own_survey(self, child: Parcel) -> bool:
        """A part that was not surveyed by itself has the survey of the whole."""
        return child.surveyed != self.parcel.surveyed


def carried_out(correction: Correction) -> Iterator[Any]:
    """The parcel, its parts, the case and the record of the split as they are from now on."""
    split, case = correction.split, correction.case
    yield from map(correction.corrected, correction.children)
    if correction.undoes:
        yield replace(correction.parcel, state=ParcelState.REGISTERED, child_ids=())
    if correction.undoes and case:
        yield replace(case, vacated_parcel_id=correction.parcel.parcel_id)
    if split:
        yield split.corrected(record_of(correction))


def record_of(correction: Correction) -> succession.Correction:
    """What is kept of it beside the split."""
    results = tuple(Plot(parcel_id=p.parcel_id, area_m2=p.area_m2) for p in correction.parts)
    return succession.Correction(results=results, reason=correction.reason, said=correction.said)


def withdrawn(child: Parcel, case: Case | None) -> Parcel:
    """A part of a split that was undone: it is no parcel, and its id is free for another split. The soil
    is that of the whole again."""
    case_ids = tuple(each for each in child.case_ids if case is None or each != case.case_id)
    return replace(
        child,
        state=ParcelState.WITHDRAWN,
        case_ids=case_ids,
        parent_id=None,
        parent_ids=(),
        soil=None,
    )


def with_code(parcel: Parcel, parcel_code: str | None, valid_from: date) -> Parcel:
    """With a code that is right from that day on; the one before stays on record."""
    kind = IdentifierKind.PARCEL_CODE
    known = [each.value for each in parcel.identifiers if each.kind is kind]
    if parcel_code is None or known[-1:] == [parcel_code]:
        return parcel
    codes = codes_of(parcel_code, valid_from)
    return replace(parcel, identifiers=(*parcel.identifiers, *codes))
