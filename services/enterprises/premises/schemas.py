"""The contracts of premises: what is read of the facts of parcels, and what may be asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, post_load, validates_schema

from backbone.messages.contract import Contract, Fact
from park.fields import AreaM2, Day, Flag, TownshipCode, WholeNumber, in_order

from ..words import Role
from . import places

# --- of the facts of parcels


class UseFrom(Fact):
    from_on = Day(required=True)
    land_use = fields.Str(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> places.UseFrom:
        return places.UseFrom(**data)


class ParcelRegistered(Fact):
    parcel_id = fields.Str(required=True)
    township = fields.Str(required=True)
    area_m2 = AreaM2(required=True)
    land_use = fields.Str(required=True)
    in_zone = Flag(required=True)
    version = WholeNumber(required=True)
    uses = fields.List(fields.Nested(UseFrom), load_default=())

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        uses = tuple(data.pop("uses"))
        plot = places.Plot(**data)
        return {"plot": plot, "uses": uses or (plot.undated,)}


class LeaseFact(Fact):
    unit_id = fields.Str(required=True)
    lease_id = fields.Str(required=True)
    enterprise_id = fields.Str(load_default=None, allow_none=True)


class UnitLet(LeaseFact):
    building_id = fields.Str(load_default=None, allow_none=True)
    area_m2 = AreaM2(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        key = places.key_of(data["unit_id"], data["lease_id"])
        return {"terms": places.UnitLease(lease_key=key, **data)}


class UnitVacated(LeaseFact):
    ended_on = Day(required=True)


class LeaseSetAside(LeaseFact):
    pass


# --- questions and their answers


class PremisesAsked(Contract):
    enterprise_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class UnitAsked(Contract):
    unit_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class PopulationsAsked(Contract):
    """`new_from` and `new_to` are the period of the newly registered; without them it is the year up to
    the day."""

    township = TownshipCode(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)
    new_from = Day(load_default=None, allow_none=True)
    new_to = Day(load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "new_from", "new_to")


class OnParcel(TypedDict):
    """`area_m2` is that of the whole parcel; none until its survey was heard of."""

    parcel_id: str
    unit_id: str | None
    role: Role
    from_on: date
    to_on: date | None
    area_m2: Decimal | None
    land_use: str | None


class InUnit(TypedDict):
    """A lease in a carrier; `area_m2` is that of the lease."""

    unit_id: str
    building_id: str | None
    lease_id: str
    from_on: date | None
    to_on: date | None
    area_m2: Decimal | None


class PremisesOf(TypedDict):
    enterprise_id: str
    on: date
    on_parcels: list[OnParcel]
    in_units: list[InUnit]


class FirmInUnit(TypedDict):
    """`lease_id` is none of a firm that said itself that it is there."""

    enterprise_id: str
    role: Role
    lease_id: str | None


class FirmsInUnit(TypedDict):
    unit_id: str
    on: date
    firms_in_unit: list[FirmInUnit]


class RegisteredFirms(TypedDict):
    """`establishment_unknown` are among the count."""

    count: int
    establishment_unknown: int
    counting_rule: str


class FirmsOnLand(TypedDict):
    """`use_unknown` are not among the count: their land was not surveyed."""

    count: int
    use_unknown: int
    counting_rule: str


class NewlyRegistered(TypedDict):
    from_on: date
    to_on: date
    count: int
    domestic: int
    counting_rule: str


class Populations(TypedDict):
    """Two populations of one day, which add up to nothing. `in_both` are in each of them.
    `on_land_unregistered` are on industrial land and not registered that day."""

    on: date
    township: str | None
    registered_firms: RegisteredFirms
    firms_on_industrial_land: FirmsOnLand
    newly_registered: NewlyRegistered
    in_both: int
    on_land_unregistered: tuple[str, ...]
    source: str
