"""The supply plan of a year [国有建设用地供应计划]: how much land, for which uses, where and when.

Nothing is written over: a revised plan, and a correction, is one more version. That of the latest day of
approval is in force, and of two of one day the one that became known last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record

from ..listings.notice import SupplyWay
from .rulebook import PLAN_BOOK


class LandSource(StrEnum):
    STOCK = "stock"  # 存量: it was built on before
    NEW = "new"  # 新增: farmland and the like that was approved for building


@record
class PlanLine:
    """So much for a use, or for one way of it. Areas are exact in mu; in m² to a millionth."""

    plan_use: str
    supply_way: SupplyWay | None = None
    area_mu: Decimal
    area_m2: Decimal


@record
class PlanDistrict:
    """The share of a district, by its division code of 6 digits, or of a township, by its 9."""

    district: str
    area_mu: Decimal
    area_m2: Decimal


@record
class PlanQuarter:
    quarter: int
    area_mu: Decimal
    area_m2: Decimal


@record
class PlannedPlot:
    """A plot that the plan names."""

    parcel_id: str
    parcel_code: str | None = None
    plan_use: str
    quarter: int | None = None
    land_source: LandSource = LandSource.STOCK
    area_mu: Decimal
    area_m2: Decimal


@record
class PlanVersion:
    """The plan as it was approved on `approved_on`, and recorded at `known_at`. `published_on` is none until
    it is public. With `names_all_plots` other plots are outside the plan, if any are named."""

    plan_version: int = 0
    total_mu: Decimal
    total_m2: Decimal
    lines: tuple[PlanLine, ...]
    districts: tuple[PlanDistrict, ...] = ()
    quarters: tuple[PlanQuarter, ...] = ()
    plots: tuple[PlannedPlot, ...] = ()
    names_all_plots: bool = True
    stock_mu: Decimal | None = None
    approved_on: date
    published_on: date | None = None
    document: str
    known_at: datetime

    def plot(self, parcel_id: str) -> PlannedPlot | None:
        return next((each for each in self.plots if each.parcel_id == parcel_id), None)

    def use_of(self, target_use: str | None) -> str | None:
        """The use of the plan that takes in released land of this use."""
        book = PLAN_BOOK.on(self.approved_on)
        return next(
            (
                each.plan_use
                for each in self.lines
                if each.plan_use in book.uses and target_use in book.uses[each.plan_use].target_uses
            ),
            None,
        )

    def use_of_plot(self, parcel_id: str, target_use: str | None) -> str | None:
        """The use under which the plot is planned; none for a plot outside the plan."""
        if self.plots and self.names_all_plots and not self.plot(parcel_id):
            return None
        return self.use_of(target_use)

    def source_of(self, parcel_id: str) -> LandSource:
        """Land that comes from a remediation case [整治] is stock land, unless the plan says otherwise."""
        named = self.plot(parcel_id)
        return named.land_source if named else LandSource.STOCK


@record
class SupplyPlan:
    """`versions` are in the order in which they became known. `overdue_no` counts what was told of its
    publication being late; while `overdue_told`, it was told last that it is."""

    plan_id: str
    region: str
    year: int
    versions: tuple[PlanVersion, ...] = ()
    overdue_no: int = 0
    overdue_told: bool = False

    def version(self, on: date, known_at: datetime) -> PlanVersion | None:
        """The version in force on the day, as it was known at the moment."""
        known = [v for v in self.versions if v.approved_on <= on and v.known_at <= known_at]
        return max(known, key=lambda v: (v.approved_on, v.plan_version), default=None)

    def with_version(self, version: PlanVersion) -> SupplyPlan:
        """The plan with one more version, unless what it says of its day is known already."""
        last = self._last_of(version.approved_on)
        new = replace(version, plan_version=len(self.versions) + 1)
        if last and replace(new, plan_version=last.plan_version, known_at=last.known_at) == last:
            return self
        return replace(self, versions=(*self.versions, new))

    def _last_of(self, approved_on: date) -> PlanVersion | None:
        same = [each for each in self.versions if each.approved_on == approved_on]
        return same[-1] if same else None

    def standing_versions(self) -> Iterator[PlanVersion]:
        """What is known last of each day of approval."""
        return iter({each.approved_on: each for each in self.versions}.values())

    @property
    def published_on(self) -> date | None:
        """The day on which the plan of the year was first public."""
        days = [v.published_on for v in self.standing_versions() if v.published_on]
        return min(days, default=None)

    @property
    def due_on(self) -> date:
        """The last day on which it is published in time."""
        return PLAN_BOOK.on(date(self.year, 1, 1)).published_by.of(self.year)

    def is_overdue(self, today: date) -> bool:
        return self.published_on is None and self.due_on < today

    def with_told(self, *, overdue: bool) -> SupplyPlan:
        return replace(self, overdue_no=self.overdue_no + 1, overdue_told=overdue)


def plan_id_of(region: str, year: int) -> str:
    return f"{region}-{year}"


def regions_of(township: str) -> tuple[str, str]:
    """The district and the city in which a township lies: a plan may be of either."""
    return township[:6], f"{township[:4]}00"


def prefix_of(division: str) -> str:
    """What the codes of all that lies in a district or city begin with."""
    return division[:4] if len(division) == 6 and division.endswith("00") else division
