"""The boundary of a parcel: the outline that was surveyed last, and a point to find it by.

It is kept apart from the parcel, which stays light. Positions are `[longitude, latitude]` in degrees,
as GeoJSON (RFC 7946) has them; a digit that a township wrote is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..words import Said, township_of
from .grid import Box
from .rulebook import MEASURES
from .shapes import area_m2, common_side_m, holds, overlap_m2


class Crs(StrEnum):
    """The reference system of the degrees. They differ by decimetres, which no rule here sees."""

    CGCS2000 = "CGCS2000"
    WGS84 = "WGS84"


class GeometryType(StrEnum):
    POLYGON = "Polygon"
    MULTI_POLYGON = "MultiPolygon"


@record
class Geometry:
    """A geometry of GeoJSON. Outer rings run against the clock, holes with it."""

    type: GeometryType
    coordinates: list[Any]

    def positions(self) -> Iterator[tuple[str, list[float]]]:
        """Each position, with its path in the coordinates: `0.3`, or `1.0.3` of several polygons."""
        for path, ring in self._rings():
            for number, position in enumerate(ring):
                yield f"{path}.{number}", position

    @property
    def geojson(self) -> dict[str, Any]:
        return {"type": self.type.value, "coordinates": self.coordinates}

    def box(self) -> Box:
        return Box.around((lon, lat) for _, (lon, lat) in self.positions())

    def _rings(self) -> Iterator[tuple[str, list[Any]]]:
        if self.type is GeometryType.POLYGON:
            yield from ((f"{number}", ring) for number, ring in enumerate(self.coordinates))
            return
        for which, polygon in enumerate(self.coordinates):
            yield from ((f"{which}.{number}", ring) for number, ring in enumerate(polygon))


@record
class Outline:
    """`area_m2` is that on the projection of the land survey, to a hundredth."""

    geometry: Geometry
    crs: Crs
    area_m2: Decimal
    surveyed: Said

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a position lies within, or on the edge."""
        return holds(self.geometry.geojson, lon, lat)


@record
class Point:
    """A position within the parcel, where nobody surveyed its outline, or beside that."""

    position: list[float]
    crs: Crs
    surveyed: Said


@record
class Boundary:
    """Of two outlines, and of two points, the one of the later day stands."""

    parcel_id: str
    township: str
    outline: Outline | None = None
    point: Point | None = None

    @classmethod
    def unknown(cls, parcel_id: str) -> Boundary:
        return cls(parcel_id=parcel_id, township=township_of(parcel_id))

    @property
    def box(self) -> Box | None:
        return self.outline.geometry.box() if self.outline else None

    @property
    def shown(self) -> Outline | Point:
        """The outline, or the point of a parcel without one. A boundary that is kept has either."""
        shown = self.outline or self.point
        assert shown  # noqa: S101 - see above
        return shown

    @property
    def surveyed(self) -> tuple[Said, ...]:
        """What stands was said in these reports."""
        return tuple(each.surveyed for each in (self.outline, self.point) if each)

    def holds(self, lon: float, lat: float) -> bool:
        return self.outline is not None and self.outline.holds(lon, lat)

    def with_survey(self, data: Mapping[str, Any], said: Said) -> Boundary:
        """The boundary with the outline or the point of a report, unless a later one stands."""
        geometry, crs = data["geometry"], data["crs"]
        if geometry is None:
            return self.with_point(Point(position=data["point"], crs=crs, surveyed=said))
        area = area_m2(geometry.geojson)
        return self.with_outline(Outline(geometry=geometry, crs=crs, area_m2=area, surveyed=said))

    def with_outline(self, outline: Outline) -> Boundary:
        """The boundary with this outline, unless a later one stands."""
        if self.outline and self.outline.surveyed > outline.surveyed:
            return self
        return replace(self, outline=outline)

    def with_point(self, point: Point) -> Boundary:
        """The boundary with this point, unless a later one stands."""
        if self.point and self.point.surveyed > point.surveyed:
            return self
        return replace(self, point=point)


def shared_m2(one: Boundary, other: Boundary) -> Decimal | None:
    """How much land lies within both outlines; none if it is nowhere wider than a sliver, by the
    rulebook of the later survey. It is the same whichever of the two came last."""
    first, second = sorted((one, other), key=lambda each: each.parcel_id)
    if first.outline is None or second.outline is None:
        return None
    on = max(first.outline.surveyed.on, second.outline.surveyed.on)
    width = MEASURES.on(on).tolerance.sliver_width_m
    return overlap_m2(first.outline.geometry.geojson, second.outline.geometry.geojson, width)


def are_neighbours(one: Boundary, other: Boundary, on: date) -> bool:
    """Whether they have a side in common, and not only a corner, by the rulebook of that day."""
    if one.outline is None or other.outline is None:
        return False
    bar = MEASURES.on(on).tolerance
    sides = (one.outline.geometry.geojson, other.outline.geometry.geojson)
    return common_side_m(*sides, bar.neighbour_gap_m) >= bar.neighbour_side_m
