"""A notice of one's own land, read as a printed one: what a checked draft is held to holds a publication."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from ..clauses.check import findings_of
from ..commitments.indicators import FORMS, noughts
from ..findings import Finding, Outcome
from ..listings.notice import Indicators, Notice, PriceBasis, SupplyForm
from ..listings.release import Release
from ..listings.rules import lease_of
from ..plans.offer_plan import OfferContent
from ..rulebook import LISTING_LAW
from .printed import Area, Money, Per, Printed
from .rulebook import NOTICE_LAW, Moment, Severity
from .rules import PLATFORM, findings

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
    for each in _weighed(printed_of(notice, release, place), on):
        if ASKED_OTHERWISE.get(each.code, each.code) not in asked:
            yield each
    yield from _noughts(notice.indicators, on)


def found_of_content(
    content: OfferContent, release: Release, place: str, on: date
) -> Iterator[Finding]:
    """What a notice of this content would be barred by, or warned of, under the rules of a day."""
    plot = Printed(
        place=place if content.supply_form is SupplyForm.GRANT else "",
        method=content.supply_way,
        use=release.target_use,
        area=Area(m2=release.area_m2),
        term_years=content.use_term_years,
        price=Money(amount_cny=content.start_price_cny, per=PER[content.price_basis]),
        bond_cny=content.bond_cny,
        conditions=content.conditions,
    )
    yield from _weighed(plot, on)
    lease = lease_of(
        content.supply_form, content.use_term_years, content.lease_years, LISTING_LAW.on(on)
    )
    if lease.outcome is Outcome.BROKEN:
        yield lease
    yield from _noughts(content.indicators, on)


def _weighed(plot: Printed, on: date) -> Iterator[Finding]:
    """What bars the plot at publication, or warns then, by the fields of a notice."""
    for each in (*findings(plot, on), *findings_of(plot.conditions, on)):
        weighs = NOTICE_LAW.on(on).severity_of(each.outcome)[Moment.PUBLICATION]
        if weighs in OUTCOMES:
            field = FIELDS.get(each.field, each.field)
            yield replace(each, outcome=OUTCOMES[weighs], field=field)


def _noughts(indicators: Indicators, on: date) -> Iterator[Finding]:
    """Indicators that nobody can meet or miss, for they are no figures."""
    for reason in noughts(indicators, FORMS.on(on), "indicators"):
        yield Finding(
            code=reason.code,
            outcome=Outcome.BROKEN,
            sentence=reason.sentence,
            field=reason.field or "indicators",
            source=PLATFORM,
        )
