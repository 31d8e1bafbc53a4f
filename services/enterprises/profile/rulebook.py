"""What law may change: until when capital is paid, and from which revenue a firm is above scale."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook, hold_within

from ..rulebook import FOLDER


@record
class CapitalTerm:
    """Without `within_years` the law names no end."""

    source: str
    within_years: int | None = None
    new_from: date = date.max
    adjust_by: date = date.max
    adjusted_at_latest: date = date.max

    def __post_init__(self) -> None:
        hold_within(1, 100, within_years=self.within_years)


@record
class ScaleBar:
    main_revenue_cny: Decimal
    source: str


CAPITAL_TERMS = Rulebook(FOLDER / "capital", CapitalTerm)
SCALE_BARS = Rulebook(FOLDER / "scale", ScaleBar)
