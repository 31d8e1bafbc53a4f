"""Areas are those on the projection of the land survey, and agree with the earth's within its distortion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from services.parcels.boundaries.shapes import area_m2

from .plots import corners, polygon, rectangle

CGCS2000 = Geod(a=6378137, rf=298.257222101)


@settings(max_examples=200, deadline=None)
@given(*[st.integers(-20_000, 20_000) for _ in range(2)], *[st.integers(5, 2000) for _ in range(2)])
def test_a_rectangle_of_known_size_has_the_known_area(x, y, width, height):
    area = area_m2(rectangle(x, y, width, height))

    # a side lies at most a hundredth of a millimetre off
    assert abs(area - width * height) <= Decimal("0.01") + Decimal(width + height) / 50_000


@pytest.mark.parametrize("lon", [120.6, 120.8, 121.09])
def test_the_projection_makes_land_larger_by_less_than_three_parts_in_ten_thousand(lon):
    """Scale is 1 at 120° E, and grows with the square of the distance from it."""
    ring = [[lon, 30.0], [lon + 0.001, 30.0], [lon + 0.001, 30.001], [lon, 30.001], [lon, 30.0]]
    on_the_earth, _ = CGCS2000.polygon_area_perimeter(*zip(*ring, strict=True))

    ratio = float(area_m2({"type": "Polygon", "coordinates": [ring]})) / on_the_earth
    distance = 0.0174533 * (lon + 0.0005 - 120) * 0.866  # in radians, at 30° N
    assert ratio == pytest.approx(1 + distance**2, abs=2e-6)


def test_parts_are_added_and_holes_taken_away():
    with_hole = polygon(corners(0, 0, 100, 50), corners(10, 10, 20, 20))
    parts = [with_hole["coordinates"], rectangle(500, 0)["coordinates"]]

    assert area_m2(with_hole) == Decimal("4600.00")
    assert area_m2({"type": "MultiPolygon", "coordinates": parts}) == Decimal("9600.00")
