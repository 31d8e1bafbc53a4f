"""What must hold before a notice may be published: money, term and land; days are in `clock.py`.

Each rule answers with a finding; the numbers are in `rulebook/listings/`. `findings` asks them all.
"""

from __future__ import annotations

from datetime import date

from ..findings import Finding, Outcome
from ..rulebook import ListingLaw
from . import clock
from .clock import Check
from .notice import SupplyForm
from .offer import Offer

VACANT_LAND = "闲置土地处置办法 (国土资源部令第53号, 2012) art. 21"


def bond_is_large_enough(offer: Offer) -> Finding:
    """国土资发〔2010〕34号: the bond of real-estate land is at least 20 % of the start price of the whole
    land; for other land that is a warning."""
    share = offer.law.bond_share
    least_cny = share.least_cny(offer.notice.whole_start_price_cny(offer.release.area_m2))
    bars = offer.release.target_use in share.bars
    return _finding(
        offer.notice.bond_cny >= least_cny,
        code="BOND_TOO_SMALL",
        sentence=f"{share.value:.0%} of the whole start price, cut to whole {share.rounded_to_cny} CNY, are "
        f"{least_cny:.2f} CNY"
        + ("; the bond is that or more." if bars else "; for this use a smaller bond is no bar."),
        field="bond_cny",
        source=share.source if bars else share.otherwise,
        computed=f"{least_cny:.2f}",
        otherwise=Outcome.BROKEN if bars else Outcome.WARNED,
    )


def term_is_lawful(offer: Offer) -> Finding:
    """暂行条例 art. 12: each use has a longest term, industrial land 50 years; lease and grant together
    have no more."""
    longest = offer.law.term_years.of(offer.release.target_use)
    return _finding(
        offer.notice.use_term_years <= longest,
        code="TERM_TOO_LONG",
        sentence=f"Land for {offer.release.target_use} use is granted for {longest} years at most.",
        field="use_term_years",
        source=offer.law.term_years.source,
        computed=str(longest),
    )


def lease_is_lawful(offer: Offer) -> Finding:
    """自然资发〔2022〕201号: a long lease takes 5 to 20 years, the lease before a grant 5 at most."""
    notice = offer.notice
    return lease_of(notice.supply_form, notice.use_term_years, notice.lease_years, offer.law)


def lease_of(
    form: SupplyForm, use_term_years: int, lease_years: int | None, of_day: ListingLaw
) -> Finding:
    """The years of a lease, held against the law of a day."""
    law, long_lease = of_day.lease_years, form is SupplyForm.LEASE
    field = "use_term_years" if long_lease else "lease_years"
    years = use_term_years if long_lease else lease_years or 0
    least, most = (law.least, law.most) if long_lease else (1, law.before_grant_most)
    return _finding(
        least <= years <= most,
        code="LEASE_TERM",
        sentence=f"This lease takes {least} to {most} years.",
        field=field,
        source=law.source,
        computed=f"{least} to {most}",
        applies=form is not SupplyForm.GRANT,
    )


def land_was_vacated(offer: Offer) -> Finding:
    """闲置土地处置办法 (2012) art. 21: only land that nobody has a claim to any more is supplied."""
    vacated_on = offer.release.vacated_on
    return _finding(
        vacated_on is None or offer.notice.notice_start_on >= vacated_on,
        code="NOTICE_BEFORE_VACATED",
        sentence=f"The land was accepted as vacated on {vacated_on}; the notice may start then or later."
        if vacated_on
        else "No day is known on which the land was accepted as vacated.",
        field="notice_start_on",
        source=VACANT_LAND,
        computed=str(vacated_on),
        applies=vacated_on is not None,
    )


def notice_follows_its_release(offer: Offer) -> Finding:
    """闲置土地处置办法 (2012) art. 21: land that was taken back is supplied from its new release on. Land
    that never was is held to the day on which it was vacated; where nobody told that, an earlier notice is
    warned of, for the land register may have heard of it late."""
    released_on, begins_on = offer.release.released_on, offer.notice.notice_start_on
    return _finding(
        begins_on >= released_on,
        code="NOTICE_BEFORE_RELEASE",
        sentence=f"The land was released on {released_on}; the notice may start then or later.",
        field="notice_start_on",
        source=VACANT_LAND,
        computed=str(released_on),
        applies=offer.was_revoked or offer.release.vacated_on is None,
        otherwise=Outcome.BROKEN if offer.was_revoked else Outcome.WARNED,
    )


def notice_follows_the_last_offering(offer: Offer) -> Finding:
    """One piece of land is offered once at a time: until the day on which nobody bought it, or on which its
    award became void, it was on offer or somebody's (39号令, 2007; its article not confirmed)."""
    return follows_the_last_offering(offer.notice.notice_start_on, offer.last_ended_on)


def follows_the_last_offering(
    begins_on: date | None, ended_on: date | None, field: str = "notice_start_on"
) -> Finding:
    """A notice of a day, held against the day on which the last offering of its land ended."""
    return _finding(
        begins_on is None or ended_on is None or begins_on >= ended_on,
        code="NOTICE_BEFORE_LAST_ENDED",
        sentence="No earlier offering of this land is known to have ended, or no day of the notice is given."
        if begins_on is None or ended_on is None
        else f"The last offering of this land ended on {ended_on}; the notice may start then or later.",
        field=field,
        source=clock.ORDER_39,
        computed=str(ended_on),
        applies=begins_on is not None and ended_on is not None,
    )


def number_is_of_no_other_land(parcel_id: str | None) -> Finding:
    """A number names one notice: that of another parcel is used (practice)."""
    return _finding(
        parcel_id is None,
        code="NUMBER_USED",
        sentence=f"The notice of parcel {parcel_id} has this number; give the notice of this land its own.",
        field="listing_number",
        source=clock.PLATFORM,
        computed=str(parcel_id),
    )


RULES: tuple[Check, ...] = (
    *clock.RULES,
    bond_is_large_enough,
    term_is_lawful,
    lease_is_lawful,
    land_was_vacated,
    notice_follows_its_release,
    notice_follows_the_last_offering,
)


def findings(offer: Offer) -> tuple[Finding, ...]:
    """What each rule says of the notice, in the order of the rules."""
    return tuple(found for check in RULES if (found := check(offer)) is not None)


def _finding(
    is_kept: bool,
    *,
    code: str,
    sentence: str,
    field: str,
    source: str,
    computed: str,
    applies: bool = True,
    otherwise: Outcome = Outcome.BROKEN,
) -> Finding:
    outcome = (Outcome.KEPT if is_kept else otherwise) if applies else Outcome.DOES_NOT_APPLY
    return Finding(
        code=code,
        outcome=outcome,
        sentence=sentence,
        field=field,
        source=source,
        computed=computed if applies else None,
    )
