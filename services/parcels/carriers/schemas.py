"""The contracts of carriers: what townships report, and what the desk does."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import (
    AreaM2,
    Day,
    Flag,
    Id,
    MoneyCny,
    Reference,
    Text,
    Tuple,
    WholeNumber,
    in_order,
)

from .facts import Moved
from .unit import FitOut, PremisesUse

STARS = validate.Range(0, 5, error="Give a whole number from {min} to {max}.")
DAYS = validate.Range(date(1950, 1, 1), date(2199, 12, 31), error="Give a day from {min} to {max}.")


def some_day(**more: Any) -> Day:
    """A day on which a lease or a building can stand, so that a slip in the year is found."""
    return Day(validate=DAYS, **more)


def maybe(kind: Any, *args: Any, **more: Any) -> Any:
    """A field that may be left out or be null."""
    return kind(*args, load_default=None, allow_none=True, **more)


def number(least: int, most: int, **more: Any) -> WholeNumber:
    bounds = validate.Range(least, most, error="Give a whole number from {min} to {max}.")
    return WholeNumber(validate=bounds, **more)


class Reported(Contract):
    """Loads to `ids`, `on` (the day of the report) and `report`, the other fields."""

    ids: tuple[str, ...] = ()

    on = Day(required=True, data_key="reported_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        about = {name: report.pop(name) for name in self.ids}
        return about | {"on": report.pop("on"), "report": report}


class ParkReported(Reported):
    """`stars` and `stars_from` are given together."""

    ids = ("park_id", "operator", "stars", "stars_from")

    park_id = Id(required=True)
    name = Text(100, required=True)
    operator = Text(100, required=True)
    stars = maybe(WholeNumber, validate=STARS)
    stars_from = maybe(Day, validate=DAYS)
    small_firm_park = Flag(load_default=False)
    parcel_ids = Tuple(Id(), load_default=(), validate=validate.Length(max=200))

    @validates_schema
    def stars_have_their_day(self, data: dict[str, Any], **_: Any) -> None:
        if (data["stars"] is None) != (data["stars_from"] is None):
            raise ValidationError("Give stars and stars_from together, or neither.", "stars_from")


class BuildingReported(Reported):
    ids = ("building_id", "park_id", "parcel_id")

    building_id = Id(required=True)
    park_id = Id(required=True)
    parcel_id = Id(required=True)
    name = Text(100, required=True)
    floors = number(1, 200, required=True)
    floor_area_m2 = AreaM2(required=True)
    storey_area_m2 = maybe(AreaM2)
    built_year = maybe(
        WholeNumber,
        validate=validate.Range(1900, 2199, error="Give a whole number from {min} to {max}."),
    )

    @validates_schema
    def a_floor_is_part_of_the_whole(self, data: dict[str, Any], **_: Any) -> None:
        storey = data["storey_area_m2"]
        if storey is not None and storey > data["floor_area_m2"]:
            raise ValidationError(
                "Give at most floor_area_m2, all floors together.", "storey_area_m2"
            )


class UnitReported(Reported):
    ids = ("unit_id", "building_id")

    unit_id = Id(required=True)
    building_id = Id(required=True)
    floor = number(-9, 200, required=True)
    rentable_area_m2 = AreaM2(required=True)
    fit_out = maybe(fields.Enum, FitOut, by_value=True)
    asking_rent_cny_per_m2_month = maybe(MoneyCny, zero=True)
    deposit_cny = maybe(MoneyCny, zero=True)
    available_from = maybe(Day, validate=DAYS)


class Terms(Contract):
    """Terms of a lease; both of its days are included."""

    unit_id = Id(required=True)
    lease_id = Id(required=True)
    enterprise_id = maybe(Id)
    lessee_name = maybe(Text, 100)
    area_m2 = AreaM2(required=True)
    starts_on = some_day(required=True)
    ends_on = some_day(required=True)
    rent_cny_per_m2_month = MoneyCny(zero=True, required=True)
    deposit_cny = MoneyCny(zero=True, required=True)
    rent_free_days = number(0, 3660, load_default=0)
    use = fields.Enum(PremisesUse, by_value=True, required=True)
    on = some_day(required=True, data_key="signed_on")

    @validates_schema
    def terms_are_whole(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "starts_on", "ends_on")
        if data["enterprise_id"] is None and data["lessee_name"] is None:
            raise ValidationError("Give enterprise_id, or lessee_name, or both.", "enterprise_id")


class UnitLeased(Terms):
    """A lease, as a township reports it. Loads to `unit_id`, `on` and `terms`."""

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        terms = dict(data)
        return {"unit_id": terms.pop("unit_id"), "on": terms.pop("on"), "terms": terms}


class LeaseUnit(UnitLeased):
    """A lease, as the desk makes it."""


class EndLease(Contract):
    """`ended_on` is the last day of the lease; the area is free from the next."""

    unit_id = fields.String(required=True)
    lease_id = fields.String(required=True)
    ended_on = some_day(required=True)


class RenewLease(Contract):
    """A lease under an id of its own that begins where `lease_id` ends. What is left out stays as it
    was; of rent-free days there are none."""

    unit_id = fields.String(required=True)
    lease_id = fields.String(required=True)
    new_lease_id = Id(required=True)
    on = some_day(required=True, data_key="signed_on")
    ends_on = some_day(required=True)
    area_m2 = maybe(AreaM2)
    rent_cny_per_m2_month = maybe(MoneyCny, zero=True)
    deposit_cny = maybe(MoneyCny, zero=True)
    rent_free_days = number(0, 3660, load_default=0)


class MergeParks(Contract):
    source_ids = Tuple(Id(), required=True, validate=validate.Length(1, 50))
    into_id = fields.String(required=True)
    merged_on = some_day(required=True)
    operator = Text(100, required=True)
    document_number = Reference(100, required=True)


class ParksMerged(TypedDict):
    """What moved is counted before and after; nothing is lost on the way."""

    park_id: str
    merged_on: date
    operator: str
    moved: tuple[Moved, ...]
    buildings_before: int
    buildings_after: int
    units_before: int
    units_after: int
    leases_before: int
    leases_after: int
