"""Which parcels lie near each other: a grid over the district, so that none is compared with all.

A cell holds the parcels whose box touches it. Two boxes that meet have a cell in common, and whoever
lays an outline into the grid writes the cells that it touches: of two that are laid at one moment the
later commit clashes, and sees the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import product
from math import floor

from backbone.records import record

CELL_DEGREES = 0.005  # 480 by 555 m, some twenty plots; another size means laying everything anew


@dataclass(frozen=True, slots=True)
class Box:
    """What lies between two meridians and two parallels, in degrees, its edges included."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, positions: Iterable[tuple[float, float]]) -> Box:
        """The smallest box that holds these positions, of which there is one at least."""
        lons, lats = zip(*positions, strict=True)
        return cls(min(lons), min(lats), max(lons), max(lats))

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def widened(self, degrees: float) -> Box:
        """The box with so much more on each side."""
        west, south = self.west - degrees, self.south - degrees
        return Box(west, south, self.east + degrees, self.north + degrees)

    def meets(self, other: Box) -> bool:
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )


@dataclass(frozen=True, slots=True)
class Lying:
    """A parcel and the box of its outline."""

    parcel_id: str
    box: Box


@record
class GridCell:
    """The parcels that touch one cell, by their ids."""

    cell_id: str
    lying: tuple[Lying, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.lying

    def with_parcel(self, parcel_id: str, box: Box | None) -> GridCell:
        """The cell with this parcel as it lies now, or without it."""
        others = [each for each in self.lying if each.parcel_id != parcel_id]
        here = [Lying(parcel_id, box)] if box else []
        return replace(self, lying=tuple(sorted(others + here, key=lambda each: each.parcel_id)))

    def meeting(self, box: Box) -> tuple[str, ...]:
        """The parcels of this cell whose box meets that one."""
        return tuple(each.parcel_id for each in self.lying if each.box.meets(box))


def cells_of(box: Box) -> frozenset[str]:
    """The cells that a box touches."""
    columns = range(_number(box.west), _number(box.east) + 1)
    rows = range(_number(box.south), _number(box.north) + 1)
    return frozenset(f"{column}-{row}" for column, row in product(columns, rows))


def _number(degrees: float) -> int:
    return floor(degrees / CELL_DEGREES)
