"""What counts when land and leads are brought together: dated data, and weights that a call may set."""

from __future__ import annotations

from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER

FULL = 1000  # the points of a perfect fit in one thing


@record
class Weights:
    """What counts how much, in whole numbers; `placed` is for land at all."""

    placed: int
    area: int
    township: int
    industry: int
    price: int

    @property
    def best_score(self) -> int:
        """The score of a plot that is perfect in everything."""
        return FULL * (self.area + self.township + self.industry + self.price)


@record
class Points:
    """Of 1000: where nothing in particular is wished or known, and a class within its division."""

    open: int
    within: int


@record
class Near:
    """How far off an area may be, as a share of the wished one."""

    area_share: Decimal


@record
class Merged:
    """Of how many plots that are too small one call asks the land register for their neighbours, and how
    many pairs that cannot be had it tells of."""

    most_plots: int
    most_pairs_told: int


@record
class Most:
    """The most that one call assigns."""

    leads: int
    plots: int


@record
class AssignmentLaw:
    source: str
    weights: Weights
    points: Points
    near: Near
    merged: Merged
    most: Most


ASSIGNMENT_LAW = Rulebook(FOLDER / "assignment", AssignmentLaw)
