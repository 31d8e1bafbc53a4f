"""The yearly figures of a firm: what was reported of each year, and what stands of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..firms.enterprise import Enterprise

WHOLE, NOTHING = Decimal(1), Decimal(0)


class SourceClass(StrEnum):
    """Where a figure comes from. Identifiable statistical figures serve statistics only (统计法 (2024)
    art. 28): no firm is judged by them, and they are told to nobody."""

    STATISTICS = "statistics"
    TAX = "tax"
    DECLARED = "declared"


class FigureName(StrEnum):
    TAX_PAID_CNY = "tax_paid_cny"
    GROSS_OUTPUT_CNY = "gross_output_cny"
    VALUE_ADDED_CNY = "value_added_cny"
    ENERGY_TCE = "energy_tce"
    EMPLOYEES = "employees"
    FLOOR_AREA_M2 = "floor_area_m2"


JUDGES = (SourceClass.TAX, SourceClass.DECLARED)  # of two figures that of the first stands


@record
class ParcelShare:
    """How much of the firm's figures belongs to a parcel, 0 to 1; none if nobody said."""

    parcel_id: str
    share: Decimal | None = None


@record
class Figures:
    """`at_least` names those that are known to be no less. Value added and tax may be negative: refunds
    count against the tax."""

    tax_paid_cny: Decimal | None = None
    gross_output_cny: Decimal | None = None
    value_added_cny: Decimal | None = None
    energy_tce: Decimal | None = None
    employees: Decimal | None = None
    floor_area_m2: Decimal | None = None
    at_least: tuple[FigureName, ...] = ()

    @property
    def given(self) -> dict[FigureName, Decimal]:
        found = {name: getattr(self, name.value) for name in FigureName}
        return {name: value for name, value in found.items() if value is not None}


@record
class YearReport:
    """A report of one year out of one class of sources; of each class the later one stands."""

    data_year: int
    source_class: SourceClass
    figures: Figures
    parcels: tuple[ParcelShare, ...] = ()
    reported_at: datetime
    report_id: str


@record
class YearlyFigures:
    """What stands of a year. `statistics_only` names the figures that are held for statistics alone.
    `version` grows with each change. A parcel that the firm was once said to be on keeps a share of 0."""

    data_year: int
    version: int = 0
    industry_code: str | None = None
    parcels: tuple[ParcelShare, ...] = ()
    figures: Figures
    statistics_only: tuple[FigureName, ...] = ()


@record
class FirmFigures:
    """`reports` are the newest of each year and class, `years` what follows from them and from where
    the firm works."""

    enterprise_id: str
    township: str
    reports: tuple[YearReport, ...] = ()
    years: tuple[YearlyFigures, ...] = ()

    @property
    def data_years(self) -> tuple[int, ...]:
        return tuple(year.data_year for year in self.years)

    def with_report(self, report: YearReport) -> FirmFigures:
        """Of two reports of one year and class the later one stands."""
        held = {(each.data_year, each.source_class): each for each in self.reports}
        key = (report.data_year, report.source_class)
        known = held.get(key)
        if known and _moment(known) > _moment(report):
            return self
        return replace(
            self, reports=tuple(each for _, each in sorted((held | {key: report}).items()))
        )

    def with_firm(self, firm: Enterprise | None) -> FirmFigures:
        """Every year as it follows from the reports and from the firm, if that was reported."""
        held = {year.data_year: year for year in self.years}
        reported = sorted({report.data_year for report in self.reports})
        years = [_standing(self.reports, year, held.get(year), firm) for year in reported]
        return replace(self, years=tuple(years))


def _standing(
    reports: Iterable[YearReport],
    data_year: int,
    held: YearlyFigures | None,
    firm: Enterprise | None,
) -> YearlyFigures:
    """The year as it stands now, with the next version if that is new."""
    of_year = [report for report in reports if report.data_year == data_year]
    figures, statistics_only = _merged(of_year)
    now = YearlyFigures(
        data_year=data_year,
        version=held.version if held else 0,
        industry_code=firm.industry_code if firm else None,
        parcels=_with_dropped(_parcels(of_year, data_year, firm), held.parcels if held else ()),
        figures=figures,
        statistics_only=statistics_only,
    )
    return now if now == held else replace(now, version=now.version + 1)


def _merged(reports: Iterable[YearReport]) -> tuple[Figures, tuple[FigureName, ...]]:
    """Each figure from the first class that may judge and has it; and those held for statistics only."""
    of_class = {report.source_class: report.figures for report in reports}
    found: dict[str, Any] = {}
    at_least: list[FigureName] = []
    for each in reversed(JUDGES):
        figures = of_class.get(each, Figures())
        at_least = [name for name in at_least if name not in figures.given] + [*figures.at_least]
        found |= {name.value: value for name, value in figures.given.items()}
    statistics = of_class.get(SourceClass.STATISTICS, Figures()).given
    only = tuple(name for name in statistics if name.value not in found)
    return Figures(**found, at_least=tuple(sorted(set(at_least)))), only


def _parcels(
    reports: Iterable[YearReport], data_year: int, firm: Enterprise | None
) -> tuple[ParcelShare, ...]:
    """Those of the newest report that names any; else those on which the firm was in that year."""
    naming = [report for report in reports if report.parcels]
    if naming:
        return max(naming, key=_moment).parcels
    there = sorted({p.parcel_id for p in firm.premises if _in_year(p, data_year)}) if firm else []
    share = WHOLE if len(there) == 1 else None
    return tuple(ParcelShare(parcel_id=each, share=share) for each in there)


def _with_dropped(
    now: tuple[ParcelShare, ...], before: tuple[ParcelShare, ...]
) -> tuple[ParcelShare, ...]:
    """Whoever was told of a parcel is told that nothing of it is left."""
    shares = {each.parcel_id: NOTHING for each in before} | {
        each.parcel_id: each.share for each in now
    }
    return tuple(ParcelShare(parcel_id=key, share=share) for key, share in sorted(shares.items()))


def _in_year(premises: Any, data_year: int) -> bool:
    first, last = date(data_year, 1, 1), date(data_year, 12, 31)
    return premises.from_on <= last and (premises.to_on is None or first <= premises.to_on)


def _moment(report: YearReport) -> tuple[datetime, str]:
    return report.reported_at, report.report_id
