"""What may be asked and entered of the pipeline."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate

from backbone.messages.contract import Contract
from backbone.records import record
from park.fields import Amount, Day, Id, Moment, Reference, Text, TownshipCode, Tuple, Uscc
from park.fields import WholeNumber as Whole

from ..leads.lead import Stage
from . import project
from .visit import VisitKind

ID = validate.Regexp(
    r"[A-Za-z0-9._-]{1,80}\Z", error="Use 1 to 80 letters, digits, dots, underscores or dashes."
)
YEAR = validate.Range(2000, 2100, error="Give a whole number from {min} to {max}.")


class Wan(Amount):
    """Ten thousands of a currency [万元, 万美元]."""

    largest, unit, most_places = Decimal(10) ** 9, "ten thousands", 6
    asked = "amount in ten thousands"


class OfProject(Contract):
    project_id = fields.Str(required=True, validate=ID)


class EnterProject(OfProject):
    """A project, or what is newly known of one: what is left out stays as it is. `name` is the project's;
    a project that is new to the pipeline needs it. `stage` and `opened_on` (today, if it is left out) say
    with which stage a new project begins, and when; a known one keeps its own. A project that began as a
    lead has the id of the lead."""

    name = Text(200, load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)
    investor_name = Text(200, load_default=None, allow_none=True)
    investor_uscc = Uscc(load_default=None, allow_none=True)
    investment_wan_cny = Wan(load_default=None, allow_none=True)
    investment_wan_usd = Wan(load_default=None, allow_none=True)
    planned_start_year = Whole(load_default=None, allow_none=True, validate=YEAR)
    won_against = Tuple(Text(100), load_default=(), validate=validate.Length(max=20))
    stage = fields.Enum(Stage, by_value=True, load_default=Stage.LEAD)
    opened_on = Day(load_default=None, allow_none=True)


class StageEvidence(Contract):
    kind = Text(50, required=True)
    reference = Reference(200, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> project.StageEvidence:
        return project.StageEvidence(**data)


class EnterStage(OfProject):
    """A stage, its day and what shows it; of a stage that was recorded before, the correction. `unit_id`
    is the unit of a building that is rented. A terminated project has its `lost_reason`."""

    stage = fields.Enum(Stage, by_value=True, required=True)
    entered_on = Day(required=True)
    evidence = Tuple(
        fields.Nested(StageEvidence), load_default=(), validate=validate.Length(max=20)
    )
    unit_id = Id(load_default=None, allow_none=True)
    lost_reason = Text(50, load_default=None, allow_none=True)
    lost_to = Text(100, load_default=None, allow_none=True)


class WithdrawStage(OfProject):
    stage = fields.Enum(Stage, by_value=True, required=True)


class HandOverProject(OfProject):
    """Of the person's name the first character is kept: 王**."""

    team = Text(100, required=True)
    person = Text(100, load_default=None, allow_none=True)
    handed_on = Day(required=True)

    @post_load
    def mask(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        name = data["person"]
        return data | {"person": name and f"{name.strip()[:1]}**"}


class SetNextStep(OfProject):
    next_step = Text(200, required=True)
    next_step_on = Day(required=True)


class RecordVisit(OfProject):
    """A visit or a meeting, and what came of it; the same `visit_id` again corrects it."""

    visit_id = fields.Str(required=True, validate=ID)
    visit_kind = fields.Enum(VisitKind, by_value=True, required=True)
    visited_on = Day(required=True)
    place = Text(100, load_default=None, allow_none=True)
    came_of_it = Text(500, required=True, lines=True)


class AskCounts(Contract):
    """On a day (today), as known at a moment (now); `from_on` begins the span of what was entered."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    from_on = Day(load_default=None, allow_none=True)


class AskCurve(Contract):
    year = Whole(required=True, validate=YEAR)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


class AskDuplicates(Contract):
    """All of them, or those of one team."""

    team = Text(100, load_default=None, allow_none=True)


@record
class ProjectEntered(project.Project):
    """The project as it stands. `warnings` say that it was known, and what of the call changed it."""

    warnings: list[dict[str, str]]


class Entered(TypedDict):
    """`warnings` say which stages were left out."""

    project: project.Project
    warnings: list[dict[str, str]]


class StageCount(TypedDict):
    stage: Stage
    projects: int
    project_ids: list[str]
    investment_wan_cny: Decimal
    investment_wan_usd: Decimal
    entered: int
    entered_ids: list[str]


class PipelineCounts(TypedDict):
    on: date
    stages: list[StageCount]


class MarkState(StrEnum):
    MET = "met"
    MISSED = "missed"
    TO_COME = "to_come"
    NO_PROJECTS = "no_projects"


class CurveMark(TypedDict):
    ends_on: date
    share: Decimal
    needed: int
    begun: int
    mark_state: MarkState


class StartCurve(TypedDict):
    year: int
    on: date
    projects: int
    begun: int
    begun_share: Decimal | None
    marks: list[CurveMark]
    not_begun_ids: list[str]
    terminated_ids: list[str]
    source: str
    warnings: list[dict[str, str]]


class MatchedBy(StrEnum):
    CREDIT_CODE = "credit_code"
    NAME = "name"


class PossibleDuplicate(TypedDict):
    matched_by: MatchedBy
    project_ids: list[str]
    teams: list[str]


class PossibleDuplicates(TypedDict):
    duplicates: list[PossibleDuplicate]
