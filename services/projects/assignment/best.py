"""All open land and all looking leads: the best assignment, what it beats and what it leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from ..leads.lead import Lead
from ..listings.listing import Listing
from .had import KeptFor
from .scoring import Market, Scale, gains, plot_as_dict
from .solver import BestAssignment, best_first


def best_of(
    leads: Iterable[Lead],
    listings: Iterable[Listing],
    scale: Scale,
    kept_for: KeptFor | None = None,
) -> dict[str, Any]:
    """The assignment of the greatest value: each lead at most one plot that fits it, each plot at most
    one lead, and only one that can have it (`kept_for`). Who gains as much by two ways gets the one of the
    lower ids, always the same."""
    people, market = sorted(leads, key=lambda lead: lead.lead_id), Market.of(listings, kept_for)
    gain = gains(people, market, scale)
    best = BestAssignment()
    for row in gain:
        best.add(row)
    value, column_of = best.value, list(best.column_of)
    return {
        "value": value,
        "pairs": [
            _pair(people[column], market, row, scale)
            for row, column in enumerate(column_of)
            if column is not None
        ],
        "leads_left": _leads_left(people, gain, column_of),
        "plots_left": _plots_left(market, gain, column_of),
        "best_first": _best_first(people, market, gain, value),
        "one_more_plot": _one_more(best, people, market, scale),
    }


def _pair(lead: Lead, market: Market, row: int, scale: Scale) -> dict[str, Any]:
    listing = market.listings[row]
    candidate = market.candidate(lead, listing)
    assert candidate is not None  # noqa: S101 - only fitting land has a gain
    return plot_as_dict(listing) | {
        "lead_id": lead.lead_id,
        "score": scale.score(candidate),
        "reasons": scale.reasons(candidate),
    }


def _leads_left(
    leads: list[Lead], gain: list[dict[int, int]], column_of: list[int | None]
) -> list[dict[str, Any]]:
    """The leads without land, and whether there is any for them."""
    fitting = Counter(column for row in gain for column in row)
    return [
        {
            "lead_id": lead.lead_id,
            "fitting_plots": fitting[place],
            "sentence": "Others gain more by the plots that fit it."
            if fitting[place]
            else "No open plot that can be had fits it; rank_plots and near_misses say what is lacking.",
        }
        for place, lead in enumerate(leads)
        if place not in column_of
    ]


def _plots_left(
    market: Market, gain: list[dict[int, int]], column_of: list[int | None]
) -> list[dict[str, Any]]:
    return [
        plot_as_dict(market.listings[row])
        | {
            "fitting_leads": len(gain[row]),
            "sentence": _why_left(market, row, fits=bool(gain[row])),
        }
        for row, column in enumerate(column_of)
        if column is None
    ]


def _why_left(market: Market, row: int, *, fits: bool) -> str:
    if fits:
        return "Each lead that it fits has other land."
    if market.listings[row].listing_id in market.kept_for:
        return "It is held for a lead that it does not fit."
    return "It fits no lead that looks for land."


def _best_first(
    leads: list[Lead], market: Market, gain: list[dict[int, int]], value: int
) -> dict[str, Any]:
    """What comes of it when the best single pair is made first, then the next."""
    pairs = [(row, place) for row, place in enumerate(best_first(gain)) if place is not None]
    greedy = sum(gain[row][place] for row, place in pairs)
    return {
        "value": greedy,
        "lost": value - greedy,
        "pairs": [
            {"lead_id": leads[place].lead_id, "listing_id": market.listings[row].listing_id}
            for row, place in pairs
        ],
    }


def _one_more(
    best: BestAssignment, leads: list[Lead], market: Market, scale: Scale
) -> dict[str, Any]:
    """What all would gain by one more plot that is ideal for whoever gets it: the value anew, with it."""
    value, before = best.value, _plot_of(best)
    best.add({place: scale.placed + scale.best_score(lead) for place, lead in enumerate(leads)})
    place, after = best.column_of[-1], _plot_of(best)
    ids = [*(each.listing_id for each in market.listings), None]
    moves = [
        {
            "lead_id": leads[each].lead_id,
            "from_listing_id": ids[before[each]] if each in before else None,
            "to_listing_id": ids[after[each]] if each in after else None,
        }
        for each in sorted(before.keys() | after.keys())
        if before.get(each) != after.get(each)
    ]
    return {
        "worth": best.value - value,
        "lead_id": None if place is None else leads[place].lead_id,
        "wish": None if place is None else asdict(leads[place].wish),
        "moves": [each for each in moves if each["from_listing_id"] or each["to_listing_id"]],
    }


def _plot_of(best: BestAssignment) -> dict[int, int]:
    return {column: row for row, column in enumerate(best.column_of) if column is not None}
