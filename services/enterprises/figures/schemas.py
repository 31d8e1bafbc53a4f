"""The contract of yearly figures: what townships report of a firm's year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import fields, post_load, validate

from backbone.messages.contract import Contract
from park.fields import AreaM2, EnergyTce, Figure, Id, MoneyCny, Share, Tuple, WholeNumber

from . import firm_figures
from .firm_figures import FigureName, Figures, SourceClass

MOST_PARCELS = 50


class ParcelShare(Contract):
    """How much of the firm's figures belongs to the parcel; all of it unless a share is given."""

    parcel_id = Id(required=True)
    share = Share(load_default=Decimal(1))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> firm_figures.ParcelShare:
        return firm_figures.ParcelShare(**data)


class FiguresReported(Contract):
    """One year of a firm out of one class of sources; a later report of that class takes its place.
    Without `parcels` the figures belong to the parcel on which the firm was. Loads to `enterprise_id`
    and `report`, the fields of a `YearReport`."""

    enterprise_id = Id(required=True)
    data_year = WholeNumber(
        required=True,
        validate=validate.Range(2000, 2100, error="Give a whole number from {min} to {max}."),
    )
    source_class = fields.Enum(SourceClass, by_value=True, required=True)
    parcels = Tuple(
        fields.Nested(ParcelShare), load_default=(), validate=validate.Length(max=MOST_PARCELS)
    )
    tax_paid_cny = Figure(load_default=None, allow_none=True)
    gross_output_cny = MoneyCny(zero=True, load_default=None, allow_none=True)
    value_added_cny = Figure(load_default=None, allow_none=True)
    energy_tce = EnergyTce(zero=True, load_default=None, allow_none=True)
    employees = WholeNumber(
        load_default=None,
        allow_none=True,
        validate=validate.Range(0, 1_000_000, error="Give a whole number from {min} to {max}."),
    )
    floor_area_m2 = AreaM2(zero=True, load_default=None, allow_none=True)
    at_least = Tuple(
        fields.Enum(FigureName, by_value=True), load_default=(), validate=validate.Length(max=6)
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        enterprise_id = report.pop("enterprise_id")
        found = {name: report.pop(name) for name in [*FigureName, "at_least"]}
        if found["employees"] is not None:
            found["employees"] = Decimal(found["employees"])
        return {"enterprise_id": enterprise_id, "report": report | {"figures": Figures(**found)}}
