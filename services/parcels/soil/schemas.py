"""The contracts of the reports about soil: what townships publish and the ecology desk enters."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Figure, Flag, Id, Reference, Text, Tuple, Uscc, WholeNumber

from ..words import LandUse
from . import reports
from .reports import (
    Conclusion,
    ControlStep,
    Medium,
    Phase,
    RemovalStep,
    ReportStatus,
    Standard,
)

MOST_PLOTS = 200


def _of(enum: Any, **more: Any) -> Any:
    return fields.Enum(enum, by_value=True, **more)


class Unit(Contract):
    name = Text(required=True)
    uscc = Uscc(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> reports.Unit:
        return reports.Unit(**data)


class Finding(Contract):
    medium = _of(Medium, required=True)
    substance = Text(60, required=True)
    exceeded = Flag(required=True)
    measured = Figure(load_default=None, allow_none=True)
    limit = Figure(load_default=None, allow_none=True)
    unit = Text(20, load_default=None, allow_none=True)
    standard = _of(Standard, load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> reports.Finding:
        return reports.Finding(**data)


class SoilReport(Contract):
    """Loads to `parcel_id`, `on`, the day that it is about, and `report`, its other fields."""

    parcel_id = Id(required=True)
    soil_report_id = Reference(100, required=True)
    report_status = _of(ReportStatus, load_default=ReportStatus.COMPLETE)
    evidence_ids = Tuple(Reference(100), load_default=(), validate=validate.Length(max=50))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        return {name: report.pop(name) for name in ("parcel_id", "on")} | {"report": report}


class SoilSuspected(SoilReport):
    on = Day(required=True, data_key="suspected_on")
    suspicion = Text(500, required=True)


class SoilSurveyed(SoilReport):
    on = Day(required=True, data_key="concluded_on")
    phase = _of(Phase, required=True)
    conclusion = _of(Conclusion, required=True)
    surveyed_from = Day(load_default=None, allow_none=True)
    surveyed_to = Day(load_default=None, allow_none=True)
    publicity_from = Day(load_default=None, allow_none=True)
    publicity_to = Day(load_default=None, allow_none=True)
    publicity_days = WholeNumber(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 365, error="Give a whole number from 1 to 365."),
    )
    reviewed_on = Day(load_default=None, allow_none=True)
    filed_on = Day(load_default=None, allow_none=True)
    findings = Tuple(fields.Nested(Finding), load_default=(), validate=validate.Length(max=200))


class RecordRiskAssessment(SoilReport):
    on = Day(required=True, data_key="assessed_on")
    acceptable = Flag(required=True)
    liable_party = fields.Nested(Unit, load_default=None, allow_none=True)


class RecordRiskControl(SoilReport):
    on = Day(required=True, data_key="controlled_on")
    control_step = _of(ControlStep, required=True)


class RecordSoilCleanup(SoilReport):
    on = Day(required=True, data_key="cleanup_started_on")
    contractor = fields.Nested(Unit, required=True)
    plan_filed_on = Day(load_default=None, allow_none=True)


class RecordEffectAssessment(SoilReport):
    on = Day(required=True, data_key="assessed_on")
    assessor = fields.Nested(Unit, required=True)
    target_met = Flag(required=True)


class RecordSoilRemoval(SoilReport):
    on = Day(required=True, data_key="removal_decided_on")
    removal_step = _of(RemovalStep, required=True)
    after_care_conditions = Tuple(Text(500), load_default=(), validate=validate.Length(max=20))


class ApplySoilRegistryNotice(Contract):
    """`added` and `removed` are ids of parcels; each plot stands in one of them, once. A corrected copy
    may name none."""

    batch = Reference(100, required=True)
    issued_on = Day(required=True)
    added = Tuple(Id(), load_default=(), validate=validate.Length(max=MOST_PLOTS))
    removed = Tuple(Id(), load_default=(), validate=validate.Length(max=MOST_PLOTS))
    document = Reference(100, load_default=None, allow_none=True)

    @validates_schema
    def each_plot_is_named_once(self, data: dict[str, Any], **_: Any) -> None:
        named = (*data["added"], *data["removed"])
        twice = sorted({each for each in named if named.count(each) > 1})
        if twice:
            raise ValidationError(f"Name each parcel once: {', '.join(twice)}.", "added")


class AskSoilDuties(Contract):
    parcel_id = fields.String(required=True)
    target_use = _of(LandUse, load_default=None, allow_none=True)
