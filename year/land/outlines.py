"""Where a plot lies: a rectangle of its area in a square of the district of its own, so that none overlap."""

from __future__ import annotations

from datetime import date
from math import ceil, cos, radians, sqrt
from typing import Any

from services.parcels.boundaries.rulebook import MEASURES

from ..plan import Plan
from .sites import Site


def outline(plan: Plan, site: Site, on: date) -> dict[str, Any]:
    """A polygon in degrees; only a point, where so many plots have no room in the district."""
    district = MEASURES.on(on).district
    side = ceil(sqrt(plan.plots))
    column, row = site.number % side, site.number // side
    cell_x, cell_y = (
        (district.east - district.west) / side,
        (district.north - district.south) / side,
    )
    x, y = district.west + (column + 0.5) * cell_x, district.south + (row + 0.5) * cell_y
    lon_m, lat_m = _metres(y)
    ratio = plan.draw("shape", site.number).uniform(0.7, 1.4)
    width, height = sqrt(site.area_m2 * ratio) / lon_m, sqrt(site.area_m2 / ratio) / lat_m
    if width > cell_x * 0.9 or height > cell_y * 0.9:
        return {"point": [round(x, 6), round(y, 6)]}
    west, east = round(x - width / 2, 7), round(x + width / 2, 7)
    south, north = round(y - height / 2, 7), round(y + height / 2, 7)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"geometry": {"type": "Polygon", "coordinates": [ring]}}


def _metres(latitude: float) -> tuple[float, float]:
    """How long a degree is there, eastward and northward, on the ellipsoid of CGCS2000."""
    at = radians(latitude)
    east = 111_412.84 * cos(at) - 93.5 * cos(3 * at) + 0.118 * cos(5 * at)
    return east, 111_132.92 - 559.82 * cos(2 * at) + 1.175 * cos(4 * at)
