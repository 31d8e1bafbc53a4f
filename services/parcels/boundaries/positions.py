"""Positions and rings as they come in GeoJSON, read one by one, each mistake with its place."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from marshmallow import ValidationError

from .boundary import GeometryType

MOST_POSITIONS = 2000  # of one parcel: some 50 kB, so that a page of boundaries fits into an answer
AS_A_NUMBER = (
    "Give degrees as a number, 120.929014; of 120°55′44.45″ that is 120 + 55 / 60 + 44.45 / 3600."
)
TOO_MANY_DIGITS = "Give degrees with at most 15 digits; nobody measures more."
AS_A_POSITION = "Give a position as [longitude, latitude], without a height."
RING = "Give a ring as a list of 4 or more positions, the last of which is the first again."
NOT_CLOSED = "Close the ring: its last position is the first one again."
POLYGON = "Give a polygon as a list of rings, the outer one first, and then its holes."
POLYGONS = "Give a list of polygons, one at least."
TOO_MANY = (
    f"Give at most {MOST_POSITIONS:,} positions; leave out corners that lie on a straight line."
)


def degrees(value: Any) -> float:
    """The number as a double that has each of its digits. Raises `ValidationError`."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValidationError(AS_A_NUMBER)
    try:
        number = float(value)
    except OverflowError:
        raise ValidationError(TOO_MANY_DIGITS) from None
    if not math.isfinite(number):
        raise ValidationError(AS_A_NUMBER)
    if not isinstance(value, float) and Decimal(repr(number)) != value:
        raise ValidationError(TOO_MANY_DIGITS)
    return number


def position(value: Any) -> list[float]:
    """`[longitude, latitude]`. Raises `ValidationError`, for a number with its place."""
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise ValidationError(AS_A_POSITION)
    return _each(degrees, value)


def coordinates(kind: GeometryType, value: Any) -> list[Any]:
    """The coordinates of a geometry with each ring turned as RFC 7946 asks (3.1.6): outer rings against
    the clock, holes with it. Raises `ValidationError`, with the place of each mistake."""
    if kind is GeometryType.POLYGON:
        found = _polygon(value)
        count = sum(map(len, found))
    else:
        found = _each(_polygon, _filled(value, 1, POLYGONS))
        count = sum(len(ring) for polygon in found for ring in polygon)
    if count > MOST_POSITIONS:
        raise ValidationError(TOO_MANY)
    return found


def _polygon(value: Any) -> list[Any]:
    rings = _each(_ring, _filled(value, 1, POLYGON))
    return [_turned(ring, inner=number > 0) for number, ring in enumerate(rings)]


def _ring(value: Any) -> list[Any]:
    found = _each(position, _filled(value, 4, RING))
    if found[0] != found[-1]:
        raise ValidationError(NOT_CLOSED)
    return found


def _turned(ring: list[list[float]], *, inner: bool) -> list[list[float]]:
    return ring if (_twice_area(ring) < 0) == inner else ring[::-1]


def _twice_area(ring: list[list[float]]) -> float:
    """Twice the area in square degrees, below 0 for a ring that runs with the clock."""
    x0, y0 = ring[0]  # near the ring, so that no digits are lost
    around = ((x - x0, y - y0) for x, y in ring)
    return math.fsum(x * v - u * y for (x, y), (u, v) in pairwise(around))


def _filled(value: Any, least: int, otherwise: str) -> list[Any]:
    if not isinstance(value, list | tuple) or len(value) < least:
        raise ValidationError(otherwise)
    return list(value)


def _each(read: Callable[[Any], Any], values: Any) -> list[Any]:
    """Each value as it is read. Raises one `ValidationError` with what is wrong at each place."""
    found, wrong = [], {}
    for number, value in enumerate(values):
        try:
            found.append(read(value))
        except ValidationError as problem:
            wrong[number] = problem.messages
    if wrong:
        raise ValidationError(wrong)
    return found
