"""What may be recorded and asked of plans, and the facts of a listing that a plan follows."""

from __future__ import annotations

from typing import Any, TypedDict

from marshmallow import fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract, Fact
from park.fields import (
    AreaM2,
    AreaMu,
    Day,
    Flag,
    Id,
    Moment,
    MoneyCny,
    ParcelCode,
    Reference,
    Text,
    Tuple,
    WholeNumber,
    given_once,
)

from ..listings.notice import PriceBasis, SupplyForm, SupplyWay
from ..listings.schemas import Indicator, Within
from . import plan
from .offer_plan import OfferContent
from .plan import LandSource, SupplyPlan
from .progress import m2_of, mu_of

MOST_PLOTS = 2000
YEARS = validate.Range(2000, 2199, error="Give a year from {min} to {max}.")


class Region(fields.String):
    def __init__(self, **more: Any) -> None:
        form = validate.Regexp(
            r"[0-9]{6}\Z", error="Give the 6-digit division code of a district or city: 330604."
        )
        super().__init__(validate=form, **more)


class PlanId(fields.String):
    def __init__(self, **more: Any) -> None:
        form = validate.Regexp(
            r"[0-9]{6}-[0-9]{4}\Z", error="Give region and year of the plan: 330604-2023."
        )
        super().__init__(validate=form, **more)


def both_areas(data: dict[str, Any], name: str = "area") -> dict[str, Any]:
    """`data` with `<name>_mu`, exactly, and `<name>_m2`, given one of them."""
    if f"{name}_m2" in data:
        m2 = data[f"{name}_m2"]
        return data | {f"{name}_mu": mu_of(m2)}
    return data | {f"{name}_m2": m2_of(data[f"{name}_mu"])}


class WithPlanArea(Contract):
    """`area_mu` or `area_m2` is given; both come of it."""

    either: tuple[tuple[str, ...], ...] = (("area_m2", "area_mu"),)

    area_m2 = AreaM2()
    area_mu = AreaMu()

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def area_is_given(self, _: Any, given: Any, **__: Any) -> None:
        given_once(given, "area")


