"""A plot as a land notice prints it, and the figures that follow from what is printed.

Notices give the price for the whole land, for each m² or for each mu, the step in a unit of its own, and
the area in one unit or in both. A price for each mu multiplies the mu that are printed, even where they
were rounded before: that is the sum which the notice names.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from backbone.records import record
from park.units import m2_to_mu, mu_to_m2, tidy

from ..listings.notice import SupplyWay

WAN = Decimal(10_000)
When = date | datetime


class Per(StrEnum):
    """What a sum of money is for."""

    WHOLE = "whole"
    M2 = "m2"
    MU = "mu"
    HECTARE = "hectare"


M2_OF = {Per.M2: Decimal(1), Per.MU: Decimal(2000) / 3, Per.HECTARE: WAN}


@record
class Money:
    """So many yuan for all of the land, or for each unit of its area."""

    amount_cny: Decimal
    per: Per = Per.WHOLE

    def whole_cny(self, area: Area | None) -> Decimal | None:
        """Yuan for all of the land; none where its area is not printed."""
        if self.per is Per.WHOLE:
            return self.amount_cny
        return None if area is None else self.amount_cny * area.in_units_of(self.per)

    def each_cny(self, per: Per, area: Area | None) -> Decimal | None:
        """Yuan for each m², mu or hectare; none for a sum for land whose area is not printed."""
        if self.per is not Per.WHOLE:
            return self.amount_cny * M2_OF[per] / M2_OF[self.per]
        return None if area is None else self.amount_cny / area.in_units_of(per)


@record
class Area:
    """At least one of the two is printed; the other is none then."""

    m2: Decimal | None = None
    mu: Decimal | None = None

    @property
    def in_m2(self) -> Decimal:
        return self.m2 if self.m2 is not None else mu_to_m2(self.mu or Decimal(0))

    @property
    def in_mu(self) -> Decimal:
        return self.mu if self.mu is not None else m2_to_mu(self.m2 or Decimal(0))

    def in_units_of(self, per: Per) -> Decimal:
        return {Per.M2: self.in_m2, Per.MU: self.in_mu, Per.HECTARE: self.in_m2 / WAN}[per]


@record
class Bounds:
    """The least and the most that is allowed; none is no bound."""

    least: Decimal | None = None
    most: Decimal | None = None


@record
class Printed:
    """One plot of a notice; what it does not print is none. Percentages are 0 to 100. `sale_from` and
    `sale_to` are those of the listing, or of the auction. `released_on` is the day from which the land
    was free, which no notice prints. `conditions` are clauses in their own words."""

    place: str = ""
    method: SupplyWay | None = None
    use: str = ""
    industries: tuple[str, ...] = ()
    area: Area | None = None
    plot_ratio: Bounds = Bounds()
    density_pct: Bounds = Bounds()
    green_pct: Bounds = Bounds()
    term_years: int | None = None
    price: Money | None = None
    bond_cny: Decimal | None = None
    step: Money | None = None
    published_on: When | None = None
    documents_from: When | None = None
    documents_to: When | None = None
    apply_from: When | None = None
    apply_to: When | None = None
    bond_to: When | None = None
    sale_from: When | None = None
    sale_to: When | None = None
    released_on: date | None = None
    conditions: tuple[str, ...] = ()

    @property
    def begins(self) -> When | None:
        """The first day that is known of the notice: its publication, or else the first day on which its
        documents were to be had."""
        return self.published_on or self.documents_from


@record
class Derived:
    """Figures to the places at which people compare them; none where something is not printed."""

    area_m2: Decimal | None
    area_mu: Decimal | None
    start_price_wan_total: Decimal | None
    price_per_m2_yuan: Decimal | None
    price_per_mu_wan: Decimal | None
    step_wan_total: Decimal | None
    bond_ratio: Decimal | None


def derived(plot: Printed) -> Derived:
    """What follows: the whole price in 万元, the price of a m² (two places) and of a mu (four), and the
    bond as a share of the whole price (five). A printed price of a m² or a mu stays as it is printed."""
    area = plot.area
    whole = plot.price.whole_cny(area) if plot.price else None
    step = plot.step.whole_cny(area) if plot.step else None
    of_m2 = plot.price.each_cny(Per.M2, area) if plot.price else None
    of_mu = plot.price.each_cny(Per.MU, area) if plot.price else None
    return Derived(
        area_m2=area.in_m2 if area else None,
        area_mu=area.in_mu if area else None,
        start_price_wan_total=_wan(whole),
        price_per_m2_yuan=_rounded(of_m2, "0.01"),
        price_per_mu_wan=_rounded(of_mu and of_mu / WAN, "0.0001"),
        step_wan_total=_wan(step),
        bond_ratio=_rounded(plot.bond_cny / whole if plot.bond_cny and whole else None, "0.00001"),
    )


def _wan(cny: Decimal | None) -> Decimal | None:
    """万元, to the millionth, without zeros at the end."""
    wan = _rounded(cny and cny / WAN, "0.000001")
    return wan and tidy(wan)


def _rounded(figure: Decimal | None, places: str) -> Decimal | None:
    return None if figure is None else figure.quantize(Decimal(places), ROUND_HALF_UP)
