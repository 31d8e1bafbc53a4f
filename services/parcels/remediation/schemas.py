"""The contracts of the reports that move a remediation case."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import (
    AreaM2,
    AreaMu,
    Day,
    Flag,
    Id,
    Reference,
    Text,
    TownshipCode,
    Tuple,
    WholeNumber,
    given_once,
    in_m2,
    in_order,
)

from ..words import DisposalWay, LandUse

ONE_OR_MORE = validate.Range(min=1, error="Give 1 or more.")


class Firms(Tuple):
    """The ids of the firms concerned, each once and in the order of the ids; none if left out."""

    def __init__(self, **more: Any) -> None:
        more |= {"load_default": (), "validate": validate.Length(max=100)}
        super().__init__(Id(), **more)

    def _deserialize(self, *args: Any, **more: Any) -> Any:
        return tuple(sorted(set(super()._deserialize(*args, **more))))


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
    enterprise_ids = Firms()
    on = Day(required=True, data_key="identified_on")


class RemediationPlanned(Remediation):
    """Without `planned_on` the plan has the day of its event."""

    disposal_way = fields.Enum(DisposalWay, by_value=True, required=True)
    planned_end_on = Day(required=True)
    target_use = fields.Enum(LandUse, by_value=True, load_default=None, allow_none=True)
    planned_on = Day(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **more: Any) -> Any:
        return super().make({**data, "on": data["planned_on"]}, **more)


class RemediationApproved(Remediation):
    disposal_way = fields.Enum(DisposalWay, by_value=True, required=True)
    on = Day(required=True, data_key="approved_on")
    document_number = Reference(100, required=True)


class RemediationProgressed(Remediation):
    percent = WholeNumber(
        required=True,
        validate=validate.Range(0, 100, error="Give a whole number from 0 to 100."),
    )
    on = Day(required=True, data_key="reported_on")
    note = Text(500, lines=True, load_default=None, allow_none=True)


class RemediationCompleted(Remediation):
    """`vacated_area_m2` or `vacated_area_mu`, 0 if nothing was vacated. `remediated_area_m2` or
    `remediated_area_mu` is what the case is about, also where the occupant stays."""

    either = (("vacated_area_m2", "vacated_area_mu"),)  # for its JSON Schema

    disposal_way = fields.Enum(DisposalWay, by_value=True, required=True)
    vacated_area_m2 = AreaM2(zero=True)
    vacated_area_mu = AreaMu(zero=True)
    remediated_area_m2 = AreaM2()
    remediated_area_mu = AreaMu()
    enterprise_ids = Firms()
    on = Day(required=True, data_key="completed_on")
    acceptance_number = Reference(100, required=True)
    reopened_on = Day(load_default=None, allow_none=True)

    @validates_schema(skip_on_field_errors=False, pass_original=True)
    def vacated_area_is_given(self, _: Any, given: Any, **__: Any) -> None:
        given_once(given, "vacated_area")

    @validates_schema(skip_on_field_errors=False)
    def remediated_area_is_given_once(self, data: dict[str, Any], **_: Any) -> None:
        if {"remediated_area_m2", "remediated_area_mu"} <= data.keys():
            given_once(data, "remediated_area")

    @post_load
    def make(self, data: dict[str, Any], **more: Any) -> Any:
        data = in_m2(data, "vacated_area")
        if "remediated_area_mu" in data:
            data = in_m2(data, "remediated_area")
        return super().make(data, **more)


class RemediationAcceptanceRequested(Remediation):
    on = Day(required=True, data_key="requested_on")
    request_no = WholeNumber(load_default=None, allow_none=True, validate=ONE_OR_MORE)


class RemediationReturned(Remediation):
    on = Day(required=True, data_key="returned_on")
    missing = Tuple(Text(200), required=True, validate=validate.Length(1, 20))
    request_no = WholeNumber(load_default=None, allow_none=True, validate=ONE_OR_MORE)


class RemediationSuspended(Remediation):
    on = Day(required=True, data_key="suspended_on")
    reason = Text(500, required=True, lines=True)


class RemediationResumed(Remediation):
    on = Day(required=True, data_key="resumed_on")
    reason = Text(500, required=True, lines=True)


class RemediationCancelled(Remediation):
    on = Day(required=True, data_key="cancelled_on")
    reason = Text(500, required=True, lines=True)


class RemediationReopened(Remediation):
    on = Day(required=True, data_key="reopened_on")
    findings = Tuple(Text(200), required=True, validate=validate.Length(1, 20))


class RemediationFollowedUp(Remediation):
    on = Day(required=True, data_key="followed_up_on")
    findings = Tuple(Text(200), load_default=(), validate=validate.Length(max=20))
    all_is_well = Flag(required=True)


class OfPeriod(Contract):
    """The cases of a period, both days included; of all townships unless one is named. Loads to
    `since`, `until` and `township` (or none)."""

    since = Day(required=True, data_key="from")
    until = Day(required=True, data_key="to")
    township = TownshipCode(load_default=None, allow_none=True)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "since", "until", "to")
