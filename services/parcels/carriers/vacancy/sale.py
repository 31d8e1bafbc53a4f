"""What a plant is sold for: the tier of the buyer's revenue, in the table of the place."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from backbone.errors import Reason

from .rulebook import SALE_TIERS, Table

YUAN_IN_WAN = 10_000  # 1 万元
FEN = Decimal("0.01")


def sale_price(
    township: str, area_m2: Decimal, buyer_revenue_cny: Decimal, on: date
) -> dict[str, Any]:
    """The price of one m² and of the whole, with its tier, table and source."""
    table, borrowed = table_for(township, on)
    revenue_wan = buyer_revenue_cny / YUAN_IN_WAN
    tier = next(each for each in table.tiers if each.holds(revenue_wan))
    warnings = [_borrowed(table)] if borrowed else []
    return {
        "area_m2": area_m2,
        "price_cny_per_m2": tier.price_cny_per_m2,
        "total_cny": (area_m2 * tier.price_cny_per_m2).quantize(FEN, ROUND_HALF_UP),
        "revenue_from_wan": tier.from_wan,
        "revenue_below_wan": tier.below_wan,
        "place": table.place,
        "source": table.source,
        "warnings": [reason.as_dict() for reason in warnings],
    }


def table_for(township: str, on: date) -> tuple[Table, bool]:
    """The table of the place, and whether it is borrowed from another."""
    tables = SALE_TIERS.on(on).tables
    own = next((each for each in tables if township.startswith(each.division)), None)
    return own or tables[0], own is None


def _borrowed(table: Table) -> Reason:
    return Reason(
        "BORROWED_TIERS",
        f"This place has no table of its own; the tiers are those of {table.place}, for orientation.",
        source=table.source,
    )


def no_area_reported(field: str) -> Reason:
    """What was only announced has no area to be sold."""
    return Reason(
        "NO_AREA_REPORTED",
        "It is only announced, its area is not known; have the township report it first.",
        field=field,
    )
