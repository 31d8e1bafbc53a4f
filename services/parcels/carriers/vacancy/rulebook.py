"""What a county may change: the tiers by which plants are sold, and the stars that count."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook

FOLDER = Path(__file__).parents[2] / "rulebook"


@record
class Tier:
    """Buyers with a yearly revenue from `from_wan` on and below `below_wan`, in 万元."""

    from_wan: Decimal | None = None
    below_wan: Decimal | None = None
    price_cny_per_m2: Decimal

    def holds(self, revenue_wan: Decimal) -> bool:
        from_here = self.from_wan is None or self.from_wan <= revenue_wan
        return from_here and (self.below_wan is None or revenue_wan < self.below_wan)


@record
class Table:
    place: str
    division: str
    source: str
    tiers: tuple[Tier, ...]


@record
class SaleTiers:
    tables: tuple[Table, ...]


@record
class StarRating:
    least_stars: int
    source: str


SALE_TIERS = Rulebook(FOLDER / "sale_tiers", SaleTiers)
STAR_RATING = Rulebook(FOLDER / "star_rating", StarRating)
