"""The contracts of screening: what townships report of a plot, and what may be asked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract, Fact
from park.fields import (
    AreaM2,
    Day,
    Figure,
    Flag,
    Id,
    MoneyCny,
    Reference,
    Share,
    Text,
    Tuple,
    WholeNumber,
    in_order,
)

from ..words import Why
from . import construction
from .checks import CampaignLine, CampaignScope, View
from .criteria import Judgement
from .figures import FinalGrade
from .idle import IdleStanding

# --- what a township reports


class AreaBegun(Contract):
    begun_m2 = AreaM2(required=True, zero=True)
    of_m2 = AreaM2(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> construction.Part:
        return construction.Part(part=data["begun_m2"], whole=data["of_m2"])


class InvestmentPaid(Contract):
    paid_cny = MoneyCny(required=True, zero=True)
    of_cny = MoneyCny(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> construction.Part:
        return construction.Part(part=data["paid_cny"], whole=data["of_cny"])


class Pause(Contract):
    """`to` is the last day; without it the reason still holds."""

    reason = Text(200, required=True)
    from_on = Day(required=True, data_key="from")
    to_on = Day(load_default=None, allow_none=True, data_key="to")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on", "to")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> construction.Pause:
        return construction.Pause(**data)


class ConstructionReported(Contract):
    """The whole of what the township knows of the building on a plot: it takes the place of its last
    report. Of the area and of the investment both figures are exact; a share is enough. Loads to
    `parcel_id`, `on`, `construction`, the fields of a `Construction`, and `shares` as they were given."""

    parcel_id = Id(required=True)
    on = Day(required=True, data_key="reported_on")
    agreed_start_on = Day(load_default=None, allow_none=True)
    started_on = Day(load_default=None, allow_none=True)
    stopped_on = Day(load_default=None, allow_none=True)
    area_begun = fields.Nested(AreaBegun, load_default=None, allow_none=True)
    share_of_area_begun = Share(load_default=None, allow_none=True)
    investment_paid = fields.Nested(InvestmentPaid, load_default=None, allow_none=True)
    share_of_investment_paid = Share(load_default=None, allow_none=True)
    government_reasons = Tuple(
        fields.Nested(Pause), load_default=(), validate=validate.Length(max=50)
    )
    agreed_completion_on = Day(load_default=None, allow_none=True)
    completed_on = Day(load_default=None, allow_none=True)
    production_stopped_on = Day(load_default=None, allow_none=True)
    land_price_cny = MoneyCny(load_default=None, allow_none=True)
    inside_development_boundary = Flag(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        about = {name: report.pop(name) for name in ("parcel_id", "on")}
        shares = {
            name: report.pop(f"share_of_{name}") for name in ("area_begun", "investment_paid")
        }
        for name, share in shares.items():
            report[name] = report[name] or _part(share)
        return about | {"construction": report, "shares": shares}


def _part(share: Any) -> construction.Part | None:
    return None if share is None else construction.Part(part=share, whole=Decimal(1))


class OfSuspicion(Contract):
    """What is reported of a plot's year. Loads to `parcel_id`, `data_year`, `on` and `report`, the other
    fields."""

    parcel_id = Id(required=True)
    data_year = WholeNumber(
        required=True,
        validate=validate.Range(2000, 2100, error="Give a whole number from {min} to {max}."),
    )
    operator_role = Text(40, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        about = {name: report.pop(name) for name in ("parcel_id", "data_year", "on")}
        return about | {"report": report}


class LowEfficiencyChecked(OfSuspicion):
    """The check on site; documents and photos are named by their ids."""

    on = Day(required=True, data_key="checked_on")
    document_ids = Tuple(Reference(100), load_default=(), validate=validate.Length(max=50))
    photo_ids = Tuple(Reference(100), load_default=(), validate=validate.Length(max=50))
    campaign_line = fields.Enum(CampaignLine, by_value=True, load_default=None, allow_none=True)
    campaign_scope = fields.Enum(CampaignScope, by_value=True, load_default=None, allow_none=True)
    note = Text(500, lines=True, load_default=None, allow_none=True)


class HolderHeard(OfSuspicion):
    on = Day(required=True, data_key="heard_on")
    view = fields.Enum(View, by_value=True, required=True)
    text = Text(2000, lines=True, load_default=None, allow_none=True)


class ObjectionAnswered(OfSuspicion):
    on = Day(required=True, data_key="answered_on")
    upheld = Flag(required=True)
    text = Text(2000, lines=True, required=True)


# --- what enterprises announces, only the fields that are used


class ShareOfParcel(Fact):
    parcel_id = fields.Str(required=True)
    share = Share(required=True, allow_none=True)


class YearlyFiguresReported(Fact):
    """Loads to `shares`, the share of each parcel, and `figures`, the other fields of a `FirmYear`."""

    enterprise_id = fields.Str(required=True)
    data_year = WholeNumber(required=True)
    version = WholeNumber(required=True)
    industry_code = fields.Str(required=True, allow_none=True)
    parcels = fields.List(fields.Nested(ShareOfParcel), required=True)
    tax_paid_cny = Figure(required=True, allow_none=True)
    gross_output_cny = Figure(required=True, allow_none=True)
    value_added_cny = Figure(required=True, allow_none=True)
    energy_tce = Figure(required=True, allow_none=True)
    employees = Figure(required=True, allow_none=True)
    floor_area_m2 = Figure(required=True, allow_none=True)
    at_least = Tuple(fields.Str(), required=True)
    statistics_only = Tuple(fields.Str(), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        figures = dict(data)
        shares = {each["parcel_id"]: each["share"] for each in figures.pop("parcels")}
        return {"shares": shares, "figures": figures}


class GradeFinal(Fact):
    """Loads to `enterprise_id` and `final`, a `FinalGrade`."""

    enterprise_id = fields.Str(required=True)
    data_year = WholeNumber(required=True)
    grade = fields.Str(required=True, allow_none=True)
    previous_grade = fields.Str(required=True, allow_none=True)
    revision = WholeNumber(required=True)
    parcels = Tuple(fields.Str(), required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        enterprise_id = data.pop("enterprise_id")
        return {"enterprise_id": enterprise_id, "final": FinalGrade(**data)}


# --- questions and their answers


class PlotOnDay(Contract):
    """`on` is a day in the park; today if it is left out."""

    parcel_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class IdleAnswer(TypedDict):
    """`investigate_by_on` is that of the plot as it stands today; none if it is not idle."""

    parcel_id: str
    on: date
    idle_standing: IdleStanding
    idle_since_on: date | None
    idle_moves_on: date | None
    investigate_by_on: date | None
    consequences: list[Why]


class CriteriaAnswer(TypedDict):
    """What the criteria of the day say of the plot, by the figures of `data_year`: the newest year up to
    that day of which anything was reported; none if there is no such year."""

    parcel_id: str
    on: date
    data_year: int | None
    judgements: list[Judgement]
