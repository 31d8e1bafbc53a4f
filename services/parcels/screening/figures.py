"""The yearly figures and grades of a plot: those of the firms on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from backbone.errors import Reason
from backbone.records import record
from park.units import tidy

STATISTICS_LAW = "统计法 (2024) art. 28"


@record
class FirmYear:
    """A firm's figures of a year as `enterprises` announced them, and the share of them that belongs to
    the plot; none if nobody said it. A greater `version` is newer."""

    data_year: int
    enterprise_id: str
    version: int
    share: Decimal | None
    industry_code: str | None
    tax_paid_cny: Decimal | None
    gross_output_cny: Decimal | None
    value_added_cny: Decimal | None
    energy_tce: Decimal | None
    employees: Decimal | None
    floor_area_m2: Decimal | None
    at_least: tuple[str, ...]
    statistics_only: tuple[str, ...]


@record
class PlotFigure:
    """A figure of all firms on a plot, or the reason why there is none. With `at_least` it is known
    only that it is no less."""

    value: Decimal | None = None
    at_least: bool = False
    reason: Reason | None = None


def on_the_plot(firms: Iterable[FirmYear], data_year: int) -> tuple[FirmYear, ...]:
    """The firms with a part of their figures on the plot in that year."""
    return tuple(firm for firm in firms if firm.data_year == data_year and firm.share != 0)


def plot_figure(firms: Sequence[FirmYear], name: str) -> PlotFigure:
    """The firms' figures by their shares, added up. One that is missing makes the sum unknown: a part of
    the firms would be taken for all of them."""
    if not firms:
        return PlotFigure(reason=_missing(name))
    reasons = [reason for firm in firms if (reason := _why_unknown(firm, name))]
    if reasons:
        return PlotFigure(reason=reasons[0])
    value = sum((getattr(firm, name) * firm.share for firm in firms), Decimal(0))
    return PlotFigure(value=tidy(value), at_least=any(name in firm.at_least for firm in firms))


def industry_of(firms: Iterable[FirmYear]) -> str | None:
    """The industry of the firms, if they have one between them."""
    codes = {firm.industry_code for firm in firms}
    return next(iter(codes)) if len(codes) == 1 else None


def _why_unknown(firm: FirmYear, name: str) -> Reason | None:
    if name in firm.statistics_only:
        return Reason(
            "STATISTICS_ONLY",
            f"{name} of the firm {firm.enterprise_id} is held for statistics only; no single firm is "
            "judged by it. Ask for a figure of the tax office or of the firm.",
            source=STATISTICS_LAW,
        )
    if getattr(firm, name) is None:
        return _missing(name, f" of the firm {firm.enterprise_id}")
    if firm.share is None:
        return Reason(
            "SHARE_MISSING",
            f"The firm {firm.enterprise_id} is on several parcels, and nobody said which share of its "
            "figures belongs to this one.",
        )
    return None


def _missing(name: str, whose: str = "") -> Reason:
    return Reason("FIGURE_MISSING", f"No {name}{whose} was reported for the year.")


# --- the final grades of the firms [亩均评价], as `enterprises` announces them


@record
class FinalGrade:
    """The grade of a firm's year; none when it was withdrawn. A greater `revision` is newer."""

    data_year: int
    grade: str | None
    previous_grade: str | None
    revision: int
    parcels: tuple[str, ...]


@record
class PlotGrade:
    """The grade of a firm's year on one of its plots, and that of the year before, if there is any."""

    data_year: int
    enterprise_id: str
    grade: str
    grade_before: str | None


@record
class GradedFirm:
    """A firm by its id, and of each year the newest revision. `parcel_ids` are all plots that any of
    them named: one that is named no more must hear that, in whatever order the revisions come."""

    graded_firm_id: str
    years: tuple[FinalGrade, ...] = ()
    parcel_ids: tuple[str, ...] = ()

    def with_grade(self, new: FinalGrade) -> GradedFirm:
        held = {each.data_year: each for each in self.years}
        known = held.get(new.data_year)
        if known is None or known.revision < new.revision:
            held[new.data_year] = new
        return replace(
            self,
            years=tuple(each for _, each in sorted(held.items())),
            parcel_ids=tuple(sorted({*self.parcel_ids, *new.parcels})),
        )

    def on_plot(self, parcel_id: str) -> tuple[PlotGrade, ...]:
        """Its grades of the years in which the plot is one of its own. The year before is the one that
        is known of itself; else what the fact of this year says of it."""
        known = {each.data_year: each.grade for each in self.years}
        return tuple(
            PlotGrade(
                data_year=each.data_year,
                enterprise_id=self.graded_firm_id,
                grade=each.grade,
                grade_before=known.get(each.data_year - 1, each.previous_grade),
            )
            for each in self.years
            if each.grade is not None and parcel_id in each.parcels
        )


def with_firm(
    held: Iterable[PlotGrade], enterprise_id: str, new: Iterable[PlotGrade]
) -> tuple[PlotGrade, ...]:
    """The grades on a plot after one of its firms has others."""
    others = [each for each in held if each.enterprise_id != enterprise_id]
    return tuple(sorted([*others, *new], key=lambda each: (each.data_year, each.enterprise_id)))
