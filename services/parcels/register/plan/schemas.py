"""The contracts of what stands on a parcel, of its uses by code, and of what the plan allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import LARGEST_M2, Amount, AreaM2, Tuple, WholeNumber

from . import plan

YEARS = validate.Range(1900, 2200, error="Give a year from {min} to {max}.")


class Measure(Amount):
    """An area in any unit; what it comes to in m² is bounded."""

    largest, unit, most_places = LARGEST_M2 * 3 / 2000, "of the unit", 6
    asked = "area in its unit"


class Percent(Amount):
    largest, unit, most_places = Decimal(100), "percent", 2
    asked, example = "rate in percent", "40"


class Ratio(Amount):
    largest, unit, most_places = Decimal(100), "times the land", 4
    asked, example = "ratio to the land", "1.5"


class Metres(Amount):
    largest, unit, most_places = Decimal(1000), "metres", 2
    asked, example = "height in metres", "24"


class ReportedArea(Contract):
    """An area in m², mu, hectares or 万平方米."""

    value = Measure(required=True)
    unit = fields.Enum(plan.AreaUnit, by_value=True, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> plan.ReportedArea:
        area = plan.ReportedArea(**data)
        if area.area_m2 > LARGEST_M2:
            raise ValidationError(f"Give at most {LARGEST_M2:f} m²; check the unit.", "value")
        return area


class Buildings(Contract):
    """`built_to_year` is the year of the newest building; without it there is one year."""

    floor_area_m2 = AreaM2(required=True, zero=True)
    built_from_year = WholeNumber(load_default=None, allow_none=True, validate=YEARS)
    built_to_year = WholeNumber(load_default=None, allow_none=True, validate=YEARS)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        first, last = data["built_from_year"], data["built_to_year"]
        if last and (first is None or last < first):
            raise ValidationError(
                "The last year must not come before the first, and not without it.", "built_to_year"
            )


def use_codes() -> Tuple:
    """Codes of one classification, the main use first."""
    form = validate.Regexp(
        r"[0-9]{4}([0-9]{2})?\Z", error="A use code has four digits or six: 1001 or 100102."
    )
    return Tuple(fields.String(validate=form), load_default=(), validate=validate.Length(max=20))


class CodedUses(Contract):
    """Without `classification` it is the national one of land and sea."""

    classification = fields.Enum(
        plan.Classification, by_value=True, load_default=plan.Classification.LAND_SEA
    )
    land_use_codes = use_codes()
    planned_use_codes = use_codes()
    compatible_use_codes = use_codes()


def bounds(side: type[Amount], name: str) -> fields.Nested:
    """A smallest and a largest value, one of which may be left open."""

    def make(self: Any, data: dict[str, Any], **_: Any) -> plan.Bounds:
        low, high = data["minimum"], data["maximum"]
        if low is None and high is None:
            raise ValidationError("Give minimum, maximum or both.", "minimum")
        if low is not None and high is not None and high < low:
            raise ValidationError("The maximum must not be below the minimum.", "maximum")
        return plan.Bounds(**data)

    sides = {
        name: side(zero=True, load_default=None, allow_none=True) for name in ("minimum", "maximum")
    }
    kind = type(name, (Contract,), {**sides, "make": post_load(make)})
    return fields.Nested(kind, load_default=None, allow_none=True)


class PlanConditions(Contract):
    """Each as the notice prints it, at least, at most or both."""

    plot_ratio = bounds(Ratio, "PlotRatio")
    density_pct = bounds(Percent, "Density")
    green_rate_pct = bounds(Percent, "GreenRate")
    height_m = bounds(Metres, "Height")
    building_coefficient_pct = bounds(Percent, "BuildingCoefficient")
    office_land_pct = bounds(Percent, "OfficeLand")
