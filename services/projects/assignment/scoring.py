"""Plots on offer beside leads: scores in whole numbers, and plots ranked for a lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..leads.lead import Lead
from ..listings.listing import Listing
from ..matching.rules import misfits
from .had import KeptFor
from .rulebook import FULL, Points, Weights
from .rules import CRITERIA, Candidate


@record
class Scale:
    """By what plots are scored; what the scores mean is in `rules.py`."""

    weights: Weights
    points: Points

    def score(self, found: Candidate) -> int:
        """The points of each thing by its weight."""
        return sum(
            getattr(self.weights, name.value) * points(found, self.points)
            for name, (points, _) in CRITERIA.items()
        )

    def best_score(self, lead: Lead) -> int:
        """The score of the best land that the lead could think of."""
        wish, weights, points = lead.wish, self.weights, self.points
        named = (
            (weights.area, wish.min_area_m2 or wish.max_area_m2),
            (weights.township, wish.townships),
            (weights.industry, wish.industry_codes),
            (weights.price, True),
        )
        return sum(weight * (FULL if is_named else points.open) for weight, is_named in named)

    @property
    def placed(self) -> int:
        """What it is worth that a lead has land at all."""
        return FULL * self.weights.placed

    def reasons(self, found: Candidate) -> list[dict[str, Any]]:
        """Each thing with its points, what they add to the score, and the sentence."""
        answers = []
        for name, (points, sentence) in CRITERIA.items():
            got, weight = points(found, self.points), getattr(self.weights, name.value)
            answers.append(
                {
                    "criterion": name.value,
                    "points": got,
                    "weight": weight,
                    "adds": got * weight,
                    "sentence": sentence(found),
                }
            )
        return answers


@record
class Market:
    """The open land that somebody can have, by the ids of the listings, and the least price for each m² of
    each use among all open land. `kept_for` names the plots that one lead alone can have, or nobody."""

    listings: tuple[Listing, ...]
    cheapest: dict[str, Decimal]
    kept_for: KeptFor = field(default_factory=dict)

    @classmethod
    def of(cls, listings: Iterable[Listing], kept_for: KeptFor | None = None) -> Market:
        kept_for = kept_for or {}
        found = sorted(listings, key=lambda each: each.listing_id)
        cheapest: dict[str, Decimal] = {}
        for each in found:
            if (land := each.on_offer) and (price := price_per_m2(each)):
                cheapest[land.target_use] = min(price, cheapest.get(land.target_use, price))
        had = tuple(each for each in found if kept_for.get(each.listing_id, each) is not None)
        return cls(listings=had, cheapest=cheapest, kept_for=kept_for)

    def candidate(self, lead: Lead, listing: Listing) -> Candidate | None:
        """The land beside the wish; none if it does not fit, or is kept for another."""
        land = listing.on_offer
        kept_for = self.kept_for.get(listing.listing_id, lead.lead_id)
        if land is None or kept_for != lead.lead_id or misfits(lead, listing):
            return None
        return Candidate(
            wish=lead.wish,
            township=listing.township,
            land=land,
            price_per_m2=price_per_m2(listing),
            cheapest_per_m2=self.cheapest.get(land.target_use),
        )


def price_per_m2(listing: Listing) -> Decimal | None:
    """The start price of the notice for each m²; none without a notice."""
    land, notice = listing.on_offer, listing.notice
    return notice.whole_start_price_cny(land.area_m2) / land.area_m2 if land and notice else None


def ranked(lead: Lead, market: Market, scale: Scale) -> list[dict[str, Any]]:
    """Every open plot that fits the lead, the best first, with the reasons."""
    found = [
        (scale.score(candidate), listing, candidate)
        for listing in market.listings
        if (candidate := market.candidate(lead, listing))
    ]
    found.sort(key=lambda each: -each[0])  # those of one score stay by their ids
    return [
        plot_as_dict(listing) | {"score": score, "reasons": scale.reasons(candidate)}
        for score, listing, candidate in found
    ]


def gains(leads: Sequence[Lead], market: Market, scale: Scale) -> list[dict[int, int]]:
    """For each plot, what each lead that it fits (by its place in `leads`) would gain by it."""
    return [
        {
            place: scale.placed + scale.score(candidate)
            for place, lead in enumerate(leads)
            if (candidate := market.candidate(lead, listing))
        }
        for listing in market.listings
    ]


def plot_as_dict(listing: Listing) -> dict[str, Any]:
    return {
        "listing_id": listing.listing_id,
        "parcel_id": listing.parcel_id,
        "township": listing.township,
        "state": listing.state.value,
        "area_m2": listing.area_m2,
    }
