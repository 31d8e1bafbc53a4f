"""What a boundary must keep to: each rule answers with a reason, or with nothing.

A reason names the first position that is wrong by its field, and never repeats the position.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from .boundary import Geometry
from .grid import Box
from .rulebook import MEASURES, Measures
from .shapes import what_is_wrong

RFC = "RFC 7946 (GeoJSON), 3.1.1 and 3.1.6"
LARGEST_DEGREES = 180.0


@record
class Located:
    """Positions, each with its field, and the outline that they make, if they make one. They are held
    against the rulebook of the day that they are about."""

    positions: tuple[tuple[str, Sequence[float]], ...]
    on: date
    outline: Geometry | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any], on: date) -> Located:
        """What a township reports: an outline, or only a point."""
        outline = data["geometry"]
        if outline is None:
            return cls(positions=(("data.point", data["point"]),), on=on)
        placed = ((f"data.geometry.coordinates.{path}", each) for path, each in outline.positions())
        return cls(positions=tuple(placed), on=on, outline=outline)

    @property
    def measures(self) -> Measures:
        return MEASURES.on(self.on)

    @property
    def is_in_district(self) -> bool:
        return all(self.measures.district.holds(lon, lat) for _, (lon, lat) in self.positions)

    def first(self, is_wrong: Callable[[float, float], bool]) -> str | None:
        """The field of the first position of which that is true."""
        return next((field for field, (x, y) in self.positions if is_wrong(x, y)), None)


def numbers_are_degrees(located: Located) -> Reason | None:
    """Metres of a projection, 3571052.46 say, are no degrees."""
    wrong = located.first(lambda x, y: not _are_degrees(x, y))
    if wrong is None:
        return None
    return Reason(
        "NOT_DEGREES",
        f"These are no degrees, but perhaps metres of a projection; give longitude and latitude in "
        f"degrees, {_as_here(located.measures.district)}.",
        field=wrong,
        source=RFC,
    )


def longitude_comes_first(located: Located) -> Reason | None:
    """EPSG:4490 has the latitude first, GeoJSON the longitude; programs mix them up."""
    district = located.measures.district
    wrong = located.first(lambda x, y: district.holds(y, x) and not district.holds(x, y))
    if wrong is None:
        return None
    return Reason(
        "AXES_SWAPPED",
        f"Latitude and longitude have changed places; give the longitude first, {_as_here(district)}.",
        field=wrong,
        source=RFC,
    )


def lies_in_district(located: Located) -> Reason | None:
    """A parcel of the district lies within it."""
    district = located.measures.district

    def is_elsewhere(x: float, y: float) -> bool:
        return _are_degrees(x, y) and not district.holds(x, y) and not district.holds(y, x)

    wrong = located.first(is_elsewhere)
    if wrong is None:
        return None
    return Reason(
        "OUTSIDE_DISTRICT",
        f"This lies outside the district; give a position in it, {_as_here(district)}.",
        field=wrong,
        source="the box around the district in the rulebook, which nobody has confirmed",
    )


def spans_no_more_than_a_plot(located: Located) -> Reason | None:
    """One corner that is far off makes a plot of many kilometres."""
    if located.outline is None or not located.is_in_district:
        return None
    box, widest = located.outline.box(), located.measures.tolerance.widest_degrees
    if box.east - box.west <= widest and box.north - box.south <= widest:
        return None
    return Reason(
        "TOO_WIDE",
        f"The outline reaches over more than {widest} degrees; check its corners, or give its parts as "
        "parcels of their own.",
        field="data.geometry",
    )


def outline_encloses_land(located: Located) -> Reason | None:
    """The sides of an outline do not cross, its holes lie inside, its parts beside each other."""
    if located.outline is None or not located.is_in_district:
        return None
    wrong = what_is_wrong(located.outline.geojson)
    if wrong is None:
        return None
    said, near = wrong
    if "Self-intersection" in said:
        return _crossing(near)
    return Reason(
        "RINGS_DO_NOT_FIT",
        f"The rings make no area near {near} ({said}); give the outer ring of each polygon first, then "
        "holes that lie in it.",
        field="data.geometry",
        source=RFC,
    )


def _crossing(near: str) -> Reason:
    return Reason(
        "SELF_CROSSING",
        f"The outline crosses or touches itself near {near}; give its corners in their order around "
        "the plot.",
        field="data.geometry",
        source=RFC,
    )


def _are_degrees(x: float, y: float) -> bool:
    return abs(x) <= LARGEST_DEGREES and abs(y) <= LARGEST_DEGREES


def _as_here(district: Box) -> str:
    return f"[{district.west} to {district.east}, {district.south} to {district.north}] in the district"


POSITION_RULES: tuple[Rule[Located], ...] = (
    numbers_are_degrees,
    longitude_comes_first,
    lies_in_district,
)
REPORT_RULES: tuple[Rule[Located], ...] = (
    *POSITION_RULES,
    spans_no_more_than_a_plot,
    outline_encloses_land,
)
