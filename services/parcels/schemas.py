"""The contracts of parcels: what townships report, and what may be asked of it."""

from __future__ import annotations

from typing import Any

from marshmallow import (
    Schema,
    ValidationError,
    fields,
    post_load,
    validate,
    validates_schema,
)

from backbone.contract import Contract
from park.codes import clean, parcel_code_problem, property_unit_code_problem
from park.fields import (
    AreaM2,
    AreaMu,
    Day,
    Flag,
    Id,
    IndustryCode,
    ParcelCode,
    Text,
    Uscc,
    WholeNumber,
    WithArea,
    cleaned,
    given_once,
    in_m2,
)

from . import parcel, split
from .parcel import IdentifierKind
from .terms import DisposalWay, LandUse

IDENTIFIER_PROBLEMS = {
    IdentifierKind.PARCEL_CODE: parcel_code_problem,
    IdentifierKind.PROPERTY_UNIT_CODE: property_unit_code_problem,
}


class Report(Contract):
    """What a township tells."""


class Request(Contract):
    """What a call asks for."""


class Tuple(fields.List[Any]):
    """A list that is kept as a tuple."""

    def _deserialize(self, *args: Any, **more: Any) -> Any:
        return tuple(super()._deserialize(*args, **more))


# --- parcel.registered


class Identifier(Report):
    """The state's codes are held against their form; the others are the township's own."""

    kind = fields.Enum(IdentifierKind, by_value=True, required=True)
    value = Text(60, required=True)
    valid_from = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> parcel.Identifier:
        problem = IDENTIFIER_PROBLEMS.get(data["kind"])
        try:
            value = cleaned(data["value"], problem) if problem else clean(data["value"])
        except ValidationError as refused:
            raise ValidationError(refused.messages, "value") from None
        return parcel.Identifier(**data | {"value": value})


class RightHolder(Report):
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
    evidence_ids = Tuple(Text(100), load_default=(), validate=validate.Length(max=50))


class SoilOfSurvey(Report, Soil):
    """Its day is that of the survey."""


class ParcelRegistered(Report, WithArea):
    """Loads to `parcel_id`, `on`, `soil` (or none) and `survey`, the fields of a `Survey`."""

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
    surveyed_on = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        survey = super().make(data)
        about = {name: survey.pop(name) for name in ("parcel_id", "soil")}
        return about | {"on": survey.pop("surveyed_on"), "survey": survey}


# --- remediation.*


class Remediation(Report):
    """Loads to `case_id`, `parcel_id`, `on` (the day of the report, where it has one) and `report`,
    the other fields."""

    case_id = Id(required=True)
    parcel_id = Id(required=True)
    operator_role = Text(40, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        about = {name: report.pop(name) for name in ("case_id", "parcel_id")}
        return about | {"on": report.pop("on", None), "report": report}


class RemediationIdentified(Remediation):
    low_efficiency_reasons = Tuple(Text(60), required=True, validate=validate.Length(1, 20))
    on = Day(required=True, data_key="identified_on")


class RemediationPlanned(Remediation):
    disposal_way = fields.Enum(DisposalWay, by_value=True, required=True)
    planned_end_on = Day(required=True)
    target_use = fields.Enum(LandUse, by_value=True, load_default=None, allow_none=True)


class RemediationApproved(Remediation):
    disposal_way = fields.Enum(DisposalWay, by_value=True, required=True)
    on = Day(required=True, data_key="approved_on")
    document_number = Text(100, required=True)


class RemediationProgressed(Remediation):
    percent = WholeNumber(
        required=True,
        validate=validate.Range(0, 100, error="Give a whole number from 0 to 100."),
    )
    on = Day(required=True, data_key="reported_on")
    note = Text(500, lines=True, load_default=None, allow_none=True)


class RemediationCompleted(Remediation):
    """`vacated_area_m2` or `vacated_area_mu`, 0 if nothing was vacated."""

    disposal_way = fields.Enum(DisposalWay, by_value=True, required=True)
    vacated_area_m2 = AreaM2(zero=True)
    vacated_area_mu = AreaMu(zero=True)
    on = Day(required=True, data_key="completed_on")
    acceptance_number = Text(100, required=True)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def vacated_area_is_given(self, _: Any, given: Any, **__: Any) -> None:
        given_once(given, "vacated_area")

    @post_load
    def make(self, data: dict[str, Any], **more: Any) -> Any:
        return super().make(in_m2(data, "vacated_area"), **more)


# --- requests


class RecordSoil(Request, Soil):
    """`recorded_on` is the day of the record. Loads to `parcel_id`, `recorded_on` and `soil`."""

    parcel_id = fields.String(required=True)
    recorded_on = Day(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        soil = dict(data)
        return {name: soil.pop(name) for name in ("parcel_id", "recorded_on")} | {"soil": soil}


class Part(Request, WithArea):
    parcel_id = Id(required=True)
    vacated = Flag(required=True)
    parcel_code = ParcelCode(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> split.Part:
        return split.Part(**super().make(data))


class SplitParcel(Request):
    """`children` are all the parts of the parcel; one of them is the vacated one."""

    parcel_id = fields.String(required=True)
    case_id = fields.String(required=True)
    children = Tuple(fields.Nested(Part), required=True, validate=validate.Length(2, 50))
    split_on = Day(required=True)


class ReleaseStanding(Request):
    parcel_id = fields.String(required=True)
    case_id = fields.String(required=True)
