"""Boundaries as GeoJSON (RFC 7946), for maps."""

from __future__ import annotations

from .boundary import Boundary, Outline, Point
from .findings import BoundaryFindings
from .schemas import Feature, Shape


def feature_of(boundary: Boundary, findings: BoundaryFindings) -> Feature:
    """The outline of a parcel, or its point where nobody surveyed an outline."""
    shown = boundary.shown
    return {
        "type": "Feature",
        "id": boundary.parcel_id,
        "geometry": _shape(shown),
        "properties": {
            "parcel_id": boundary.parcel_id,
            "township": boundary.township,
            "crs": shown.crs,
            "area_m2": findings.outline_area_m2,
            "surveyed_on": shown.surveyed.on,
            "reasons": [reason.as_dict() for reason in findings.reasons],
        },
    }


def _shape(shown: Outline | Point) -> Shape:
    if isinstance(shown, Point):
        return {"type": "Point", "coordinates": shown.position}
    return {"type": shown.geometry.type.value, "coordinates": shown.geometry.coordinates}
