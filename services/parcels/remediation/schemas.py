"""The contracts of the reports that move a remediation case."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import AreaM2, AreaMu, Day, Id, Text, Tuple, WholeNumber, given_once, in_m2

from ..words import DisposalWay, LandUse


class Remediation(Contract):
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

    either = (("vacated_area_m2", "vacated_area_mu"),)  # for its JSON Schema

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
