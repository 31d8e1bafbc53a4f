"""What a county may change: the tiers by which plants are sold, and the stars that count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from park.rulebook import Rulebook

FOLDER = Path(__file__).parents[2] / "rulebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """Buyers with a yearly revenue from `from_wan` on and below `below_wan`, in 万元."""

    from_wan: Decimal | None = None
    below_wan: Decimal | None = None
    price_cny_per_m2: Decimal

    def holds(self, revenue_wan: Decimal) -> bool:
        from_here = self.from_wan is None or self.from_wan <= revenue_wan
        return from_here and (self.below_wan is None or revenue_wan < self.below_wan)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    place: str
    division: str
    source: str
    tiers: tuple[Tier, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleTiers:
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StarRating:
    least_stars: int
    source: str


SALE_TIERS = Rulebook(FOLDER / "sale_tiers", SaleTiers)
STAR_RATING = Rulebook(FOLDER / "star_rating", StarRating)