class LineGiven(WithPlanArea):
    plan_use = Text(40, required=True)
    supply_way = fields.Enum(SupplyWay, by_value=True, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> plan.PlanLine:
        return plan.PlanLine(**both_areas(data))


class DistrictGiven(WithPlanArea):
    district = fields.Str(
        required=True,
        validate=validate.Regexp(
            r"[0-9]{6}(?:[0-9]{3})?\Z",
            error="Give the division code of a district, 330604, or of a township, 330604006.",
        ),
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> plan.PlanDistrict:
        return plan.PlanDistrict(**both_areas(data))


class QuarterGiven(WithPlanArea):
    quarter = WholeNumber(
        required=True, validate=validate.Range(1, 4, error="Give a quarter from 1 to 4.")
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> plan.PlanQuarter:
        return plan.PlanQuarter(**both_areas(data))


class PlotGiven(WithPlanArea):
    parcel_id = Id(required=True)
    parcel_code = ParcelCode(load_default=None, allow_none=True)
    plan_use = Text(40, required=True)
    quarter = Within(4)
    land_source = fields.Enum(LandSource, by_value=True, load_default=LandSource.STOCK)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> plan.PlannedPlot:
        return plan.PlannedPlot(**both_areas(data))


class RecordSupplyPlan(Contract):
    """The whole plan as it was approved on a day; another day of approval revises it, the same one corrects
    it. Areas are given in mu or in m². Loads to `region`, `year` and `version`, the fields of a
    `PlanVersion`."""

    either: tuple[tuple[str, ...], ...] = (("total_m2", "total_mu"),)

    region = Region(required=True)
    year = WholeNumber(required=True, validate=YEARS)
    total_m2 = AreaM2()
    total_mu = AreaMu()
    uses = Tuple(
        fields.Nested(LineGiven),
        required=True,
        validate=validate.Length(1, 60, error="Give 1 to 60 uses."),
    )
    districts = Tuple(
        fields.Nested(DistrictGiven), load_default=(), validate=validate.Length(max=60)
    )
    quarters = Tuple(fields.Nested(QuarterGiven), load_default=(), validate=validate.Length(max=4))
    plots = Tuple(
        fields.Nested(PlotGiven), load_default=(), validate=validate.Length(max=MOST_PLOTS)
    )
    names_all_plots = Flag(load_default=True)
    stock_mu = AreaMu(load_default=None, allow_none=True)
    approved_on = Day(required=True)
    published_on = Day(load_default=None, allow_none=True)
    document = Reference(200, required=True)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def total_is_given(self, _: Any, given: Any, **__: Any) -> None:
        given_once(given, "total")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        version = both_areas(data, "total")
        region, year = version.pop("region"), version.pop("year")
        version["lines"] = version.pop("uses")
        return {"region": region, "year": year, "version": version}


class PlanRecorded(TypedDict):
    """`warnings` say what is doubtful of it."""

    plan: SupplyPlan
    warnings: list[dict[str, str]]


class ProgressAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now."""

    plan_id = PlanId(required=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class ContentGiven(Contract):
    """What is to be offered, in the fields of its notice. What is left out is left to the notice."""

    supply_way = fields.Enum(SupplyWay, by_value=True, load_default=SupplyWay.LISTING)
    supply_form = fields.Enum(SupplyForm, by_value=True, load_default=SupplyForm.GRANT)
    use_term_years = WholeNumber(
        required=True, validate=validate.Range(1, 99, error="Give years from {min} to {max}.")
    )
    lease_years = Within(50)
    price_basis = fields.Enum(PriceBasis, by_value=True, required=True)
    start_price_cny = MoneyCny(required=True)
    bond_cny = MoneyCny(load_default=None, allow_none=True)
    indicators = Tuple(fields.Nested(Indicator), load_default=(), validate=validate.Length(max=60))
    conditions = Tuple(Text(500), load_default=(), validate=validate.Length(max=30))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> OfferContent:
        return OfferContent(**data)


class SubmitOfferPlan(Contract):
    """`document` is the number of the request."""

    listing_id = fields.Str(required=True)
    content = fields.Nested(ContentGiven, required=True)
    submitted_on = Day(required=True)
    document = Reference(200, required=True)


class ApproveOfferPlan(Contract):
    """`decided_by` is the government or body, `document` the number of its approval [批复]."""

    listing_id = fields.Str(required=True)
    decided_on = Day(required=True)
    decided_by = Text(100, required=True)
    document = Reference(60, required=True)
    remarks = Text(500, load_default=None, allow_none=True)


class ReturnOfferPlan(ApproveOfferPlan):
    """`remarks` say what is to be changed."""

    remarks = Text(500, required=True)


# --- facts of projects: only the fields that are used


class OfListing(Fact):
    listing_id = fields.Str(required=True)
    parcel_id = fields.Str(required=True)
    township = fields.Str(required=True)


class ListingPublished(OfListing):
    notice_version = WholeNumber(required=True)
    area_m2 = AreaM2(required=True)
    notice_start_on = Day(required=True)
    target_use = fields.Str(load_default=None, allow_none=True)
    supply_way = fields.Enum(SupplyWay, by_value=True, load_default=None, allow_none=True)
    supply_form = fields.Enum(SupplyForm, by_value=True, load_default=None, allow_none=True)


class ListingAwarded(OfListing):
    notice_version = WholeNumber(required=True)
    awarded_on = Day(required=True)


class ListingUnsold(OfListing):
    notice_version = WholeNumber(required=True)
    closed_on = Day(required=True)


class OfSupply(OfListing):
    """`supply_id` ends in the version of the notice."""

    supply_id = fields.Str(required=True)


class ContractSigned(OfSupply):
    signed_on = Day(required=True)


class AwardVoided(OfSupply):
    voided_on = Day(required=True)


class SupplyWayChanged(OfSupply):
    supply_way = fields.Enum(SupplyWay, by_value=True, required=True)
