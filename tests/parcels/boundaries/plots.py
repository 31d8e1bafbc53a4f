"""Outlines for tests, laid out in metres of the land survey's projection, and reported in degrees."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from pyproj import Transformer

from services.parcels.boundaries.boundary import Geometry, GeometryType
from services.parcels.boundaries.positions import coordinates

from ..reports import XIAOYUE, Report

EAST_M, NORTH_M = 590_000.0, 3_329_000.0  # in the middle of the district, on EPSG:4549
DAY = date(2023, 1, 10)
DECIMALS = 10  # of a degree: a hundredth of a millimetre


@cache
def to_degrees() -> Transformer:
    return Transformer.from_crs(4549, 4490, always_xy=True)


def position(x_m: float, y_m: float) -> list[float]:
    """That many metres to the east and the north of a place in the district."""
    lon, lat = to_degrees().transform(EAST_M + x_m, NORTH_M + y_m)
    return [round(lon, DECIMALS), round(lat, DECIMALS)]


def ring(corners: list[tuple[float, float]]) -> list[list[float]]:
    """The corners in metres, with the first again."""
    return [position(*corner) for corner in [*corners, corners[0]]]


def corners(x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def polygon(*rings: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring(each) for each in rings]}


def rectangle(x: float, y: float, width: float = 100, height: float = 50) -> dict[str, Any]:
    """Against the clock from its south-western corner."""
    return polygon(corners(x, y, width, height))


def outlined(number: int, geometry: Any, **more: Any) -> Report:
    """The report of an outline, of the parcel with that number."""
    return "parcel.boundary_surveyed", {
        "parcel_id": parcel_id(number),
        "geometry": geometry,
        "crs": "CGCS2000",
        "surveyed_on": "2023-01-10",
        **more,
    }


def pointed(number: int, at: Any, **more: Any) -> Report:
    type_, data = outlined(number, None, **more)
    return type_, {name: value for name, value in data.items() if name != "geometry"} | {
        "point": at
    }


def parcel_id(number: int, township: str = XIAOYUE) -> str:
    return f"{township}-{number:04}"


def loaded(geometry: dict[str, Any]) -> Geometry:
    """The geometry as the contract reads it."""
    kind = GeometryType(geometry["type"])
    return Geometry(type=kind, coordinates=coordinates(kind, geometry["coordinates"]))
