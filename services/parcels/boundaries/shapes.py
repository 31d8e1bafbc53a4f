"""What geometry says of coordinates: areas, crossings, overlaps. In metres on the projection of the
land survey, CGCS2000 with 3° zones around 120° E (EPSG:4549), from degrees (EPSG:4490).

shapely, numpy and pyproj take 40 MB, so they are loaded when something is first measured.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

GeoJson: TypeAlias = dict[str, Any]  # a Polygon or MultiPolygon, in degrees
DEGREES, METRES = 4490, 4549
HUNDREDTH = Decimal("0.01")
SAID = re.compile(
    r"(?P<what>.*)\[(?P<lon>\S+) (?P<lat>\S+)\]"
)  # as GEOS says what is wrong, and where


def area_m2(geometry: GeoJson) -> Decimal:
    """The area, to a hundredth of a square metre."""
    return _m2(_in_metres(_shape(geometry)))


def what_is_wrong(geometry: GeoJson) -> tuple[str, str] | None:
    """Why the rings make no area, in the words of GEOS, and near which position; none if they do."""
    import shapely

    said = SAID.fullmatch(shapely.is_valid_reason(_shape(geometry)))
    if said is None:
        return None
    return said["what"], f"[{float(said['lon']):.6f}, {float(said['lat']):.6f}]"


def overlap_m2(one: GeoJson, other: GeoJson, sliver_width_m: Decimal) -> Decimal | None:
    """How much land lies within both; none if it is nowhere wider than a sliver. Sides are straight on
    the projection, as the survey drew them. The last digit may depend on the order of the two."""
    common = _land(one).intersection(_land(other))
    is_sliver = common.buffer(-float(sliver_width_m) / 2).is_empty
    return None if is_sliver else _m2(common)


def common_side_m(one: GeoJson, other: GeoJson, gap_m: Decimal) -> float:
    """How much of the edge of the other runs along the one, at most so far from it. Round each end of a
    common side, and round a corner that only touches, another gap's length lies near: it is no side."""
    near = _land(one).buffer(float(gap_m)).intersection(_land(other).boundary)
    return float(near.length) - 2 * float(gap_m)


def holds(geometry: GeoJson, lon: float, lat: float) -> bool:
    """Whether the position lies within, or on the edge."""
    from shapely import Point

    return bool(_shape(geometry).covers(Point(lon, lat)))


def _shape(geometry: GeoJson) -> BaseGeometry:
    from shapely.geometry import shape

    return shape(geometry)


def _land(geometry: GeoJson) -> BaseGeometry:
    """In metres, where a long side bends by a centimetre, so that a hole beside it may cross it."""
    import shapely

    land = _in_metres(_shape(geometry))
    return land if land.is_valid else shapely.make_valid(land)


def _in_metres(degrees: BaseGeometry) -> BaseGeometry:
    import shapely

    return shapely.transform(degrees, _projection(), interleaved=False)


@cache
def _projection() -> Callable[..., Any]:
    from pyproj import Transformer

    return Transformer.from_crs(DEGREES, METRES, always_xy=True).transform


def _m2(metres: BaseGeometry) -> Decimal:
    return Decimal(str(metres.area)).quantize(HUNDREDTH)
