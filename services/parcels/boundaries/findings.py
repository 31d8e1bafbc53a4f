"""What is known to be doubtful about a boundary. It is kept apart from the outline, so that a change of
a neighbour or of the register does not touch it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record

from ..words import township_of
from .boundary import Boundary


class Finding(StrEnum):
    """The codes of the doubts."""

    AREA_DIFFERS = "AREA_DIFFERS"
    OVERLAPS = "OVERLAPS"
    POINT_OUTSIDE = "POINT_OUTSIDE"


@record
class Overlap:
    """`parcel_id` is the other parcel, `area_m2` what lies within both."""

    parcel_id: str
    area_m2: Decimal


@record
class BoundaryFindings:
    """`outline_area_m2` is measured, none without an outline. `finding_no` grows by one with each change
    of the reasons. Both parcels of an overlap have it."""

    parcel_id: str
    township: str
    outline_area_m2: Decimal | None = None
    surveyed_on: date | None = None
    point_is_outside: bool = False
    overlaps: tuple[Overlap, ...] = ()
    reasons: tuple[Reason, ...] = ()
    finding_no: int = 0

    @classmethod
    def unknown(cls, parcel_id: str) -> BoundaryFindings:
        return cls(parcel_id=parcel_id, township=township_of(parcel_id))

    @property
    def finding(self) -> tuple[Finding, ...]:
        """To list the boundaries with one kind of doubt."""
        return tuple(Finding(reason.code) for reason in self.reasons)

    @property
    def has_outline(self) -> bool:
        return self.outline_area_m2 is not None

    def of(self, boundary: Boundary) -> BoundaryFindings:
        """The findings with what the boundary says by itself."""
        outline, point = boundary.outline, boundary.point
        return replace(
            self,
            outline_area_m2=outline.area_m2 if outline else None,
            surveyed_on=outline.surveyed.on if outline else None,
            point_is_outside=bool(outline and point and not outline.holds(*point.position)),
        )

    def with_overlap(self, parcel_id: str, area_m2: Decimal | None) -> BoundaryFindings:
        """The findings with this overlap, or without one."""
        others = [each for each in self.overlaps if each.parcel_id != parcel_id]
        this = [Overlap(parcel_id=parcel_id, area_m2=area_m2)] if area_m2 is not None else []
        in_order = sorted(others + this, key=lambda each: each.parcel_id)
        return replace(self, overlaps=tuple(in_order))
