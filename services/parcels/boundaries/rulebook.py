"""What a county may change of how boundaries are measured: `rulebook/boundaries/<first day>.toml`."""

from __future__ import annotations

from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from .grid import Box


@record
class Tolerance:
    """By how much an outline may differ from the registered area, how wide a strip may lie under two
    outlines, and how far an outline may reach."""

    area_share: Decimal
    area_least_m2: Decimal
    sliver_width_m: Decimal
    widest_degrees: float
    neighbour_gap_m: Decimal
    neighbour_side_m: Decimal

    def of_area_m2(self, registered_m2: Decimal) -> Decimal:
        return max(self.area_least_m2, self.area_share * registered_m2)


@record
class Measures:
    district: Box
    tolerance: Tolerance


MEASURES = Rulebook(FOLDER / "boundaries", Measures)
