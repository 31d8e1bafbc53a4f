"""What must hold before a notice may be published: money, term and land; days are in `clock.py`.

Each rule answers with a reason when it is broken, and with nothing when it is kept; the numbers are
in `rulebook/listings/`.
"""

from __future__ import annotations

from decimal import ROUND_CEILING

from backbone.errors import Reason
from park.rules import Rule

from . import clock
from .notice import CENT
from .offer import Offer

VACANT_LAND = "闲置土地处置办法 (国土资源部令第53号, 2012) art. 21"


def bond_is_large_enough(offer: Offer) -> Reason | None:
    """国土资发〔2010〕34号: the bond is at least 20 % of the start price of the whole land."""
    share = offer.law.bond_share
    least_cny = offer.notice.whole_start_price_cny(offer.release.area_m2) * share.value
    if offer.notice.bond_cny >= least_cny:
        return None
    return Reason(
        "BOND_TOO_SMALL",
        f"The bond is {share.value:.0%} of the whole start price or more: at least "
        f"{least_cny.quantize(CENT, ROUND_CEILING)} CNY.",
        field="bond_cny",
        source=share.source,
    )


def term_is_lawful(offer: Offer) -> Reason | None:
    """暂行条例 art. 12: each use has a longest term, industrial land 50 years."""
    longest = offer.law.term_years.of(offer.release.target_use)
    if offer.notice.use_term_years <= longest:
        return None
    return Reason(
        "TERM_TOO_LONG",
        f"Land for {offer.release.target_use} use is granted for {longest} years at most.",
        field="use_term_years",
        source=offer.law.term_years.source,
    )


def land_was_vacated(offer: Offer) -> Reason | None:
    """闲置土地处置办法 (2012) art. 21: only land that nobody has a claim to any more is supplied."""
    vacated_on = offer.release.vacated_on
    if vacated_on is None or offer.notice.notice_start_on >= vacated_on:
        return None
    return Reason(
        "NOTICE_BEFORE_VACATED",
        f"The land was accepted as vacated on {vacated_on}; the notice may start then or later.",
        field="notice_start_on",
        source=VACANT_LAND,
    )


RULES: tuple[Rule[Offer], ...] = (
    *clock.RULES,
    bond_is_large_enough,
    term_is_lawful,
    land_was_vacated,
)
