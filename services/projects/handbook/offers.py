"""How a plot or a unit reads for a prospect. Areas in m² and mu, money in yuan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from park.rules import broken
from park.townships import find
from park.units import m2_to_mu, round_mu

from ..leads.lead import Wish
from ..listings.listing import Listing
from ..listings.notice import CENT, Notice
from ..listings.release import Release
from ..matching.rules import RULES, Pairing
from ..notices.rulebook import FLOOR_PRICES
from ..platforms.platform import Platform
from ..policies.overview import warnings_of
from ..policies.policy import Policy
from .rulebook import HANDBOOK
from .rules import Availability, Plot
from .schemas import IndicatorOnOffer, PlotOnOffer, PolicyOnOffer

INDUSTRIAL = "industrial"


def suits(wish: Wish, listing: Listing) -> bool:
    """Whether the land is what is wished for."""
    land = listing.on_offer
    if land is None:
        return False
    return not broken(RULES, Pairing(wish=wish, township=listing.township, land=land))


def plots_on_offer(
    looked: Iterable[tuple[Plot, Availability]], platforms: Iterable[Platform]
) -> list[PlotOnOffer]:
    """Those of the plots that can be had, as they read for whoever may have them."""
    return [
        _on_offer(plot, release, found, platforms)
        for plot, found in looked
        if found.can_be_had and (release := plot.listing.release)
    ]


def _on_offer(
    plot: Plot, release: Release, found: Availability, platforms: Iterable[Platform]
) -> PlotOnOffer:
    listing, notice = plot.listing, plot.listing.notice
    floor, floor_source = floor_price(release.area_m2, release.target_use, plot.on)
    return PlotOnOffer(
        listing_id=listing.listing_id,
        township=listing.township,
        township_name=name_of(listing.township, plot.on),
        state=listing.state,
        area_m2=release.area_m2,
        area_mu=in_mu(release.area_m2),
        target_use=release.target_use,
        industry_code=release.industry_code,
        listing_number=notice.listing_number if notice else None,
        notice_start_on=notice.notice_start_on if notice else None,
        application_end_on=notice.application_end_on if notice else None,
        start_price_cny=notice.whole_start_price_cny(release.area_m2) if notice else None,
        bond_cny=notice.bond_cny if notice else None,
        supply_form=notice.supply_form if notice else None,
        use_term_years=notice.use_term_years if notice else None,
        floor_price_cny=floor,
        floor_price_source=floor_source,
        indicators=_indicators(notice),
        plan_conditions=plot.land.plan_conditions if plot.land else None,
        platforms=sorted(
            each.plans[-1].name for each in platforms if each.township == listing.township
        ),
        remarks=[reason.as_dict() for reason in found.remarks],
    )


def unit_on_offer(unit: dict[str, Any], on: date) -> dict[str, Any]:
    """A unit that `parcels.units_available` names."""
    area_mu = in_mu(unit["free_area_m2"])
    name = name_of(unit["township"], on)
    return unit | {"township_name": name, "area_mu": area_mu}


def floor_price(area_m2: Decimal, use: str, on: date) -> tuple[Decimal | None, str | None]:
    """The lowest price of industrial land of this area, and the table that says so."""
    table = FLOOR_PRICES.on(on)
    grade = table.of(HANDBOOK.on(on).floor.place) if use == INDUSTRIAL else None
    if grade is None:
        return None, None
    return (area_m2 * grade.yuan_per_m2).quantize(CENT, ROUND_HALF_UP), table.source


def in_mu(area_m2: Decimal) -> Decimal:
    """To a hundredth of a mu, half up."""
    return round_mu(m2_to_mu(area_m2))


def name_of(township: str, on: date) -> str | None:
    found = find(township, on)
    return found.name if found else None


def _indicators(notice: Notice | None) -> list[IndicatorOnOffer]:
    return [
        IndicatorOnOffer(code=each.code, op=each.op.value, value=each.value, unit=each.unit)
        for each in (notice.indicators if notice else ())
    ]


def policies_on_offer(policies: Iterable[Policy], on: date) -> list[PolicyOnOffer]:
    """What the policies in force on a day give; none that the rules of fair competition speak against, for
    without a review there is no measure (公平竞争审查条例 art. 18)."""
    there = [each for each in policies if each.in_force(on) and not warnings_of(each)]
    return [_policy(each, on) for each in sorted(there, key=lambda each: each.policy_id)]


def _policy(policy: Policy, on: date) -> PolicyOnOffer:
    terms = policy.terms(on) or policy.records[-1]
    return {
        "policy_id": policy.policy_id,
        "title": terms.title,
        "clause": terms.clause,
        "document": terms.document,
        "ends_on": policy.ends_on(),
    }
