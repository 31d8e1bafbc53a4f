"""Leads and land for the tests: each land in a township of its own name, each lead as its wish says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from services.projects.assignment.rulebook import ASSIGNMENT_LAW
from services.projects.assignment.scoring import Scale
from services.projects.leads.lead import Lead, LeadSource, Stage, Wish
from services.projects.listings.listing import Listing, ListingState
from tests.projects.examples import TOWNSHIP, notice, release

LAW = ASSIGNMENT_LAW.on(datetime(2023, 8, 21, tzinfo=UTC).date())
OTHER = "330604001"


def lead(lead_id: str = "lead-1", stage: Stage = Stage.LEAD, **wish: Any) -> Lead:
    areas = {
        name: Decimal(wish.pop(name)) for name in ("min_area_m2", "max_area_m2") if name in wish
    }
    return Lead(
        lead_id=lead_id,
        name="固态电池隔膜项目",
        source=LeadSource.FUND_LED,
        stage=stage,
        wish=Wish(**areas, **wish),
        registered_at=datetime(2023, 8, 1, tzinfo=UTC),
    )


def plot(
    listing_id: str, area_m2: str | int = 10_000, township: str = TOWNSHIP, **land: Any
) -> Listing:
    """A draft; with `price_cny` its notice is out, and that is for the whole land."""
    price = land.pop("price_cny", None)
    drafted = Listing.unknown(f"{township}-{listing_id}", f"{township}-C", township).with_release(
        release(area_m2=Decimal(area_m2), **land)
    )
    drafted = replace(drafted, listing_id=listing_id)
    if price is None:
        return drafted
    out = notice(start_price_cny=Decimal(price))
    return replace(drafted, notice=out, state=ListingState.NOTICE_PUBLISHED)


def scale(**weights: int) -> Scale:
    return Scale(weights=replace(LAW.weights, **weights), points=LAW.points)
