"""The contracts of vacancy: what the investment team asks."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from backbone.messages.contract import Contract
from park.fields import AreaM2, Day, Flag, MoneyCny, TownshipCode, WholeNumber

from ..schemas import DAYS, STARS, maybe, number


class Asked(Contract):
    """`on` is today, if it is left out."""

    on = maybe(Day, validate=DAYS)


class Somewhere(Asked):
    township = maybe(TownshipCode)
    park_id = maybe(fields.String)


class UnitsAvailable(Somewhere):
    area_from_m2 = maybe(AreaM2)
    small_firm_park = maybe(Flag)
    limit = number(1, 1000, load_default=100)


class LeasesEnding(Somewhere):
    within_months = number(1, 120, required=True)
    limit = number(1, 1000, load_default=100)


class RelocationMatches(LeasesEnding):
    """`most` units are named for each lease."""

    most = number(1, 20, load_default=5)


class OccupancyAsked(Asked):
    park_id = fields.String(required=True)


class StarRated(Asked):
    """Without `least_stars` the bar of the evaluation holds."""

    least_stars = maybe(WholeNumber, validate=STARS)


class CarrierFindings(Contract):
    township = maybe(TownshipCode)


class SalePriceAsked(Asked):
    """Either `building_id` or `unit_id`. Loads to all of its fields."""

    either = (("building_id", "unit_id"),)  # for its JSON Schema

    building_id = fields.String(load_default=None)
    unit_id = fields.String(load_default=None)
    buyer_revenue_cny = MoneyCny(zero=True, required=True)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def one_is_asked_for(self, _: Any, given: Any, **__: Any) -> None:
        if isinstance(given, dict) and ("building_id" in given) == ("unit_id" in given):
            raise ValidationError("Give either building_id or unit_id.", "unit_id")
