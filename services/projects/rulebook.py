"""The law of a listing as numbers, each with its source.

The topic is a folder of `rulebook/`, each edition a file named for its first day.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from pathlib import Path

from backbone.records import record
from park.rulebook import Rulebook

FOLDER = Path(__file__).parent / "rulebook"


@record
class Limit:
    """A number that the law sets, and where it does."""

    value: Decimal
    source: str


@record
class BondShare:
    """The least bond as a share of the whole start price, cut to whole `rounded_to_cny`. Less refuses
    a notice of land for the `bars` uses, and warns for any other use."""

    value: Decimal
    rounded_to_cny: Decimal
    bars: tuple[str, ...]
    source: str
    otherwise: str

    def least_cny(self, start_price_cny: Decimal) -> Decimal:
        step = self.rounded_to_cny
        return (start_price_cny * self.value / step).to_integral_value(ROUND_FLOOR) * step


@record
class LongestTerms:
    """Years for which land may be granted, by its use."""

    years: dict[str, int]
    source: str

    def of(self, use: str) -> int:
        return self.years[use]


@record
class LeaseTerms:
    """Years for which land is leased: a long lease [长期租赁], and the lease before a grant [先租后让]."""

    least: int
    most: int
    before_grant_most: int
    source: str


@record
class ListingLaw:
    """Days are in `rulebook/periods/`, by their kinds."""

    timed_bidding_minutes: Limit
    bond_share: BondShare
    term_years: LongestTerms
    lease_years: LeaseTerms


LISTING_LAW = Rulebook(FOLDER / "listings", ListingLaw)
USES = sorted({use for law in LISTING_LAW.editions.values() for use in law.term_years.years})
