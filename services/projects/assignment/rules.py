"""How well land suits a lead that it fits: points for each thing that counts, and the sentence that says why.

The criteria are ours. No source sets them; what they weigh is dated data of the team.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.units import show_mu

from ..leads.lead import Wish
from ..listings.release import Release
from .rulebook import FULL, Points


class Criterion(StrEnum):
    """What is looked at; its weight has the same name."""

    AREA = "area"
    TOWNSHIP = "township"
    INDUSTRY = "industry"
    PRICE = "price"


@record
class Candidate:
    """Land beside a wish that it fits. Prices are start prices in yuan for each m², none if there is no
    notice yet; `cheapest_per_m2` is that of all open land of the same use."""

    wish: Wish
    township: str
    land: Release
    price_per_m2: Decimal | None = None
    cheapest_per_m2: Decimal | None = None


def wished_area_m2(wish: Wish) -> Decimal | None:
    """The middle of the least and the largest area, or the one that is named."""
    named = [area for area in (wish.min_area_m2, wish.max_area_m2) if area is not None]
    return sum(named, Decimal(0)) / len(named) if named else None


def area_points(found: Candidate, points: Points) -> int:
    """Full where the land is as large as wished, half where it is twice or half as large."""
    wished, area = wished_area_m2(found.wish), found.land.area_m2
    return points.open if wished is None else int(FULL * min(wished, area) / max(wished, area))


def township_points(found: Candidate, points: Points) -> int:
    """Full where the lead wishes for the township of the land."""
    return FULL if found.township in found.wish.townships else points.open


def industry_points(found: Candidate, points: Points) -> int:
    """Full where the land is for the very industry of the lead."""
    wished, code = found.wish.industry_codes, found.land.industry_code
    if not wished or not code:
        return points.open
    return FULL if code in wished else points.within


def price_points(found: Candidate, points: Points) -> int:
    """Full for the cheapest open land of its use, half for land that costs twice as much."""
    if not found.price_per_m2 or not found.cheapest_per_m2:
        return points.open
    return int(FULL * found.cheapest_per_m2 / found.price_per_m2)


def _about_area(found: Candidate) -> str:
    wished = wished_area_m2(found.wish)
    has = f"The land has {show_mu(found.land.area_m2)} mu"
    if wished is None:
        return f"{has}; the lead names no area."
    return f"{has}, the lead wishes for about {show_mu(wished)}."


def _about_township(found: Candidate) -> str:
    if found.wish.townships:
        return f"The land lies in {found.township}, which the lead wishes for."
    return f"The land lies in {found.township}; the lead names no township."


def _about_industry(found: Candidate) -> str:
    wished, code = ", ".join(found.wish.industry_codes), found.land.industry_code
    if not code:
        return "The land is for any industry."
    return f"The land is for {code}, the lead " + (f"is of {wished}." if wished else "names none.")


def _about_price(found: Candidate) -> str:
    if not found.price_per_m2 or not found.cheapest_per_m2:
        return "The start price is not known before the notice."
    return (
        f"The start price is {found.price_per_m2:.2f} yuan for each m²; the cheapest open land of this "
        f"use costs {found.cheapest_per_m2:.2f}."
    )


CRITERIA: Mapping[
    Criterion, tuple[Callable[[Candidate, Points], int], Callable[[Candidate], str]]
] = {
    Criterion.AREA: (area_points, _about_area),
    Criterion.TOWNSHIP: (township_points, _about_township),
    Criterion.INDUSTRY: (industry_points, _about_industry),
    Criterion.PRICE: (price_points, _about_price),
}
