"""Two plots side by side: each alone too small for a lead, and large enough merged with the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from park.rules import broken
from park.units import show_mu, tidy

from ..leads.lead import Wish
from ..listings.listing import Listing
from ..listings.release import Release
from ..matching.rules import RULES, Pairing, too_small
from .scoring import plot_as_dict

Pair = tuple[Listing, Listing]  # the larger one first

TWO_LISTINGS = Reason(
    "TWO_LISTINGS",
    "They are two listings: the land register merges no land on its way to its release (VACATED_LAND), so "
    "the lead gets them together only if it gets both.",
)


def too_small_alone(wish: Wish, listings: Iterable[Listing]) -> list[Listing]:
    """The open plots that lack nothing but area, the largest first."""
    small = [each for each in listings if each.on_offer and _lacks_area_alone(wish, each)]
    return sorted(small, key=_largest_first)


def completable(wish: Wish, small: Sequence[Listing]) -> list[Listing]:
    """Those that the largest other of their township and use would make large enough."""
    of_kind: dict[tuple[str, str], list[Listing]] = {}
    for each in small:
        of_kind.setdefault(_kind(each), []).append(each)

    def is_completed(one: Listing) -> bool:
        others = (each for each in of_kind[_kind(one)] if each.parcel_id != one.parcel_id)
        largest = next(others, None)
        return largest is not None and too_small(_pairing(wish, (one, largest))) is None

    return [each for each in small if is_completed(each)]


def pairs_of(
    wish: Wish, small: Sequence[Listing], beside: Mapping[str, Iterable[str]]
) -> list[Pair]:
    """The plots that lie side by side and suffice together, the smallest sum first. `beside` are the
    parcels beside each listing; who is beside somebody on one side is so on both."""
    of_parcel: dict[str, list[Listing]] = {}
    for each in small:
        of_parcel.setdefault(each.parcel_id, []).append(each)
    found: dict[tuple[str, str], Pair] = {}
    for one in small:
        for other in (
            each for parcel in beside.get(one.listing_id, ()) for each in of_parcel.get(parcel, ())
        ):
            first, second = sorted((one, other), key=_largest_first)
            if suffice(wish, (first, second)):
                found[first.listing_id, second.listing_id] = (first, second)
    return sorted(found.values(), key=_smallest_sum)


def suffice(wish: Wish, pair: Pair) -> bool:
    """Whether they can be one plot, of one township and one use, and that one breaks no rule of a fit."""
    one, other = pair
    are_two = one.parcel_id != other.parcel_id
    return are_two and _kind(one) == _kind(other) and not broken(RULES, _pairing(wish, pair))


def smallest_of(pairs: Iterable[Pair], had: Iterable[str]) -> list[Pair]:
    """For each plot the smallest of its pairs, of plots which can be had: the listings of `had`."""
    open_ids, served, kept = set(had), set[str](), []
    for pair in sorted(pairs, key=_smallest_sum):
        ids = {each.listing_id for each in pair}
        if ids <= open_ids and not ids <= served:
            kept.append(pair)
            served |= ids
    return kept


def pairs_not_to_be_had(
    wish: Wish, pairs: Sequence[Pair], bars: Mapping[str, Sequence[Reason]], most: int
) -> list[Reason]:
    """What keeps pairs which would suffice from the lead: of `most` pairs, the first ones, each with all that
    speaks against its plots (`bars`, by listing), and how many more there are."""
    barred = [pair for pair in pairs if any(bars[each.listing_id] for each in pair)]
    more = len(barred) - most
    sentence = f"{more} more pairs of neighbours would suffice and cannot be had either."
    return [
        *(_cannot_be_had(wish, pair, bars) for pair in barred[:most]),
        *([Reason("MORE_PAIRS_NOT_TO_BE_HAD", sentence)] if more > 0 else ()),
    ]


def _cannot_be_had(wish: Wish, pair: Pair, bars: Mapping[str, Sequence[Reason]]) -> Reason:
    one, other = (each.parcel_id for each in pair)
    has, needs = show_mu(_sum_m2(pair)), show_mu(wish.min_area_m2 or Decimal(0))
    why = "; ".join(
        f"{each.parcel_id}: {bar.sentence.rstrip('.')} ({bar.code})"
        for each in pair
        for bar in bars[each.listing_id]
    )
    sentence = (
        f"{one} and {other} lie side by side and have {has} mu together, the lead needs {needs}; they "
        f"cannot be had together. {why}."
    )
    return Reason("PAIR_NOT_TO_BE_HAD", sentence)


def merged_as_dict(
    wish: Wish, pair: Pair, remarks: Mapping[str, Iterable[Reason]]
) -> dict[str, Any]:
    """`remarks` are what stands beside each listing that can be had."""
    return {
        "plots": [
            plot_as_dict(each)
            | {
                "rule": reason.as_dict(),
                "remarks": [remark.as_dict() for remark in remarks[each.listing_id]],
            }
            for each in pair
            for reason in _broken(wish, each)
        ],
        "area_m2": tidy(_sum_m2(pair)),
        "reasons": [_large_enough(wish, pair).as_dict(), TWO_LISTINGS.as_dict()],
    }


def _large_enough(wish: Wish, pair: Pair) -> Reason:
    has, needs = show_mu(_sum_m2(pair)), show_mu(wish.min_area_m2 or Decimal(0))
    sentence = f"Each alone is too small; merged they have {has} mu, the lead needs {needs}."
    return Reason("LARGE_ENOUGH_MERGED", sentence, field="wish.min_area_m2")


def _lacks_area_alone(wish: Wish, listing: Listing) -> bool:
    return [reason.code for reason in _broken(wish, listing)] == ["TOO_SMALL"]


def _broken(wish: Wish, listing: Listing) -> tuple[Reason, ...]:
    return broken(RULES, _pairing(wish, (listing,)))


def _pairing(wish: Wish, plots: Sequence[Listing]) -> Pairing:
    """The plots as one, with the industry of the first: each of them suits the lead by its own."""
    land = replace(_land(plots[0]), area_m2=_sum_m2(plots))
    return Pairing(wish=wish, township=plots[0].township, land=land)


def _land(listing: Listing) -> Release:
    assert listing.release is not None  # noqa: S101 - only open plots come here
    return listing.release


def _sum_m2(plots: Iterable[Listing]) -> Decimal:
    return sum((_land(each).area_m2 for each in plots), Decimal(0))


def _kind(listing: Listing) -> tuple[str, str]:
    """What two plots share when they become one: a parcel has one township and one use."""
    return listing.township, _land(listing).target_use


def _largest_first(listing: Listing) -> tuple[Decimal, str]:
    return -_land(listing).area_m2, listing.listing_id


def _smallest_sum(pair: Pair) -> tuple[Decimal, str, str]:
    return _sum_m2(pair), pair[0].listing_id, pair[1].listing_id
