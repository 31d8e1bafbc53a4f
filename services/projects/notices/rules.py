"""What the law and the practice say of a printed notice, rule by rule.

Each rule answers with a finding: kept, warned, broken, or that it does not apply because the notice does
not print what it needs. A notice of somebody else may count days otherwise than one's own would: such a
way warns (`rulebook/periods/`), and what stands on no law never bars.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

from backbone.records import record
from park.rulebook import Rulebook
from park.time import PARK_TIME, day_of
from park.units import same_area

from ..findings import Finding, Outcome
from ..listings.notice import SupplyWay
from ..periods.counting import PERIODS, Period, judged
from ..rulebook import LISTING_LAW, ListingLaw
from .bonds import PLACE_BONDS, PlaceBonds, bond_is_usual_for_its_place
from .printed import WAN, Bounds, Per, Printed, When, derived
from .rulebook import FLOOR_PRICES, NOTICE_LAW, FloorPrices, NoticeLaw

ORDER_39 = "39号令 (2007) 招标拍卖挂牌出让国有建设用地使用权规定"
PLATFORM = "practice of the public land-trade platform"
VACANT_LAND = "闲置土地处置办法 (国土资源部令第53号, 2012) art. 21"
NOT_PRINTED = "The notice does not print what this rule needs."


@record
class NoticeBooks:
    """The rulebooks by which a printed plot is judged."""

    notices: Rulebook[NoticeLaw] = NOTICE_LAW
    listings: Rulebook[ListingLaw] = LISTING_LAW
    periods: Rulebook[dict[str, Period]] = PERIODS
    floor_prices: Rulebook[FloorPrices] = FLOOR_PRICES
    bonds: Rulebook[PlaceBonds] = PLACE_BONDS


IN_FORCE = NoticeBooks()


@record
class Judged:
    """A printed plot, and the day whose rules judge it: the first day of the notice, or today."""

    plot: Printed
    on: date
    books: NoticeBooks = IN_FORCE

    @property
    def law(self) -> NoticeLaw:
        return self.books.notices.on(self.on)

    @property
    def listing_law(self) -> ListingLaw:
        return self.books.listings.on(self.on)

    @property
    def periods(self) -> dict[str, Period]:
        return self.books.periods.on(self.on)

    @property
    def floor_prices(self) -> FloorPrices:
        return self.books.floor_prices.on(self.on)

    @property
    def use(self) -> str | None:
        return self.law.use_of(self.plot.use)


Check: TypeAlias = Callable[[Judged], Finding | None]


def notice_comes_before_the_sale(case: Judged) -> Finding:
    """39号令 (2007): the notice is published at least 20 days before the sale begins, whichever way."""
    begins, sale = case.plot.begins, case.plot.sale_from
    about: dict[str, Any] = {"code": "SALE_TOO_EARLY", "field": "sale_from"}
    if begins is None or sale is None or case.plot.method is SupplyWay.AGREEMENT:
        return _silent(**about, source=ORDER_39)
    return judged(case.periods["notice_before_listing"], _day(begins), _day(sale), **about)


def listing_is_long_enough(case: Judged) -> Finding:
    """39号令 (2007): a listing is open for at least 10 days; an auction takes one."""
    plot = case.plot
    about: dict[str, Any] = {"code": "LISTING_TOO_SHORT", "field": "sale_to"}
    if plot.method is not SupplyWay.LISTING or plot.sale_from is None or plot.sale_to is None:
        return _silent(**about, source=ORDER_39)
    return judged(case.periods["listing"], _day(plot.sale_from), _day(plot.sale_to), **about)


def documents_are_to_be_had_in_order(case: Judged) -> Finding:
    """The documents can be had from the notice on, until a later day."""
    return _in_order(case.plot, "documents_from", "documents_to", "DOCUMENTS_END_FIRST")


def documents_follow_the_notice(case: Judged) -> Finding:
    """Nobody can have the documents before the notice is public."""
    return _in_order(case.plot, "published_on", "documents_from", "DOCUMENTS_BEFORE_NOTICE")


def applications_follow_the_notice(case: Judged) -> Finding:
    """Nobody can apply before the notice is public."""
    return _in_order(case.plot, "published_on", "apply_from", "APPLICATION_BEFORE_NOTICE")


def applications_end_after_their_start(case: Judged) -> Finding:
    """There is a time to apply."""
    return _in_order(case.plot, "apply_from", "apply_to", "APPLICATION_ENDS_FIRST")


def applications_end_by_the_bond_deadline(case: Judged) -> Finding:
    """Whoever applies at the last moment can still pay the bond."""
    return _in_order(case.plot, "apply_to", "bond_to", "APPLICATION_AFTER_BOND")


def sale_ends_after_its_start(case: Judged) -> Finding:
    """The listing closes after it has opened."""
    return _in_order(case.plot, "sale_from", "sale_to", "SALE_ENDS_FIRST")


def bond_is_due_before_the_sale_ends(case: Judged) -> Finding:
    """The bond is paid before the last day of the listing, or before the day of the auction."""
    last = "sale_to" if case.plot.sale_to else "sale_from"
    bond_to, end = case.plot.bond_to, getattr(case.plot, last)
    about: dict[str, Any] = {
        "code": "BOND_DEADLINE_TOO_LATE",
        "field": "bond_to",
        "source": PLATFORM,
    }
    if bond_to is None or end is None:
        return _silent(**about)
    return _answer(
        _day(bond_to) < _day(end),
        sentence=f"It is {written(bond_to)}; right is a day before {_day(end)}, the last of the sale.",
        computed=str(_day(end)),
        **about,
    )


def notice_follows_the_release(case: Judged) -> Finding:
    """闲置土地处置办法 (2012) art. 21: only land that nobody has a claim to any more is supplied."""
    begins, released_on = case.plot.begins, case.plot.released_on
    about: dict[str, Any] = {
        "code": "NOTICE_BEFORE_RELEASE",
        "field": "released_on",
        "source": VACANT_LAND,
    }
    if begins is None or released_on is None:
        return _silent(**about)
    return _answer(
        _day(begins) >= released_on,
        sentence=f"The land was released on {released_on}; the notice may begin then or later.",
        computed=str(released_on),
        **about,
    )


def way_fits_the_use(case: Judged) -> Finding:
    """实施条例 art. 18: industrial and other operating land is supplied by tender, auction or listing."""
    ways = case.law.ways
    about: dict[str, Any] = {"code": "WAY_NOT_OPEN", "field": "method", "source": ways.source}
    if case.plot.method is None or case.use is None:
        return _silent(**about)
    return _answer(
        case.plot.method is not SupplyWay.AGREEMENT or case.use not in ways.bars_agreement,
        sentence=f"Land for {case.use} use is supplied by listing, auction or tender.",
        computed="listing, auction, tender",
        otherwise=Outcome.WARNED,  # an agreement is lawful in the cases that the law names
        **about,
    )


def term_is_lawful(case: Judged) -> Finding:
    """暂行条例 art. 12: each use has a longest term, industrial land 50 years."""
    terms = case.listing_law.term_years
    about: dict[str, Any] = {"code": "TERM_TOO_LONG", "field": "term_years", "source": terms.source}
    if case.plot.term_years is None or case.use is None:
        return _silent(**about)
    longest = terms.of(case.use)
    return _answer(
        case.plot.term_years <= longest,
        sentence=f"Land for {case.use} use is granted for {longest} years at most.",
        computed=str(longest),
        **about,
    )


def bond_is_large_enough(case: Judged) -> Finding:
    """国土资发〔2010〕34号 asks real-estate land for a bond of 20 %; for other land less is no bar."""
    share, use = case.listing_law.bond_share, case.use
    bars = use in share.bars
    about: dict[str, Any] = {"code": "BOND_TOO_SMALL", "field": "bond_wan"}
    about["source"] = share.source if bars else share.otherwise
    whole = _whole_cny(case)
    if case.plot.bond_cny is None or whole is None:
        return _silent(**about)
    least = share.least_cny(whole)
    return _answer(
        case.plot.bond_cny >= least,
        sentence=f"{share.value:.0%} of the whole start price, cut to whole 万元, are "
        f"{least / WAN:f} 万元" + ("." if bars else "; for this use a smaller bond is no bar."),
        computed=f"{least / WAN:f}",
        otherwise=Outcome.BROKEN if bars else Outcome.WARNED,
        **about,
    )


def bond_is_no_more_than_the_price(case: Judged) -> Finding:
    """A bond above the whole start price is a slip of the unit more often than a wish."""
    about: dict[str, Any] = {"code": "BOND_ABOVE_PRICE", "field": "bond_wan", "source": PLATFORM}
    whole = _whole_cny(case)
    if case.plot.bond_cny is None or whole is None:
        return _silent(**about)
    return _answer(
        case.plot.bond_cny <= whole,
        sentence=f"The whole start price is {whole / WAN:f} 万元; look at the unit of the bond.",
        computed=f"{whole / WAN:f}",
        otherwise=Outcome.WARNED,
        **about,
    )


def price_is_at_least_the_floor(case: Judged) -> Finding:
    """国土资发〔2006〕307号: industrial land is not sold below the lowest price of its place. The table may
    be superseded, and priority industries pay less, so that it warns."""
    table = case.floor_prices
    grade = table.of(case.plot.place)
    about: dict[str, Any] = {
        "code": "START_PRICE_BELOW_FLOOR",
        "field": "price_printed",
        "source": table.source,
    }
    price, whole = derived(case.plot).price_per_m2_yuan, case.plot.price
    if grade is None or case.use != "industrial" or price is None or whole is None:
        return _silent(**about)
    exact = whole.each_cny(Per.M2, case.plot.area)
    return _answer(
        exact is not None and exact >= grade.yuan_per_m2,
        sentence=f"The lowest price of grade {grade.grade} is {grade.yuan_per_m2:f} yuan for each m²; the "
        f"start price is {_shown(price, exact)}.",
        computed=f"{grade.yuan_per_m2:f}",
        otherwise=Outcome.WARNED,
        **about,
    )


def _shown(price: Decimal, exact: Decimal | None) -> str:
    """A price to the fen; one that is less shows its first two digits: 0.00005."""
    if price or not exact:
        return f"{price:f}"
    return f"{round(exact, 1 - exact.adjusted()).normalize():f}"


def areas_agree(case: Judged) -> Finding:
    """An area that is printed in m² and in mu is the same area, within 0.01 mu."""
    about: dict[str, Any] = {
        "code": "AREAS_DIFFER",
        "field": "area_mu",
        "source": "1 mu is 2000/3 m²",
    }
    area = case.plot.area
    if area is None or area.m2 is None or area.mu is None:
        return _silent(**about)
    from_m2 = area.m2 * 3 / 2000
    return _answer(
        same_area(area.m2, area.mu * 2000 / 3),
        sentence=f"{area.m2:f} m² are {from_m2:.4f} mu; the notice prints {area.mu:f}.",
        computed=f"{from_m2:.4f}",
        otherwise=Outcome.WARNED,
        **about,
    )


def plot_ratio_is_in_order(case: Judged) -> Finding | None:
    """The least plot ratio is no more than the greatest."""
    return _bounds_in_order(case.plot.plot_ratio, "plot_ratio_min", "PLOT_RATIO_UPSIDE_DOWN")


def density_is_in_order(case: Judged) -> Finding | None:
    """The least building density is no more than the greatest."""
    return _bounds_in_order(case.plot.density_pct, "density_min_pct", "DENSITY_UPSIDE_DOWN")


def green_is_in_order(case: Judged) -> Finding | None:
    """The least share of green is no more than the greatest."""
    return _bounds_in_order(case.plot.green_pct, "green_min_pct", "GREEN_UPSIDE_DOWN")


RULES: tuple[Check, ...] = (
    notice_comes_before_the_sale,
    listing_is_long_enough,
    documents_follow_the_notice,
    documents_are_to_be_had_in_order,
    applications_follow_the_notice,
    applications_end_after_their_start,
    applications_end_by_the_bond_deadline,
    bond_is_due_before_the_sale_ends,
    sale_ends_after_its_start,
    notice_follows_the_release,
    way_fits_the_use,
    term_is_lawful,
    bond_is_large_enough,
    bond_is_no_more_than_the_price,
    lambda case: bond_is_usual_for_its_place(case.plot, case.books.bonds.on(case.on)),
    price_is_at_least_the_floor,
    areas_agree,
    plot_ratio_is_in_order,
    density_is_in_order,
    green_is_in_order,
)


def findings(plot: Printed, on: date, books: NoticeBooks = IN_FORCE) -> tuple[Finding, ...]:
    """What each rule of the day says of the plot, in the order of the rules."""
    case = Judged(plot=plot, on=on, books=books)
    return tuple(found for rule in RULES if (found := rule(case)) is not None)


def how_the_bond_was_made(plot: Printed, on: date) -> str | None:
    """The share and the rounding that give the printed bond: `20 %, cut to whole 万元`; none if none of
    those that notices show does."""
    whole = plot.price.whole_cny(plot.area) if plot.price else None
    if whole is None or plot.bond_cny is None:
        return None
    for share in NOTICE_LAW.on(on).bonds.shares:
        exact = whole * share / WAN
        for words, rounding in ROUNDINGS.items():
            made = exact if rounding is None else exact.quantize(Decimal(1), rounding)
            if made * WAN == plot.bond_cny:
                return f"{share:.0%}{words}"
    return None


ROUNDINGS = {
    "": None,
    ", rounded half up to whole 万元": ROUND_HALF_UP,
    ", cut to whole 万元": ROUND_FLOOR,
    ", rounded up to whole 万元": ROUND_CEILING,
}


def _in_order(plot: Printed, first: str, then: str, code: str) -> Finding:
    begins, ends = getattr(plot, first), getattr(plot, then)
    about: dict[str, Any] = {"code": code, "field": then, "source": PLATFORM}
    if begins is None or ends is None:
        return _silent(**about)
    kept = in_order(begins, ends)
    sentence = f"It is {written(ends)}; right is {written(begins)} ({first}) or later."
    return _answer(kept, sentence=sentence, computed=str(_day(begins)), **about)


def in_order(begins: When, ends: When) -> bool:
    """Whether it ends when it begins, or later; by the day where one of them is a day."""
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        return begins <= ends
    return _day(begins) <= _day(ends)


def _bounds_in_order(bounds: Bounds, field: str, code: str) -> Finding:
    about: dict[str, Any] = {"code": code, "field": field, "source": PLATFORM}
    if bounds.least is None or bounds.most is None:
        return _silent(**about)
    return _answer(
        bounds.least <= bounds.most,
        sentence=f"The least is {bounds.least:f}, and the most {bounds.most:f}.",
        computed=f"{bounds.most:f}",
        **about,
    )


def _whole_cny(case: Judged) -> Decimal | None:
    return case.plot.price.whole_cny(case.plot.area) if case.plot.price else None


def day_in_park(when: When | None) -> date | None:
    return day_of(when) if isinstance(when, datetime) else when


def written(when: When) -> str:
    """The day, or the moment by the clock of the park."""
    if isinstance(when, datetime):
        return when.astimezone(PARK_TIME).strftime("%Y-%m-%d %H:%M")
    return str(when)


def _day(when: When) -> date:
    return day_of(when) if isinstance(when, datetime) else when


def _silent(*, code: str, field: str, source: str) -> Finding:
    return Finding(
        code=code,
        outcome=Outcome.DOES_NOT_APPLY,
        sentence=NOT_PRINTED,
        field=field,
        source=source,
    )


def _answer(kept: bool, *, otherwise: Outcome = Outcome.BROKEN, **about: Any) -> Finding:
    return Finding(outcome=Outcome.KEPT if kept else otherwise, **about)
