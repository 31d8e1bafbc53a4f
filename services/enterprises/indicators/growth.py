"""What may be computed from figures: growth on a comparable base, a ratio, a sum; and what may not."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from backbone.errors import Reason
from backbone.records import record
from park.time import months_later

from .definitions import INDICATORS, IndicatorCounting
from .figures import FigureKind, StandingFigure

SHOWN, EXACTLY = Decimal("0.000001"), Context(prec=60, rounding=ROUND_HALF_UP)


def year_before(end: date) -> date:
    """The last day of the same period a year before: the end of a month stays one, also of February."""
    before = months_later(end, -12)
    last, last_before = (monthrange(day.year, day.month)[1] for day in (end, before))
    return before.replace(day=last_before) if end.day == last else before


@record
class Computed:
    """`value` is none where none can be given; `reasons` say why, and what to look at."""

    value: Decimal | None
    figure_kind: FigureKind | None
    reasons: tuple[Reason, ...] = ()


@record
class Part:
    """A figure that is to be added."""

    indicator: str
    basis: str
    period_end: date
    figure: StandingFigure | None


def growth_of(
    counting: IndicatorCounting,
    current: StandingFigure,
    base: StandingFigure,
    *,
    comparable: bool,
) -> Computed:
    """The growth of a figure over its base, as a share: 0.05 is 5 %. A figure that is at least so much grew
    at least so much; over a base that is only a bound nothing can be said."""
    if counting is IndicatorCounting.RATIO:
        said = "A ratio changes by points and does not grow; compare the two."
        return _none(Reason("GROWTH_OF_RATIO", said))
    if base.figure_kind is not FigureKind.EXACT:
        return _none(Reason("BASE_IS_A_BOUND", "The base is known only as a bound."))
    if base.value <= 0:
        said = "The base is nought or below, so that a rate says nothing; compare the two."
        return _none(Reason("BASE_NOT_POSITIVE", said))
    rate = share_of(current.value - base.value, base.value)
    said = "No base on the coverage of this period was entered; the figure published a year ago is used."
    warned = () if comparable else (Reason("BASE_NOT_COMPARABLE", said),)
    return Computed(value=rate, figure_kind=current.figure_kind, reasons=warned)


def ratio_of(over: StandingFigure | None, under: StandingFigure | None) -> Computed:
    """One figure by another of the same period. Of two bounds nothing follows."""
    if not over or not under or over.period_end != under.period_end:
        return _none(
            Reason("FIGURE_MISSING", "Both figures of the ratio are needed, of one period.")
        )
    if {over.figure_kind, under.figure_kind} != {FigureKind.EXACT}:
        return _none(Reason("RATIO_OF_BOUNDS", "A ratio needs exact figures, not bounds."))
    if under.value == 0:
        return _none(Reason("RATIO_BY_NOUGHT", "What is divided by is nought."))
    return Computed(value=share_of(over.value, under.value), figure_kind=FigureKind.EXACT)


def sum_of(parts: Sequence[Part]) -> Computed:
    """The sum of figures of one indicator and period over bases that do not overlap."""
    if reasons := [reason for rule in SUM_RULES if (reason := rule(parts))]:
        return _none(*reasons)
    figures = [each.figure for each in parts if each.figure]
    kinds = {each.figure_kind for each in figures}
    weakest = (FigureKind.MORE_THAN, FigureKind.AT_LEAST, FigureKind.EXACT)
    total = sum((each.value for each in figures), Decimal(0))
    return Computed(value=total, figure_kind=next(each for each in weakest if each in kinds))


def one_indicator(parts: Sequence[Part]) -> Reason | None:
    """Output and profit are no sum of anything."""
    if len({each.indicator for each in parts}) == 1:
        return None
    return Reason("INDICATORS_DIFFER", "Add figures of one indicator only.", field="figures")


def no_ratio(parts: Sequence[Part]) -> Reason | None:
    """The ratio of two sums is not the sum of two ratios."""
    definitions = [INDICATORS.on(p.period_end).indicators.get(p.indicator) for p in parts]
    if not any(each and each.counting is IndicatorCounting.RATIO for each in definitions):
        return None
    said = "Ratios are not added; add what they are made of, and divide the sums."
    return Reason("SUM_OF_RATIOS", said, field="figures")


def one_period(parts: Sequence[Part]) -> Reason | None:
    """The figure of a later month has the earlier ones in it."""
    if len({each.period_end for each in parts}) == 1:
        return None
    said = "Figures of several periods are not added: the later one has the earlier ones in it."
    return Reason("SUM_OVER_PERIODS", said, field="figures")


def apart(parts: Sequence[Part]) -> Reason | None:
    """The zone lies in the district, and townships lie in either."""
    bases = [each.basis for each in parts]
    townships = all(each.isdigit() for each in bases)
    if len(set(bases)) == len(bases) and (townships or len(bases) == 1):
        return None
    said = "Add townships that are named once each; zone and district lie in one another."
    return Reason("BASES_OVERLAP", said, field="figures")


def none_is_missing(parts: Sequence[Part]) -> Reason | None:
    """A sum with a gap in it looks like a smaller sum."""
    missing = [each.basis for each in parts if each.figure is None]
    if not missing:
        return None
    said = f"There is no figure of {', '.join(missing)} for that period."
    return Reason("FIGURE_MISSING", said, field="figures")


SUM_RULES = (one_indicator, no_ratio, one_period, apart, none_is_missing)


def share_of(part: Decimal, whole: Decimal) -> Decimal:
    """To a millionth, half up."""
    return (part / whole).quantize(SHOWN, context=EXACTLY)


def _none(*reasons: Reason) -> Computed:
    return Computed(value=None, figure_kind=None, reasons=reasons)
