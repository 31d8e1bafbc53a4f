"""How far the supply of a year has come on a day, as it was known at a moment.

A step counts in the year of its own day, and a plot once: land is offered while its notice is out or led to
an award that stands. Shares are ratios of sums, never sums or means of ratios.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from backbone.records import record

from ..listings.notice import SupplyWay
from .plan import LandSource, PlannedPlot, PlanVersion, SupplyPlan, prefix_of
from .plot import PlotStep, Round, SuppliedPlot
from .rulebook import PLAN_BOOK

PLACES = Decimal("0.0001")
ZERO = Decimal(0)
COUNTED = (PlotStep.OFFERED, PlotStep.AWARDED, PlotStep.CONTRACTED)


@record
class SupplyAmounts:
    """Shares are of what is planned, and none where nothing is said of it; so is what is left, which is
    below 0 where more was supplied than planned."""

    planned_mu: Decimal | None
    planned_m2: Decimal | None
    offered_plots: int
    offered_mu: Decimal
    offered_m2: Decimal
    offered_share: Decimal | None
    awarded_plots: int
    awarded_mu: Decimal
    awarded_m2: Decimal
    awarded_share: Decimal | None
    contracted_plots: int
    contracted_mu: Decimal
    contracted_m2: Decimal
    contracted_share: Decimal | None
    left_to_offer_mu: Decimal | None
    left_to_award_mu: Decimal | None


@record
class WayProgress:
    supply_way: SupplyWay
    amounts: SupplyAmounts


@record
class UseProgress:
    """`planned_share` is that of the use in the whole plan."""

    plan_use: str
    planned_share: Decimal | None
    amounts: SupplyAmounts
    ways: tuple[WayProgress, ...]


@record
class DistrictProgress:
    district: str
    amounts: SupplyAmounts


@record
class QuarterProgress:
    """What was offered, awarded and contracted in the quarter itself."""

    quarter: int
    amounts: SupplyAmounts


@record
class PlotProgress:
    """A plot that the plan names, and how it stands; without a state nothing was released of it."""

    parcel_id: str
    plan_use: str
    quarter: int | None
    planned_mu: Decimal
    plot_state: PlotStep | None
    listing_id: str | None
    area_mu: Decimal | None


@record
class PlotOutside:
    """A plot that was offered this year, and that the plan does not have."""

    listing_id: str
    parcel_id: str
    target_use: str | None
    plot_state: PlotStep
    area_mu: Decimal


@record
class StockProgress:
    """Stock land [存量用地] in what was contracted this year. Without a goal none was in force on the day."""

    supplied_mu: Decimal
    stock_mu: Decimal
    stock_share: Decimal | None
    planned_stock_mu: Decimal | None
    planned_stock_share: Decimal | None
    goal_year: int | None
    goal_share: Decimal | None
    reaches_goal: bool | None
    source: str


@record
class SupplyPlanProgress:
    """`unsold_mu` and `withdrawn_mu` were offered this year, and are not on offer on the day; `outside` is
    land that the plan does not have, and is in no other sum."""

    plan_id: str
    region: str
    year: int
    on: date
    known_at: datetime
    plan_version: int
    document: str
    published_on: date | None
    total: SupplyAmounts
    uses: tuple[UseProgress, ...]
    ways: tuple[WayProgress, ...]
    districts: tuple[DistrictProgress, ...]
    quarters: tuple[QuarterProgress, ...]
    plots: tuple[PlotProgress, ...]
    unsold_mu: Decimal
    withdrawn_mu: Decimal
    outside: SupplyAmounts
    outside_plots: tuple[PlotOutside, ...]
    stock: StockProgress


@dataclass(frozen=True, slots=True)
class Supplied:
    """The last notice of a plot that has a step in the year, and the use under which it is planned."""

    plot: SuppliedPlot
    last: Round
    plan_use: str | None

    def counts(self, step: PlotStep, is_within: Callable[[date], bool]) -> bool:
        day = self.last.day_of(step)
        return day is not None and is_within(day)


def progress(
    plan: SupplyPlan,
    version: PlanVersion,
    plots: Iterable[SuppliedPlot],
    on: date,
    known_at: datetime,
) -> SupplyPlanProgress:
    """Progress against the version in force."""
    return Asked(plan, version, tuple(plots), on, known_at).answer()


class Asked:
    """A plan, the plots of its region, and the day and moment that are asked for."""

    def __init__(
        self,
        plan: SupplyPlan,
        version: PlanVersion,
        plots: tuple[SuppliedPlot, ...],
        on: date,
        known_at: datetime,
    ) -> None:
        self.plan, self.version, self.plots = plan, version, plots
        self.on, self.known_at = on, known_at
        self.all = [each for plot in plots if (each := self._supplied(plot))]
        self.planned = [each for each in self.all if each.plan_use]
        self.outside = [each for each in self.all if not each.plan_use]

    def answer(self) -> SupplyPlanProgress:
        version = self.version
        return SupplyPlanProgress(
            plan_id=self.plan.plan_id,
            region=self.plan.region,
            year=self.plan.year,
            on=self.on,
            known_at=self.known_at,
            plan_version=version.plan_version,
            document=version.document,
            published_on=version.published_on,
            total=self._amounts(self.planned, version.total_mu),
            uses=tuple(self._use(use) for use in dict.fromkeys(v.plan_use for v in version.lines)),
            ways=self._ways(self.planned, None),
            districts=tuple(self._district(d.district, d.area_mu) for d in version.districts),
            quarters=tuple(self._quarter(q.quarter, q.area_mu) for q in version.quarters),
            plots=tuple(self._plot(each) for each in version.plots),
            unsold_mu=self._ended(PlotStep.UNSOLD),
            withdrawn_mu=self._ended(PlotStep.WITHDRAWN),
            outside=self._amounts(self.outside, None),
            outside_plots=tuple(self._outside(each) for each in self.outside),
            stock=self._stock(),
        )

    def _supplied(self, plot: SuppliedPlot) -> Supplied | None:
        rounds = [r for r in plot.rounds(self.on, self.known_at) if self._has_step(r)]
        if not rounds:
            return None
        use = self.version.use_of_plot(plot.parcel_id, rounds[-1].target_use)
        return Supplied(plot, rounds[-1], use)

    def _in_year(self, day: date) -> bool:
        return day.year == self.plan.year

    def _has_step(self, found: Round) -> bool:
        days = (found.offered_on, found.awarded_on, found.contracted_on)
        return any(day and self._in_year(day) for day in days)

    # --- the parts of the answer

    def _use(self, plan_use: str) -> UseProgress:
        lines = [each for each in self.version.lines if each.plan_use == plan_use]
        planned = sum((each.area_mu for each in lines), ZERO)
        found = [each for each in self.planned if each.plan_use == plan_use]
        return UseProgress(
            plan_use=plan_use,
            planned_share=_share(planned, self.version.total_mu),
            amounts=self._amounts(found, planned),
            ways=self._ways(found, plan_use),
        )

    def _ways(self, found: list[Supplied], plan_use: str | None) -> tuple[WayProgress, ...]:
        """Each way of which the plan says something, or in which land was offered."""
        lines = [each for each in self.version.lines if plan_use in (None, each.plan_use)]
        ways = {each.supply_way for each in lines} | {each.last.supply_way for each in found}
        answer = []
        for way in sorted(each for each in ways if each):
            said = [each.area_mu for each in lines if each.supply_way is way]
            of_way = [each for each in found if each.last.supply_way is way]
            planned = sum(said, ZERO) if said else None
            answer.append(WayProgress(supply_way=way, amounts=self._amounts(of_way, planned)))
        return tuple(answer)

    def _district(self, district: str, planned: Decimal) -> DistrictProgress:
        begins = prefix_of(district)
        found = [each for each in self.planned if each.plot.township.startswith(begins)]
        return DistrictProgress(district=district, amounts=self._amounts(found, planned))

    def _quarter(self, quarter: int, planned: Decimal) -> QuarterProgress:
        def is_within(day: date) -> bool:
            return self._in_year(day) and (day.month + 2) // 3 == quarter

        return QuarterProgress(
            quarter=quarter, amounts=self._amounts(self.planned, planned, is_within)
        )

    def _plot(self, named: PlannedPlot) -> PlotProgress:
        """Of several listings of a parcel the one of which something was said last."""
        told = [
            (entries[-1].known_at, plot)
            for plot in self.plots
            if plot.parcel_id == named.parcel_id
            and (entries := plot.told_by(self.on, self.known_at))
        ]
        plot = max(told, key=lambda each: each[0])[1] if told else None
        return PlotProgress(
            parcel_id=named.parcel_id,
            plan_use=named.plan_use,
            quarter=named.quarter,
            planned_mu=named.area_mu,
            plot_state=plot.state(self.on, self.known_at) if plot else None,
            listing_id=plot.listing_id if plot else None,
            area_mu=self._area_of(plot) if plot else None,
        )

    def _area_of(self, plot: SuppliedPlot) -> Decimal | None:
        told = [e.area_m2 for e in plot.told_by(self.on, self.known_at) if e.area_m2 is not None]
        return mu_of(told[-1]) if told else None

    def _outside(self, found: Supplied) -> PlotOutside:
        return PlotOutside(
            listing_id=found.plot.listing_id,
            parcel_id=found.plot.parcel_id,
            target_use=found.last.target_use,
            plot_state=found.plot.state(self.on, self.known_at) or PlotStep.OFFERED,
            area_mu=mu_of(found.last.area_m2),
        )

    def _ended(self, by: PlotStep) -> Decimal:
        return sum(
            (mu_of(each.last.area_m2) for each in self.planned if each.last.ended_by is by), ZERO
        )

    def _stock(self) -> StockProgress:
        goals, version = PLAN_BOOK.on(self.on).stock, self.version
        goal = goals.of(self.plan.year)
        sold = [each for each in self.all if each.counts(PlotStep.CONTRACTED, self._in_year)]
        stock = [e for e in sold if version.source_of(e.plot.parcel_id) is LandSource.STOCK]
        supplied, of_stock = _area(sold), _area(stock)
        reaches = of_stock >= goal.share * supplied if goal and supplied else None
        return StockProgress(
            supplied_mu=mu_of(supplied),
            stock_mu=mu_of(of_stock),
            stock_share=_share(of_stock, supplied),
            planned_stock_mu=version.stock_mu,
            planned_stock_share=_share(version.stock_mu, version.total_mu),
            goal_year=goal.year if goal else None,
            goal_share=goal.share if goal else None,
            reaches_goal=reaches,
            source=goals.source,
        )

    def _amounts(
        self,
        found: list[Supplied],
        planned: Decimal | None,
        is_within: Callable[[date], bool] | None = None,
    ) -> SupplyAmounts:
        """The sums of these plots, beside what is planned."""
        within = is_within or self._in_year
        steps = {step: [each for each in found if each.counts(step, within)] for step in COUNTED}
        m2 = {step: _area(each) for step, each in steps.items()}
        mu = {step: mu_of(area) for step, area in m2.items()}
        shares = {step: _share(area, planned) for step, area in mu.items()}
        offered, awarded, contracted = COUNTED
        return SupplyAmounts(
            planned_mu=planned,
            planned_m2=None if planned is None else m2_of(planned),
            offered_plots=len(steps[offered]),
            offered_mu=mu[offered],
            offered_m2=m2[offered],
            offered_share=shares[offered],
            awarded_plots=len(steps[awarded]),
            awarded_mu=mu[awarded],
            awarded_m2=m2[awarded],
            awarded_share=shares[awarded],
            contracted_plots=len(steps[contracted]),
            contracted_mu=mu[contracted],
            contracted_m2=m2[contracted],
            contracted_share=shares[contracted],
            left_to_offer_mu=None if planned is None else planned - mu[offered],
            left_to_award_mu=None if planned is None else planned - mu[awarded],
        )


def mu_of(m2: Decimal) -> Decimal:
    """Exactly: 1 mu is 2000/3 m²."""
    return plain(m2 * 3 / 2000)


def m2_of(mu: Decimal) -> Decimal:
    """To a millionth."""
    return plain((mu * 2000 / 3).quantize(Decimal("0.000001"), ROUND_HALF_UP))


def plain(figure: Decimal) -> Decimal:
    """Without zeros at the end, and without an exponent."""
    whole = figure.to_integral_value()
    return whole if figure == whole else figure.normalize()


def _area(found: list[Supplied]) -> Decimal:
    return sum((each.last.area_m2 for each in found), ZERO)


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    if part is None or not whole:
        return None
    return (part / whole).quantize(PLACES, ROUND_HALF_UP)
