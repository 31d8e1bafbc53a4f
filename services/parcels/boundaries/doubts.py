"""What makes a boundary doubtful: each rule answers with a reason, or with nothing. A doubt refuses
nothing, for either survey may be the wrong one; a person has to look."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule, broken

from ..register.parcel import Parcel
from .facts import fact_of
from .findings import BoundaryFindings
from .rulebook import MEASURES

MOST_NAMED = 5  # in a sentence; the findings have them all
PROJECTION = "CGCS2000, 3° zone around 120° E (EPSG:4549)"


@record
class Measured:
    """A boundary as it was measured, and its parcel as it stands."""

    findings: BoundaryFindings
    parcel: Parcel


def area_differs(measured: Measured) -> Reason | None:
    """The area within the outline is about that of the papers, by the rulebook of the survey's day."""
    outline_m2, on = measured.findings.outline_area_m2, measured.findings.surveyed_on
    registered_m2 = measured.parcel.area_m2
    if outline_m2 is None or on is None or registered_m2 is None:
        return None
    allowed_m2 = MEASURES.on(on).tolerance.of_area_m2(registered_m2)
    if abs(outline_m2 - registered_m2) <= allowed_m2:
        return None
    return Reason(
        "AREA_DIFFERS",
        f"The outline encloses {outline_m2:,f} m², and the parcel is registered with "
        f"{registered_m2:,f} m²; survey it again, or correct the register.",
        source=PROJECTION,
    )


def overlaps(measured: Measured) -> Reason | None:
    """No land belongs to two parcels."""
    found = measured.findings.overlaps
    if not found:
        return None
    shared = [f"{each.area_m2:,f} m² with {each.parcel_id}" for each in found[:MOST_NAMED]]
    if more := found[MOST_NAMED:]:
        shared.append(f"and with {len(more):,} more")
    return Reason(
        "OVERLAPS",
        f"The outline shares land with others: {', '.join(shared)}. Survey the common side again.",
        source=PROJECTION,
    )


def point_outside(measured: Measured) -> Reason | None:
    """The point of a parcel lies in it."""
    if not measured.findings.point_is_outside:
        return None
    return Reason(
        "POINT_OUTSIDE",
        "The point of the parcel lies outside its outline; one of them is of another parcel.",
    )


DOUBTS: tuple[Rule[Measured], ...] = (area_differs, overlaps, point_outside)


def reviewed(findings: BoundaryFindings, parcel: Parcel) -> tuple[Any, ...]:
    """The findings with the reasons that hold now, and the fact of that if they changed."""
    reasons = broken(DOUBTS, Measured(findings=findings, parcel=parcel))
    if reasons == findings.reasons:
        return (findings,)
    after = replace(findings, reasons=reasons, finding_no=findings.finding_no + 1)
    return after, fact_of(after)
