"""A made-up park of 2,595 plots on 58,000 mu: blocks of two rows back to back, with streets between.

The same numbers give the same plots. No two of them share land, and neighbours have a side in common.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Any

from pyproj import Transformer

PLOTS, MU = 2595, 58_000
ROW_M, STREET_M, LONGEST_ROW_M = 120.0, 20.0, 6000.0
TURNED_DEGREES = 12.0  # as streets are, so that the box around a plot meets those of its neighbours
EAST_M, NORTH_M = 583_000.0, 3_322_000.0  # on EPSG:4549, in the district
MOST_SLANTED_M = 8.0
DECIMALS = 9  # of a degree, a tenth of a millimetre


@dataclass(frozen=True)
class Plot:
    """`ring` has the corners in degrees, the first one again at its end."""

    area_m2: float
    ring: list[list[float]]

    @property
    def geometry(self) -> dict[str, Any]:
        return {"type": "Polygon", "coordinates": [self.ring]}


def plots(count: int = PLOTS) -> Iterator[Plot]:
    """So many plots; a few are large and many are small, as in life."""
    chance = random.Random(count)  # noqa: S311 - nobody has to guess it
    sizes = [chance.lognormvariate(0, 0.7) for _ in range(count)]
    m2 = MU * count / PLOTS * 2000 / 3 / sum(sizes)
    x, row, slant = 0.0, 0, 0.0
    for size in sizes:
        width = size * m2 / ROW_M
        after = chance.uniform(-1, 1) * min(MOST_SLANTED_M, width / 3)
        corners = _corners(x, x + width, _south(row), slant, after)
        yield Plot(round(width * ROW_M, 2), _in_degrees([*corners, corners[0]]))
        x, slant = x + width, after
        if x > LONGEST_ROW_M:
            x, row, slant = 0.0, row + 1, 0.0


def _south(row: int) -> float:
    return row * ROW_M + (row // 2) * STREET_M


def _corners(
    west: float, east: float, south: float, slant: float, after: float
) -> list[tuple[float, float]]:
    """A plot between two slanted sides; that its corners move apart and together leaves its area."""
    north = south + ROW_M
    lower, upper = (west - slant, east - after), (east + after, west + slant)
    return [(lower[0], south), (lower[1], south), (upper[0], north), (upper[1], north)]


def _in_degrees(corners: list[tuple[float, float]]) -> list[list[float]]:
    turn = radians(TURNED_DEGREES)
    turned = [
        (EAST_M + x * cos(turn) - y * sin(turn), NORTH_M + x * sin(turn) + y * cos(turn))
        for x, y in corners
    ]
    lons, lats = _TO_DEGREES.transform(*zip(*turned, strict=True))
    pairs = zip(lons, lats, strict=True)
    return [[round(lon, DECIMALS), round(lat, DECIMALS)] for lon, lat in pairs]


_TO_DEGREES = Transformer.from_crs(4549, 4490, always_xy=True)
