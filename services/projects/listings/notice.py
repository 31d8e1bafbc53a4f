"""The public notice of a listing [出让公告]: its number, dates, terms and money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class PriceBasis(StrEnum):
    """What the start price is for: all of the land, or each square metre."""

    TOTAL = "total"
    PER_M2 = "per_m2"


class Comparison(StrEnum):
    """How the actual figure must stand to the indicator's value."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="


class CheckStage(StrEnum):
    """When an indicator is checked."""

    COMPLETION = "completion"
    FULL_CAPACITY = "full_capacity"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One figure of standard land [标准地]; a range is two of them, one from each side."""

    code: str
    op: Comparison
    value: Decimal
    unit: str
    check_stage: CheckStage


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Days are days in the park. `start_price_cny` and `bid_step_cny` follow `price_basis`; the bond
    is always for the whole land. The two moments are given when there is an online round."""

    listing_number: str
    approval_document_number: str
    approved_on: date
    notice_start_on: date
    notice_end_on: date
    application_start_on: date
    application_end_on: date
    bond_deadline_on: date
    listing_start_on: date
    listing_end_on: date
    listing_ends_at: datetime | None = None
    timed_bidding_starts_at: datetime | None = None
    use_term_years: int
    price_basis: PriceBasis
    start_price_cny: Decimal
    bid_step_cny: Decimal
    bond_cny: Decimal
    indicators: tuple[Indicator, ...] = ()

    def whole_start_price_cny(self, area_m2: Decimal) -> Decimal:
        """The start price of all the land, to the cent."""
        area = area_m2 if self.price_basis is PriceBasis.PER_M2 else Decimal(1)
        return (self.start_price_cny * area).quantize(CENT, ROUND_HALF_UP)
