"""A notice of one's own land, read as a printed one: what a checked draft is held to holds a publication."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from ..findings import Finding, Outcome
from ..listings.notice import Notice, PriceBasis, SupplyForm
from ..listings.release import Release
from .printed import Area, Money, Per, Printed
from .rulebook import NOTICE_LAW, Moment, Severity
from .rules import findings

PER = {PriceBasis.TOTAL: Per.WHOLE, PriceBasis.PER_M2: Per.M2}
OUTCOMES = {Severity.BAR: Outcome.BROKEN, Severity.WARNING: Outcome.WARNED}
ASKED_OTHERWISE = {"SALE_TOO_EARLY": "LISTING_TOO_EARLY"}  # one rule by two codes
FIELDS = {
    "method": "supply_way",
    "term_years": "use_term_years",
    "price_printed": "start_price_cny",
    "bond_wan": "bond_cny",
    "sale_from": "listing_start_on",
    "sale_to": "listing_end_on",
}


def printed_of(notice: Notice, release: Release, place: str) -> Printed:
    """The notice as it is printed. The prices of places are those of grants, so that a lease names none."""
    per = PER[notice.price_basis]
    return Printed(
        place=place if notice.supply_form is SupplyForm.GRANT else "",
        method=notice.supply_way,
        use=release.target_use,
        area=Area(m2=release.area_m2),
        term_years=notice.use_term_years,
        price=Money(amount_cny=notice.start_price_cny, per=per),
        bond_cny=notice.bond_cny,
        step=Money(amount_cny=notice.bid_step_cny, per=per),
        published_on=notice.notice_start_on,
        apply_from=notice.application_start_on,
        apply_to=notice.application_ends_at or notice.application_end_on,
        bond_to=notice.bond_due_at or notice.bond_deadline_on,
        sale_from=notice.listing_start_on,
        sale_to=notice.listing_ends_at or notice.listing_end_on,
    )


def found_of(
    notice: Notice, release: Release, place: str, asked: Collection[str]
) -> Iterator[Finding]:
    """What the rules of printed notices say of a notice at its publication, by the fields of the notice;
    nothing of what was `asked` of it already, by code."""
    on = notice.notice_start_on
    for each in findings(printed_of(notice, release, place), on):
        weighs = NOTICE_LAW.on(on).severity_of(each.outcome)[Moment.PUBLICATION]
        known = ASKED_OTHERWISE.get(each.code, each.code) in asked
        if weighs in OUTCOMES and not known:
            yield replace(each, outcome=OUTCOMES[weighs], field=FIELDS.get(each.field, each.field))
