"""What stands on a parcel, what its land is used for by code, and what the plan allows [规划条件]."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook
from park.units import HUNDREDTH, mu_to_m2, tidy

from ...rulebook import FOLDER
from ...words import LandUse, Said


class AreaUnit(StrEnum):
    M2 = "m2"
    MU = "mu"  # 亩
    HECTARE = "hectare"  # 公顷
    WAN_M2 = "wan_m2"  # 万平方米


@record
class ReportedArea:
    """An area in the unit in which it was reported."""

    value: Decimal
    unit: AreaUnit

    @property
    def area_m2(self) -> Decimal:
        if self.unit is AreaUnit.MU:
            return mu_to_m2(self.value)
        return self.value if self.unit is AreaUnit.M2 else tidy(self.value * 10_000)


@record
class Buildings:
    """What stands on the parcel: its floor area, and the years in which it was built."""

    floor_area_m2: Decimal
    built_from_year: int | None = None
    built_to_year: int | None = None
    recorded: Said


def plot_ratio(buildings: Buildings | None, area_m2: Decimal | None) -> Decimal | None:
    """The floor area by the area of the land [容积率], to a hundredth; none where one is not known."""
    if buildings is None or not area_m2:
        return None
    return (buildings.floor_area_m2 / area_m2).quantize(HUNDREDTH, ROUND_HALF_UP)


# --- uses by code


class Classification(StrEnum):
    LAND_SEA = "land_sea"  # 用地用海分类
    GB_T_21010 = "gb_t_21010"  # 土地利用现状分类


@record
class CodedUses:
    """The uses of the land by code, the main one first: as it is, as planned, and what is compatible
    with the plan. Mixed use is more than one code."""

    classification: Classification = Classification.LAND_SEA
    land_use_codes: tuple[str, ...] = ()
    planned_use_codes: tuple[str, ...] = ()
    compatible_use_codes: tuple[str, ...] = ()
    recorded: Said

    @property
    def codes(self) -> tuple[str, ...]:
        return (*self.land_use_codes, *self.planned_use_codes, *self.compatible_use_codes)


@record
class UseOfCode:
    """A use by its name, and the word of the register that it belongs to, if there is one."""

    name: str
    use: LandUse | None = None


USE_CODES = Rulebook(FOLDER / "uses", dict[Classification, dict[str, UseOfCode]])


@record
class ReportedUses:
    """Coded uses, beside the words of the same report, and the codes that are known on its day."""

    uses: CodedUses
    land_use: LandUse
    planned_use: LandUse
    known: Mapping[str, UseOfCode]

    def word_of(self, codes: tuple[str, ...]) -> LandUse | None:
        """The word of the main use; none if the register has no word for it."""
        found = self.known.get(codes[0]) if codes else None
        return found.use if found else None


# --- what the plan allows


@record
class Bounds:
    """From `minimum` to `maximum`, both included; a side that the plan leaves open is none."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None


@record
class PlanConditions:
    """The bounds of the plan, as notices print them."""

    plot_ratio: Bounds | None = None  # 容积率
    density_pct: Bounds | None = None  # 建筑密度
    green_rate_pct: Bounds | None = None  # 绿地率
    height_m: Bounds | None = None  # 建筑高度
    building_coefficient_pct: Bounds | None = None  # 建筑系数
    office_land_pct: Bounds | None = None  # 行政办公及生活服务设施用地比重
    recorded: Said
