"""Which leads fit which land: one rule per criterion, with the reason when it does not fit."""

from __future__ import annotations

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule, broken
from park.units import AREA_TOLERANCE_M2, show_mu

from ..leads.lead import Lead, Wish
from ..listings.listing import Listing
from ..listings.release import Release


@record
class Pairing:
    """A lead's wish beside land on offer, which lies in `township`."""

    wish: Wish
    township: str
    land: Release


def too_small(pairing: Pairing) -> Reason | None:
    """The land has the area that the lead needs; areas that came from mu may differ a little."""
    wish, land = pairing.wish, pairing.land
    if wish.min_area_m2 is None or land.area_m2 >= wish.min_area_m2 - AREA_TOLERANCE_M2:
        return None
    return Reason(
        "TOO_SMALL",
        f"The land has {show_mu(land.area_m2)} mu, the lead needs {show_mu(wish.min_area_m2)}.",
        field="wish.min_area_m2",
    )


def too_large(pairing: Pairing) -> Reason | None:
    """The land is not larger than the lead can use."""
    wish, land = pairing.wish, pairing.land
    if wish.max_area_m2 is None or land.area_m2 <= wish.max_area_m2 + AREA_TOLERANCE_M2:
        return None
    return Reason(
        "TOO_LARGE",
        f"The land has {show_mu(land.area_m2)} mu, the lead takes {show_mu(wish.max_area_m2)}.",
        field="wish.max_area_m2",
    )


def elsewhere(pairing: Pairing) -> Reason | None:
    """The land lies in a township that the lead wishes for."""
    if not pairing.wish.townships or pairing.township in pairing.wish.townships:
        return None
    return Reason(
        "OTHER_TOWNSHIP",
        f"The land lies in {pairing.township}, the lead looks in {', '.join(pairing.wish.townships)}.",
        field="wish.townships",
    )


def other_industry(pairing: Pairing) -> Reason | None:
    """The land is for the lead's industry: a class lies within its division, as C2710 within C27."""
    wish, land = pairing.wish, pairing.land
    if not wish.industry_codes or not land.industry_code:
        return None
    if any(_one_within_other(code, land.industry_code) for code in wish.industry_codes):
        return None
    return Reason(
        "OTHER_INDUSTRY",
        f"The land is for {land.industry_code}, the lead is of {', '.join(wish.industry_codes)}.",
        field="wish.industry_codes",
    )


RULES: tuple[Rule[Pairing], ...] = (
    too_small,
    too_large,
    elsewhere,
    other_industry,
)


def misfits(lead: Lead, listing: Listing) -> tuple[Reason, ...]:
    """Why the lead does not fit the land; nothing when it fits."""
    land = listing.on_offer
    if land is None:
        return (Reason("NOT_ON_OFFER", f"The listing is {listing.state.value}."),)
    if not lead.is_looking:
        return (Reason("NOT_LOOKING", f"The lead looks for no land: it is {lead.stage.value}."),)
    return broken(RULES, Pairing(wish=lead.wish, township=listing.township, land=land))


def _one_within_other(code: str, other: str) -> bool:
    return code.startswith(other) or other.startswith(code)
