"""The law of a listing as numbers, each with its source.

The topic is a folder of `rulebook/`, each edition a file named for its first day.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from park.rulebook import Rulebook

FOLDER = Path(__file__).parent / "rulebook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number that the law sets, and where it does."""

    value: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LongestTerms:
    """Years for which land may be granted, by its use."""

    years: dict[str, int]
    source: str

    def of(self, use: str) -> int:
        return self.years[use]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingLaw:
    """Days are calendar days; `bond_share` is a share of the whole start price."""

    notice_days: Limit
    listing_days: Limit
    timed_bidding_minutes: Limit
    bond_share: Limit
    term_years: LongestTerms


LISTING_LAW = Rulebook(FOLDER / "listings", ListingLaw)
USES = sorted({use for law in LISTING_LAW.editions.values() for use in law.term_years.years})
