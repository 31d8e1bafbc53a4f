"""What a figure of an indicator must keep to. Each rule answers with a reason, or nothing."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule

from .definitions import INDICATORS, Definition, Definitions, IndicatorCounting
from .figures import FigureRole


@record
class Situation:
    """A figure as the statistics desk enters it, and the day in the park."""

    indicator: str
    basis: str
    period_start: date | None
    period_end: date
    role: FigureRole
    value: Decimal
    unit: str | None
    today: date

    @property
    def book(self) -> Definitions:
        return INDICATORS.on(self.period_end)

    @property
    def definition(self) -> Definition | None:
        return self.book.indicators.get(self.indicator)

    @property
    def factor(self) -> Decimal | None:
        """What one of the given unit comes to in that of the indicator."""
        kept = self.definition.unit if self.definition else None
        if self.unit in (None, kept):
            return Decimal(1)
        given = self.book.units.get(self.unit or "")
        return given.factor if given and given.of == kept else None

    @property
    def kept_unit(self) -> str:
        return self.definition.unit if self.definition else ""

    @property
    def kept_value(self) -> Decimal:
        """The value in the unit of the indicator."""
        value = self.value * (self.factor or 1)
        whole = value.to_integral_value()
        return whole if whole == value else value.normalize()


def indicator_is_known(situation: Situation) -> Reason | None:
    """A word that is on no list would be found by nobody."""
    if situation.definition:
        return None
    known = ", ".join(situation.book.indicators)
    return Reason("INDICATOR_UNKNOWN", f"Indicators are {known}.", field="indicator")


def basis_is_known(situation: Situation) -> Reason | None:
    """The zone and the district are two populations, and a township is a part of either."""
    return basis_problem(situation.basis, situation.book)


def ratio_is_not_entered(situation: Situation) -> Reason | None:
    """A ratio of two indicators follows from them; entered beside them it could say something else."""
    if situation.definition is None or not situation.definition.of:
        return None
    of = " and ".join(situation.definition.of)
    return Reason("RATIO_IS_COMPUTED", f"It follows from {of}; enter those.", field="indicator")


def period_fits_the_counting(situation: Situation) -> Reason | None:
    """Cumulative figures run from 1 January to the end of a month; a stock has no first day."""
    start, end, definition = situation.period_start, situation.period_end, situation.definition
    if definition is None:
        return None
    if definition.counting is IndicatorCounting.STOCK:
        said = "It says what there is at the end of the period; leave the first day out."
        return Reason("PERIOD_OF_STOCK", said, field="period_start") if start else None
    ends_a_month = end.day == monthrange(end.year, end.month)[1]
    if start == date(end.year, 1, 1) and ends_a_month:
        return None
    said = "The period runs from 1 January to the last day of a month of the same year."
    return Reason("PERIOD_NOT_CUMULATIVE", said, field="period_start")


def period_is_over(situation: Situation) -> Reason | None:
    """What has been so is known when the period is over; only a target lies ahead."""
    if situation.role is FigureRole.TARGET or situation.period_end <= situation.today:
        return None
    return Reason("NOT_YET", "The period is not over yet.", field="period_end")


def unit_is_of_the_indicator(situation: Situation) -> Reason | None:
    """万元 for 亿元 is wrong by a factor of ten thousand."""
    if situation.definition is None or situation.factor is not None:
        return None
    kept = situation.definition.unit
    known = [name for name, unit in situation.book.units.items() if unit.of == kept]
    return Reason("UNIT_UNKNOWN", f"Give it in {', '.join([kept, *known])}.", field="unit")


def value_can_be(situation: Situation) -> Reason | None:
    """Things are counted in whole numbers, and few indicators fall below nought."""
    definition = situation.definition
    if definition is None or situation.factor is None:
        return None
    value = situation.kept_value
    if value < 0 and not definition.negative:
        return Reason("FIGURE_BELOW_NOUGHT", "It cannot be below nought.", field="value")
    if definition.whole and value != value.to_integral_value():
        said = f"It counts {definition.unit}, so give a whole number."
        return Reason("FIGURE_NOT_WHOLE", said, field="value")
    return None


def basis_problem(basis: str, book: Definitions) -> Reason | None:
    if basis in book.bases or re.fullmatch("[0-9]{9}", basis):
        return None
    said = f"A basis is one of {', '.join(book.bases)}, or the 9-digit code of a township."
    return Reason("BASIS_UNKNOWN", said, field="basis")


FIGURE_RULES: tuple[Rule[Situation], ...] = (
    indicator_is_known,
    basis_is_known,
    ratio_is_not_entered,
    period_fits_the_counting,
    period_is_over,
    unit_is_of_the_indicator,
    value_can_be,
)
