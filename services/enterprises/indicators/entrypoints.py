"""The indicators of zone, district and townships: what the statistics desk enters, and what is asked."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from backbone import Collection, command, query, reads
from backbone.errors import NotFound, Reason, Refused
from park.rules import broken, refuse

from . import facts, schemas
from .definitions import INDICATORS, Definition
from .figures import (
    YEARS_AHEAD,
    FigureRole,
    IndicatorFigure,
    IndicatorYear,
    StandingFigure,
    figure_on,
    standing_of,
)
from .growth import Computed, Part, growth_of, ratio_of, share_of, sum_of, year_before
from .rules import FIGURE_RULES, Situation, basis_problem

KEPT = (
    Collection(
        IndicatorYear,
        key="indicator_year_id",
        filters=("indicator", "basis", "data_year"),
        history=False,  # every figure is kept in the thing itself
    ),
)
EMITTED = facts.EMITTED
MOST_YEARS = 1_000  # of one indicator and basis; far more than anybody states
NO_FIGURE = Reason(
    "FIGURE_MISSING", "There is no figure of the period, or none to compare it with."
)


class Indicators:
    """Keeps every figure that was ever said of an indicator, and computes only what may be computed."""

    store: Any  # within a handler, the unit of work

    list_indicator_years = reads(IndicatorYear)[1]

    @command(schemas.RecordIndicator, answers=IndicatorYear)
    def record_indicator(self, request: dict[str, Any]) -> Any:
        """The statistics desk enters a figure, a target or a comparable base, or corrects one."""
        situation = Situation(**request["about"], today=self.store.today)
        refuse(*broken(FIGURE_RULES, situation))
        figure = IndicatorFigure(
            period_start=situation.period_start,
            period_end=situation.period_end,
            role=situation.role,
            value=situation.kept_value,
            as_given=f"{situation.value:f} {situation.unit or situation.kept_unit}",
            **request["said"],
            known_at=self.store.now,
            report_id=self.store.cause.id,
        )
        held = self._indicator_year(situation.indicator, situation.basis, figure.period_end.year)
        year = held.with_figure(figure)
        self.store.save(year)
        self.store.announce(facts.recorded_of(year, situation.kept_unit))
        return self.store.dump(year)

    @query(schemas.IndicatorAsked, answers=schemas.IndicatorOn)
    def indicator_on(self, request: dict[str, Any]) -> Any:
        """An indicator on a day, as known at a moment: the newest figure and the next target."""
        on, known_at = request["on"] or self.store.today, request["known_at"] or self.store.now
        indicator, basis = request["indicator"], request["basis"]
        definition = _definition(indicator, basis, on)
        computed, figure = Computed(value=None, figure_kind=None, reasons=(NO_FIGURE,)), None
        period_end: date | None = None
        if definition.of:
            computed, period_end = self._indicator_ratio(definition, basis, on, known_at)
        else:
            figure = self.indicator_figure_on(indicator, basis, on, known_at)
            period_end = figure.period_end if figure else None
        target = self._indicator_target(indicator, basis, period_end or on, known_at)
        value = figure.value if figure else computed.value
        found = schemas.IndicatorOn(
            indicator=indicator,
            title=definition.title,
            unit=definition.unit,
            counting=definition.counting,
            basis=basis,
            on=on,
            known_at=known_at,
            figure=figure,
            computed=computed.value,
            period_end=period_end,
            target=target,
            target_reached=_share(value, target),
            reasons=[each.as_dict() for each in computed.reasons if figure is None],
        )
        return self.store.dump(found)

    @query(schemas.GrowthAsked, answers=schemas.Growth)
    def indicator_growth(self, request: dict[str, Any]) -> Any:
        """The growth of a period over the same one of the year before, on a base of the same coverage if
        one was entered."""
        indicator, basis, end = request["indicator"], request["basis"], request["period_end"]
        known_at = request["known_at"] or self.store.now
        definition = _definition(indicator, basis, end)
        figure = self._indicator_figure(indicator, basis, end, FigureRole.ACTUAL, known_at)
        base = self._indicator_figure(indicator, basis, end, FigureRole.COMPARABLE_BASE, known_at)
        comparable = base is not None
        if base is None:
            base = self._indicator_figure(
                indicator, basis, year_before(end), FigureRole.ACTUAL, known_at
            )
        grown = Computed(value=None, figure_kind=None, reasons=(NO_FIGURE,))
        if figure and base:
            grown = growth_of(definition.counting, figure, base, comparable=comparable)
        found = schemas.Growth(
            indicator=indicator,
            basis=basis,
            known_at=known_at,
            figure=figure,
            base=base,
            comparable=comparable,
            growth=grown.value,
            figure_kind=grown.figure_kind,
            reasons=[each.as_dict() for each in grown.reasons],
        )
        return self.store.dump(found)

    @query(schemas.SumAsked, answers=schemas.IndicatorSum)
    def sum_indicator(self, request: dict[str, Any]) -> Any:
        """The sum of figures of one indicator and period over townships. Sums of ratios, over periods and
        over bases that overlap are refused."""
        known_at = request["known_at"] or self.store.now
        parts = [self._indicator_part(each, known_at) for each in request["figures"]]
        units = [_definition(p.indicator, p.basis, p.period_end).unit for p in parts]
        total = sum_of(parts)
        if total.value is None or total.figure_kind is None:
            raise Refused(total.reasons)
        found = schemas.IndicatorSum(
            value=total.value,
            figure_kind=total.figure_kind,
            unit=units[0],
            known_at=known_at,
            figures=[each.figure for each in parts if each.figure],
        )
        return self.store.dump(found)

    def indicator_figure_on(
        self, indicator: str, basis: str, on: date, known_at: datetime
    ) -> StandingFigure | None:
        """The figure of the newest period that was over on the day, as known at the moment."""
        years = self.store.find(IndicatorYear, MOST_YEARS, indicator=indicator, basis=basis)
        return figure_on(years, on, known_at)

    def _indicator_target(
        self, indicator: str, basis: str, on: date, known_at: datetime
    ) -> StandingFigure | None:
        for year in range(on.year, on.year + YEARS_AHEAD):
            held = self._indicator_year(indicator, basis, year)
            said = held.said(FigureRole.TARGET, known_at)
            ends = [each.period_end for each in said if on <= each.period_end]
            if ends:
                return standing_of(held.said(FigureRole.TARGET, known_at, min(ends)))
        return None

    def _indicator_ratio(
        self, definition: Definition, basis: str, on: date, known_at: datetime
    ) -> tuple[Computed, date | None]:
        """Of the newest period of which there is what is divided by."""
        over, under = definition.of
        below = self.indicator_figure_on(under, basis, on, known_at)
        if below is None:
            return ratio_of(None, None), None
        end = below.period_end
        return ratio_of(
            self._indicator_figure(over, basis, end, FigureRole.ACTUAL, known_at), below
        ), end

    def _indicator_figure(
        self, indicator: str, basis: str, end: date, role: FigureRole, known_at: datetime
    ) -> StandingFigure | None:
        held = self._indicator_year(indicator, basis, end.year)
        return standing_of(held.said(role, known_at, end))

    def _indicator_part(self, named: dict[str, Any], known_at: datetime) -> Part:
        about = named["indicator"], named["basis"], named["period_end"]
        return Part(**named, figure=self._indicator_figure(*about, FigureRole.ACTUAL, known_at))

    def _indicator_year(self, indicator: str, basis: str, year: int) -> IndicatorYear:
        unknown = IndicatorYear.unknown(indicator, basis, year)
        held: IndicatorYear | None = self.store.get(IndicatorYear, unknown.indicator_year_id)
        return held or unknown


def _definition(indicator: str, basis: str, on: date) -> Definition:
    book = INDICATORS.on(on)
    refuse(basis_problem(basis, book))
    found = book.indicators.get(indicator)
    if found is None:
        raise NotFound.of("indicator", "indicator")
    return found


def _share(value: Decimal | None, target: StandingFigure | None) -> Decimal | None:
    """How much of the target was reached."""
    if value is None or target is None or target.value <= 0:
        return None
    return share_of(value, target.value)
