"""The contracts of the land register: what townships and the ecology desk report of a parcel."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.codes import clean, parcel_code_problem, property_unit_code_problem
from park.fields import (
    Day,
    Flag,
    Id,
    IndustryCode,
    Reference,
    Text,
    Tuple,
    Uscc,
    WithArea,
    cleaned,
    in_order,
)

from ..words import LandUse, Why
from . import parcel
from .parcel import IdentifierKind, ParcelState
from .plan.plan import AreaUnit
from .plan.plan import ReportedArea as Area
from .plan.schemas import Buildings, CodedUses, PlanConditions, ReportedArea
from .rights.schemas import UseRight, encumbrances

IDENTIFIER_PROBLEMS = {
    IdentifierKind.PARCEL_CODE: parcel_code_problem,
    IdentifierKind.PROPERTY_UNIT_CODE: property_unit_code_problem,
}


class Identifier(Contract):
    """The state's codes are held against their form; the others are the township's own. `valid_to` is
    the last day; without it the code is still valid."""

    kind = fields.Enum(IdentifierKind, by_value=True, required=True)
    value = Reference(60, required=True)
    valid_from = Day(required=True)
    valid_to = Day(load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "valid_from", "valid_to")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> parcel.Identifier:
        problem = IDENTIFIER_PROBLEMS.get(data["kind"])
        try:
            value = cleaned(data["value"], problem) if problem else clean(data["value"])
        except ValidationError as refused:
            raise ValidationError(refused.messages, "value") from None
        return parcel.Identifier(**data | {"value": value})


class RightHolder(Contract):
    name = Text(required=True)
    uscc = Uscc(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> parcel.RightHolder:
        return parcel.RightHolder(**data)


class Soil(Schema):
    on_registry = Flag(required=True)
    survey_reviewed = Flag(required=True)
    survey_filed = Flag(required=True)
    case_open = Flag(required=True)
    evidence_ids = Tuple(Reference(100), load_default=(), validate=validate.Length(max=50))


class SoilOfSurvey(Contract, Soil):
    """Its day is that of the survey."""


# what is recorded beside the survey, each with a day of its own
RECORDED = ("soil", "use_right", "encumbrances", "buildings", "coded_uses", "plan_conditions")


AREAS: tuple[str, ...] = ("area_m2", "area_mu", "area_reported")
UNITS = {"area_m2": AreaUnit.M2, "area_mu": AreaUnit.MU}


def with_area(data: dict[str, Any]) -> dict[str, Any]:
    """The data with `area_reported` and what it comes to in m², in whatever unit it was given."""
    rest, (name,) = dict(data), (name for name in AREAS if name in data)
    given = rest.pop(name)
    area = Area(value=given, unit=UNITS[name]) if name in UNITS else given
    return rest | {"area_reported": area, "area_m2": area.area_m2}


class ParcelRegistered(Contract, WithArea):
    """Loads to `parcel_id`, `on`, what was said of each of `RECORDED` (or none), and `survey`, the
    fields of a `Survey`. The area is given once: as `area_m2`, `area_mu` or `area_reported`."""

    either = ()  # its JSON Schema can say one of two, and not yet one of three

    parcel_id = Id(required=True)
    identifiers = Tuple(
        fields.Nested(Identifier), load_default=(), validate=validate.Length(max=100)
    )
    right_holder = fields.Nested(RightHolder, load_default=None, allow_none=True)
    land_use = fields.Enum(LandUse, by_value=True, required=True)
    planned_use = fields.Enum(LandUse, by_value=True, required=True)
    in_zone = Flag(required=True)
    industry_code = IndustryCode(load_default=None, allow_none=True)
    key_regulated_unit = Flag(load_default=False)
    soil = fields.Nested(SoilOfSurvey, load_default=None, allow_none=True)
    use_right = fields.Nested(UseRight, load_default=None, allow_none=True)
    encumbrances = encumbrances(load_default=None, allow_none=True)
    area_reported = fields.Nested(ReportedArea)
    buildings = fields.Nested(Buildings, load_default=None, allow_none=True)
    coded_uses = fields.Nested(CodedUses, load_default=None, allow_none=True)
    plan_conditions = fields.Nested(PlanConditions, load_default=None, allow_none=True)
    surveyed_on = Day(required=True)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def area_is_given(self, _: Any, given: Any, **__: Any) -> None:
        if isinstance(given, dict) and sum(name in given for name in AREAS) != 1:
            raise ValidationError("Give either area_m2, area_mu or area_reported.", "area_m2")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        survey = with_area(data)
        about = {name: survey.pop(name) for name in ("parcel_id", *RECORDED)}
        return about | {"on": survey.pop("surveyed_on"), "survey": survey}


class RecordSoil(Contract, Soil):
    """`recorded_on` is the day of the record. Loads to `parcel_id`, `recorded_on` and `soil`."""

    parcel_id = fields.String(required=True)
    recorded_on = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        soil = dict(data)
        return {name: soil.pop(name) for name in ("parcel_id", "recorded_on")} | {"soil": soil}


class RecordEncumbrances(Contract):
    """All that lies or lay on the land, as the registry of real estate has it on `recorded_on`."""

    parcel_id = fields.String(required=True)
    encumbrances = encumbrances(required=True)
    recorded_on = Day(required=True)


# --- questions and their answers


class FindParcel(Contract):
    """`code` is a code of any kind, or of the `kind` that is given. `on` is a day in the park; today
    if it is left out."""

    code = Text(100, required=True)
    kind = fields.Enum(IdentifierKind, by_value=True, load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class CodeHolder(TypedDict):
    """A parcel that has the code on that day. `became_ids` are those that have taken its place since."""

    parcel_id: str
    state: ParcelState
    kind: IdentifierKind
    valid_from: date
    valid_to: date | None
    became_ids: list[str]


class CodeHolders(TypedDict):
    """Nobody has the code if `holders` is empty; it is disputed if they are several of one kind. `note`
    says whom to ask instead about what is no such code."""

    on: date
    holders: list[CodeHolder]
    note: Why | None
