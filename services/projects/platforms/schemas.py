"""What may be recorded and asked of development platforms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import (
    LARGEST_CNY,
    Amount,
    AreaMu,
    Day,
    Flag,
    Moment,
    MoneyCny,
    Reference,
    Text,
    TownshipCode,
    Tuple,
    in_order,
)

from .platform import Counts, PlatformTarget, Predicate, TargetComparison

MOST_TARGETS = 50
NO_TARGETS: tuple[PlatformTarget, ...] = ()


class PlainId(fields.String):
    """The id of a thing that no township names: a platform, a fund, or what belongs to one."""

    def __init__(self, **more: Any) -> None:
        form = validate.Regexp(
            r"[A-Za-z0-9._-]{1,80}\Z",
            error="Use 1 to 80 letters, digits, dots, underscores or dashes.",
        )
        super().__init__(validate=form, **more)


class TargetValue(Amount):
    largest, unit, most_places = Decimal(LARGEST_CNY), "yuan or projects", 2
    asked = "target in yuan or projects"


class PlannedTarget(Contract):
    """So many projects, or so many yuan, that are to have landed or begun by the end of `due_on`."""

    target_name = PlainId(required=True)
    counts = fields.Enum(Counts, by_value=True, required=True)
    predicate = fields.Enum(Predicate, by_value=True, required=True)
    comparison = fields.Enum(
        TargetComparison, by_value=True, load_default=TargetComparison.AT_LEAST
    )
    target_value = TargetValue(required=True)
    due_on = Day(required=True)
    project_kinds = Tuple(Text(40), load_default=(), validate=validate.Length(max=20))

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> PlatformTarget:
        return PlatformTarget(**data)


class RecordPlatform(Contract):
    """The whole plan of a platform; it takes the place of what was said of it before. Loads to
    `platform_id` and `plan`, the fields of a `PlatformPlan`."""

    platform_id = PlainId(required=True)
    name = Text(100, required=True)
    township = TownshipCode(required=True)
    place = Text(100, load_default=None, allow_none=True)
    planned_area_mu = AreaMu(load_default=None, allow_none=True)
    planned_area_is_about = Flag(load_default=False)
    planned_investment_cny = MoneyCny(load_default=None, allow_none=True)
    targets = Tuple(
        fields.Nested(PlannedTarget),
        load_default=NO_TARGETS,
        validate=validate.Length(max=MOST_TARGETS),
    )
    document = Reference(200, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        plan = dict(data)
        return {"platform_id": plan.pop("platform_id"), "plan": plan}


class RecordPlatformProgress(Contract):
    """A project landed or began at a platform; the same `progress_id` again corrects it. Where only a
    period is known, `happened_on` is its last day and `not_before_on` its first. Loads to `platform_id`
    and `report`, the fields of a `PlatformProgress`."""

    platform_id = PlainId(required=True)
    progress_id = PlainId(required=True)
    project_id = PlainId(required=True)
    project_kind = Text(40, required=True)
    predicate = fields.Enum(Predicate, by_value=True, required=True)
    happened_on = Day(required=True)
    not_before_on = Day(load_default=None, allow_none=True)
    investment_cny = MoneyCny(load_default=None, allow_none=True)
    withdrawn = Flag(load_default=False)
    evidence_ids = Tuple(
        Reference(100),
        required=True,
        validate=validate.Length(1, 50, error="Give the ids of 1 to 50 documents that prove it."),
    )

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "not_before_on", "happened_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        return {"platform_id": report.pop("platform_id"), "report": report}


class StandingAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now."""

    platform_id = PlainId(required=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
