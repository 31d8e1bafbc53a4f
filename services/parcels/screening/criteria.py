"""The criteria of low efficiency: one function per kind, which answers with the figure and the bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import TypeAlias

from backbone.errors import Reason
from backbone.records import record
from park.time import months_later
from park.units import m2_to_mu, tidy

from ..register.parcel import Parcel
from .construction import Construction, Part
from .figures import FirmYear, PlotFigure, PlotGrade, industry_of, plot_figure
from .law import Criterion, CriterionKind

TEN_THOUSAND = Decimal(10_000)
HUNDRED = Decimal(100)


class Verdict(StrEnum):
    LOW = "low"  # the criterion speaks for low efficiency
    NOT_LOW = "not_low"
    UNKNOWN = "unknown"  # `reason` says what is missing
    OUT_OF_SCOPE = "out_of_scope"


@record
class Judgement:
    """What a criterion says of a plot: the figure and the bar, both in `unit`, and where the criterion
    was published. With `figure_at_least` the figure is no less than that."""

    kind: CriterionKind
    place: str
    verdict: Verdict
    figure: Decimal | None = None
    figure_at_least: bool = False
    floor: Decimal | None = None
    unit: str
    source: str
    reason: Reason | None = None


@record
class PlotYear:
    """A plot in a year: its parcel, its construction as of `judged_on`, and the firms on it."""

    parcel: Parcel
    construction: Construction | None
    firms: tuple[FirmYear, ...]
    grades: tuple[PlotGrade, ...] = ()
    judged_on: date

    @property
    def industry_code(self) -> str | None:
        """That of the parcel, else that of the firms on it."""
        return self.parcel.industry_code or industry_of(self.firms)

    def figure(self, name: str) -> PlotFigure:
        return plot_figure(self.firms, name)


Answer: TypeAlias = tuple[Verdict, Decimal | None, Decimal | None] | Reason


def judged(criteria: Iterable[Criterion], plot: PlotYear) -> tuple[Judgement, ...]:
    """What each criterion says of the plot."""
    return tuple(_judged(criterion, plot) for criterion in criteria)


def _judged(criterion: Criterion, plot: PlotYear) -> Judgement:
    say = partial(
        Judgement,
        kind=criterion.kind,
        place=criterion.place,
        unit=criterion.unit,
        source=criterion.source,
    )
    if outside := out_of_scope(criterion, plot):
        return say(verdict=Verdict.OUT_OF_SCOPE, reason=outside)
    answer = boundary_missing(criterion, plot) or JUDGES[criterion.kind](criterion, plot)
    if isinstance(answer, Reason):
        return say(verdict=Verdict.UNKNOWN, reason=answer)
    verdict, figure, floor = answer
    at_least = any(plot.figure(name).at_least for name in FIGURES_OF.get(criterion.kind, ()))
    return say(verdict=verdict, figure=figure, floor=floor, figure_at_least=at_least)


def out_of_scope(criterion: Criterion, plot: PlotYear) -> Reason | None:
    """A plot outside the urban development boundary, where the source says so, or of an industry that
    the criterion does not touch."""
    construction = plot.construction
    inside = construction.inside_development_boundary if construction else None
    if criterion.inside_boundary_only and inside is False:
        return Reason(
            "OUTSIDE_BOUNDARY",
            "The plot lies outside the urban development boundary; the criterion does not judge it.",
            source=criterion.source,
        )
    if _fitting(criterion.exempt, plot.industry_code):
        return Reason(
            "INDUSTRY_EXEMPT",
            f"The criterion makes an exception for the industry {plot.industry_code}.",
            source=criterion.source,
        )
    return None


def boundary_missing(criterion: Criterion, plot: PlotYear) -> Reason | None:
    """Nobody said on which side of the boundary the plot lies, and the criterion asks."""
    built = plot.construction
    if not criterion.inside_boundary_only or (
        built and built.inside_development_boundary is not None
    ):
        return None
    return _not_reported("inside_development_boundary")


def tax_per_mu_below(criterion: Criterion, plot: PlotYear) -> Answer:
    """亩均税收: the tax of the year for each mu, in 10,000 yuan, below the floor of the industry."""
    return _per_mu_below(_floor(criterion, plot), plot, "tax_paid_cny")


def tax_per_mu_below_mean(criterion: Criterion, plot: PlotYear) -> Answer:
    """The tax for each mu below a share of the mean of the industry."""
    mean = _floor(criterion, plot)
    if isinstance(mean, Reason):
        return mean
    return _per_mu_below(mean * (criterion.share_of_mean or 0), plot, "tax_paid_cny")


def output_per_mu_below(criterion: Criterion, plot: PlotYear) -> Answer:
    """The gross output of the year for each mu, in 10,000 yuan, below the floor."""
    return _per_mu_below(_floor(criterion, plot), plot, "gross_output_cny")


def plot_ratio_below(criterion: Criterion, plot: PlotYear) -> Answer:
    """容积率: the floor area for each m² of land below the floor."""
    area_m2 = plot.parcel.area_m2
    return _below(plot.figure("floor_area_m2"), area_m2, _floor(criterion, plot))


def restricted_industry(criterion: Criterion, plot: PlotYear) -> Answer:
    """An industry that is prohibited or eliminated."""
    if not criterion.industries:
        return Reason("BAR_MISSING", "No list of industries is entered for this criterion.")
    if plot.industry_code is None:
        return _no_industry()
    low = _fitting(criterion.industries, plot.industry_code)
    return Verdict.LOW if low else Verdict.NOT_LOW, None, None


def completion_overdue(criterion: Criterion, plot: PlotYear) -> Answer:
    """More than so many years past the agreed completion, and not completed."""
    built = plot.construction
    if built is None or built.agreed_completion_on is None:
        return _not_reported("agreed_completion_on")
    ended = built.as_of(plot.judged_on).completed_on
    return _longer_than(criterion, built.agreed_completion_on, None if ended else plot.judged_on)


def investment_below(criterion: Criterion, plot: PlotYear) -> Answer:
    """Less than so many percent of the agreed investment, so many years after the agreed start."""
    built = plot.construction
    if built is None or built.agreed_start_on is None:
        return _not_reported("agreed_start_on")
    if built.investment_paid is None:
        return _not_reported("investment_paid")
    paid, floor = built.investment_paid, criterion.floor or Decimal(0)
    due = plot.judged_on > months_later(built.agreed_start_on, 12 * criterion.years)
    low = due and paid.is_below(Part(part=floor, whole=HUNDRED))
    return _verdict(low), tidy(paid.part * HUNDRED / paid.whole), floor


def production_stopped(criterion: Criterion, plot: PlotYear) -> Answer:
    """Nothing was produced for more than so many years."""
    if plot.construction is None:
        return _not_reported("production_stopped_on")
    stopped_on = plot.construction.as_of(plot.judged_on).production_stopped_on
    return _longer_than(criterion, stopped_on or plot.judged_on, plot.judged_on)


def final_grade(criterion: Criterion, plot: PlotYear) -> Answer:
    """亩均评价: the final grade of any firm on the plot is one of the lowest, or low for a second year."""
    if not plot.grades:
        return Reason("GRADE_MISSING", "No firm on the plot has a final grade of the year.")
    return _verdict(any(_is_low(criterion, each) for each in plot.grades)), None, None


def _is_low(criterion: Criterion, firm: PlotGrade) -> bool:
    again = firm.grade == firm.grade_before and firm.grade in criterion.grades_twice_running
    return firm.grade in criterion.grades or again


JUDGES: dict[CriterionKind, Callable[[Criterion, PlotYear], Answer]] = {
    CriterionKind.TAX_PER_MU_BELOW: tax_per_mu_below,
    CriterionKind.TAX_PER_MU_BELOW_MEAN: tax_per_mu_below_mean,
    CriterionKind.OUTPUT_PER_MU_BELOW: output_per_mu_below,
    CriterionKind.PLOT_RATIO_BELOW: plot_ratio_below,
    CriterionKind.RESTRICTED_INDUSTRY: restricted_industry,
    CriterionKind.COMPLETION_OVERDUE: completion_overdue,
    CriterionKind.INVESTMENT_BELOW: investment_below,
    CriterionKind.PRODUCTION_STOPPED: production_stopped,
    CriterionKind.FINAL_GRADE: final_grade,
}
FIGURES_OF = {
    CriterionKind.TAX_PER_MU_BELOW: ("tax_paid_cny",),
    CriterionKind.TAX_PER_MU_BELOW_MEAN: ("tax_paid_cny",),
    CriterionKind.OUTPUT_PER_MU_BELOW: ("gross_output_cny",),
    CriterionKind.PLOT_RATIO_BELOW: ("floor_area_m2",),
}


def _per_mu_below(floor: Decimal | Reason, plot: PlotYear, name: str) -> Answer:
    """Money for each mu, in 10,000 yuan; the mu as they were reported, to a millionth."""
    area_m2 = plot.parcel.area_m2
    whole = None if area_m2 is None else m2_to_mu(area_m2) * TEN_THOUSAND
    return _below(plot.figure(name), whole, floor)


def _below(figure: PlotFigure, whole: Decimal | None, floor: Decimal | Reason) -> Answer:
    """Whether the figure for each of the whole is below the floor; exactly the floor is enough."""
    if isinstance(floor, Reason):
        return floor
    if figure.value is None:
        return figure.reason or _not_reported("figure")
    if whole is None:
        return Reason("AREA_MISSING", "The parcel was not surveyed; its area is not known.")
    low = figure.value < floor * whole
    if low and figure.at_least:
        return Reason(
            "ONLY_AT_LEAST", "The figure is known to be no less; it may be above the bar."
        )
    return _verdict(low), tidy(figure.value / whole), floor


def _longer_than(criterion: Criterion, since_on: date, until_on: date | None) -> Answer:
    """Whether more than the years of the criterion have passed, counted in days; none if it ended."""
    bar = Decimal((months_later(since_on, 12 * criterion.years) - since_on).days)
    passed = Decimal(max((until_on - since_on).days, 0)) if until_on else Decimal(0)
    return _verdict(passed > bar), passed, bar


def _floor(criterion: Criterion, plot: PlotYear) -> Decimal | Reason:
    """The bar of the industry, by the longest code that fits; else that for all."""
    if criterion.by_industry and plot.industry_code is None and criterion.floor is None:
        return _no_industry()
    fitting = _fitting(criterion.by_industry, plot.industry_code)
    if fitting:
        return criterion.by_industry[fitting]
    if criterion.floor is not None:
        return criterion.floor
    return Reason(
        "BAR_MISSING", f"No bar is entered for the industry {plot.industry_code or '(not known)'}."
    )


def _fitting(codes: Iterable[str], industry_code: str | None) -> str | None:
    """The longest of the codes that the industry is part of: C34 for C3411."""
    fitting = [code for code in codes if industry_code and industry_code.startswith(code)]
    return max(fitting, key=len, default=None)


def _verdict(low: bool) -> Verdict:
    return Verdict.LOW if low else Verdict.NOT_LOW


def _no_industry() -> Reason:
    return Reason(
        "INDUSTRY_MISSING",
        "The criterion is one by industry; neither the parcel nor its firms have one between them.",
    )


def _not_reported(name: str) -> Reason:
    return Reason("NOT_REPORTED", f"No {name} was reported; construction.reported has it.")
