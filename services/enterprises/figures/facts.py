"""The fact of yearly figures. Money in yuan, energy in tonnes of standard coal, areas in m²."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from backbone.records import record

from .firm_figures import FigureName, FirmFigures, ParcelShare, YearlyFigures


@record
class YearlyFiguresReported:
    """`enterprises.yearly_figures_reported`: what stands of a firm's year, and on which parcels.
    Figures held for statistics are not told; `statistics_only` names them (统计法 (2024) art. 28).
    `version` grows with each change of the year."""

    enterprise_id: str
    township: str
    data_year: int
    version: int
    industry_code: str | None
    parcels: tuple[ParcelShare, ...]
    tax_paid_cny: Decimal | None
    gross_output_cny: Decimal | None
    value_added_cny: Decimal | None
    energy_tce: Decimal | None
    employees: Decimal | None
    floor_area_m2: Decimal | None
    at_least: tuple[FigureName, ...]
    statistics_only: tuple[FigureName, ...]


EMITTED = (YearlyFiguresReported,)


def facts_of(before: FirmFigures, after: FirmFigures) -> Iterator[YearlyFiguresReported]:
    """The fact of each year that changed."""
    versions = {year.data_year: year.version for year in before.years}
    for year in after.years:
        if year.version != versions.get(year.data_year):
            yield _fact_of(after, year)


def _fact_of(firm: FirmFigures, year: YearlyFigures) -> YearlyFiguresReported:
    figures = {name.value: getattr(year.figures, name.value) for name in FigureName}
    return YearlyFiguresReported(
        enterprise_id=firm.enterprise_id,
        township=firm.township,
        data_year=year.data_year,
        version=year.version,
        industry_code=year.industry_code,
        parcels=year.parcels,
        **figures,
        at_least=year.figures.at_least,
        statistics_only=year.statistics_only,
    )
