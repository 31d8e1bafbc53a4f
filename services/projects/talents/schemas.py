"""What may be recorded and asked of talent plans and of applications to them."""

from __future__ import annotations

from typing import Any, TypedDict

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import (
    Day,
    Flag,
    Id,
    Moment,
    MoneyCny,
    Reference,
    Text,
    TownshipCode,
    Tuple,
    Word,
    in_order,
)
from park.fields import WholeNumber as Whole
from park.masking import holds_personal_id, mask_people
from park.time import day_of

from ..platforms.schemas import PlainId
from . import plan
from .application import TalentApplication
from .figure import TalentFigureKind, TalentMeasure, TalentScope
from .plan import PlanLevel, TalentState

MOST_CATEGORIES, MOST_BATCHES, MOST_TALENTS = 50, 200, 10**8
YEAR = validate.Range(2000, 2100, error="Give a whole number from {min} to {max}.")
MONTHS = validate.Range(1, 600, error="Give a whole number from {min} to {max}.")
DAYS = validate.Range(1, 60, error="Give a whole number from {min} to {max}.")

LEVELS_OF_FUNDS = {  # the words of funds
    "county": PlanLevel.DISTRICT,
    "province": PlanLevel.PROVINCIAL,
    "state": PlanLevel.NATIONAL,
}


class PersonId(PlainId):
    """The office's own id of a person, that says nothing about who it is."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **more)
        if holds_personal_id(text) or mask_people(text) != text:
            raise ValidationError("Give an id of your own, T-17; no number of a person or a phone.")
        return text


class Evidence(Tuple):
    def __init__(self, **more: Any) -> None:
        some = validate.Length(1, 50, error="Give the ids of 1 to 50 documents that prove it.")
        super().__init__(Reference(100), validate=some, **more)


class PlanCategory(Contract):
    """For whom a plan is, and with how much it supports them: so many yuan, or up to so many."""

    talent_category = PlainId(required=True)
    category_name = Text(100, required=True)
    support_cny = MoneyCny(load_default=None, allow_none=True)
    support_is_most = Flag(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> plan.TalentCategory:
        return plan.TalentCategory(**data)


class PlanBatch(Contract):
    talent_batch = PlainId(required=True)
    batch_year = Whole(required=True, validate=YEAR)
    opens_on = Day(load_default=None, allow_none=True)
    closes_at = Moment(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> plan.TalentBatch:
        return plan.TalentBatch(**data)


class RecordTalentPlan(Contract):
    """The whole of a plan; it takes the place of what was said of it before. Loads to `talent_plan_id` and
    `report`, the fields of a `PlanReport`."""

    talent_plan_id = PlainId(required=True)
    name = Text(100, required=True)
    plan_level = Word(PlanLevel, LEVELS_OF_FUNDS, required=True)
    talent_categories = Tuple(
        fields.Nested(PlanCategory),
        required=True,
        validate=validate.Length(1, MOST_CATEGORIES, error="Give {min} to {max} categories."),
    )
    talent_batches = Tuple(
        fields.Nested(PlanBatch), load_default=(), validate=validate.Length(max=MOST_BATCHES)
    )
    term_months = Whole(load_default=None, allow_none=True, validate=MONTHS)
    publicised_days = Whole(load_default=None, allow_none=True, validate=DAYS)
    document = Reference(200, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        return {"talent_plan_id": report.pop("talent_plan_id"), "report": report}


class ApplyForTalentPlan(Contract):
    """Who applied for what, and when; the same `talent_application_id` again corrects it. Loads to
    `talent_application_id` and `report`, the fields of an `ApplicationReport`."""

    talent_application_id = PlainId(required=True)
    talent_plan_id = PlainId(required=True)
    talent_batch = PlainId(required=True)
    talent_category = PlainId(required=True)
    person_id = PersonId(required=True)
    enterprise_id = Id(load_default=None, allow_none=True)
    project_id = PlainId(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)
    submitted_at = Moment(required=True)
    evidence_ids = Evidence(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        return {"talent_application_id": report.pop("talent_application_id"), "report": report}


class EnterTalentState(Contract):
    """A state, its day or its moment, and what shows it; of a state that was recorded before, the correction.
    Loads to `talent_application_id` and `step`, the fields of a `TalentStep`."""

    either = (("entered_on", "entered_at"),)  # for its JSON Schema

    talent_application_id = PlainId(required=True)
    talent_state = fields.Enum(TalentState, by_value=True, required=True)
    entered_on = Day()
    entered_at = Moment()
    evidence_kind = Text(50, required=True)
    evidence_ids = Evidence(required=True)

    @validates_schema
    def one_is_given(self, data: dict[str, Any], **_: Any) -> None:
        if ("entered_on" in data) == ("entered_at" in data):
            raise ValidationError("Give either entered_on or entered_at.", "entered_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        step = dict(data)
        if moment := step.get("entered_at"):
            step["entered_on"] = day_of(moment)
        return {"talent_application_id": step.pop("talent_application_id"), "step": step}


class RevokeTalentState(Contract):
    talent_application_id = PlainId(required=True)
    talent_state = fields.Enum(TalentState, by_value=True, required=True)


class StateTalentFigure(Contract):
    """So many applications or talents that somebody reported, without the records behind them; of all, of a
    level, of a plan or of one of its categories. Loads to `talent_figure_id` and `report`, the fields of a
    `FigureReport`."""

    talent_figure_id = PlainId(required=True)
    talent_measure = fields.Enum(TalentMeasure, by_value=True, required=True)
    plan_level = Word(PlanLevel, LEVELS_OF_FUNDS, load_default=None, allow_none=True)
    talent_plan_id = PlainId(load_default=None, allow_none=True)
    talent_category = PlainId(load_default=None, allow_none=True)
    talents_stated = Whole(
        required=True,
        validate=validate.Range(0, MOST_TALENTS, error="Give a whole number from {min} to {max}."),
    )
    talent_figure_kind = fields.Enum(TalentFigureKind, by_value=True, required=True)
    figure_on = Day(required=True)
    counted_since_on = Day(load_default=None, allow_none=True)
    document = Reference(200, required=True)
    revoked = Flag(load_default=False)

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "counted_since_on", "figure_on")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        report = dict(data)
        names = ("talent_measure", "plan_level", "talent_plan_id", "talent_category")
        report["talent_scope"] = TalentScope(**{name: report.pop(name) for name in names})
        return {"talent_figure_id": report.pop("talent_figure_id"), "report": report}


class BatchAsked(Contract):
    """`at` is the deadline unless a moment is given, `known_at` is now."""

    talent_plan_id = PlainId(required=True)
    talent_batch = PlainId(required=True)
    at = Moment(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class TalentCountsAsked(Contract):
    """`on` is today unless a day is given, `known_at` is now."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class TalentApplied(TypedDict):
    """`warnings` refuse nothing; they are for a person to look at."""

    talent_application: TalentApplication
    warnings: list[dict[str, str]]
