"""The contracts of rounds: the steps of the desk, what may be asked, and the facts that are heard."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate

from backbone.errors import Reason
from backbone.messages.contract import Contract
from park.fields import Day, Flag, Id, Moment, Reference, Text, TownshipCode, Tuple, WholeNumber
from park.fields import Figure as FigureField

from . import entry
from .entry import AdjustmentKind, Figure, FigureSource, Objection, Part, Place
from .grades import YearGrade
from .law import Grade, Policy
from .ranking import RankMove
from .round import GradeCut, RoundState

MOST_TOWNSHIPS = 100
MOST_FIGURES = 40


# --- steps


class StepOfRound(Contract):
    """What every step says: its round, the day that it is about, and who takes it."""

    round_id = fields.String(required=True)
    on = Day(required=True)
    operator_role = Text(50, required=True)


class Cut(Contract):
    """Where a grade ends, as in a scheme."""

    grade = fields.Enum(Grade, by_value=True, required=True)
    by = fields.String(
        required=True,
        validate=validate.OneOf(
            ("<=", "last", "count", ">="), error="Cut by <=, last, count or >=."
        ),
    )
    value = FigureField(required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> GradeCut:
        return GradeCut(**data)


class OpenRound(Contract):
    """`cuts` take the place of those of the scheme; many schemes publish none."""

    place = Text(50, required=True)
    data_year = WholeNumber(
        required=True,
        validate=validate.Range(2000, 2100, error="Give a whole number from {min} to {max}."),
    )
    group = Text(50, required=True)
    scheme = Text(100, required=True)
    cuts = Tuple(
        fields.Nested(Cut),
        load_default=(),
        validate=validate.Length(max=4, error="Cut {max} grades at most."),
    )
    townships = Tuple(
        TownshipCode(),
        required=True,
        validate=validate.Length(1, MOST_TOWNSHIPS, error="Name {min} to {max} townships."),
    )
    on = Day(required=True)
    operator_role = Text(50, required=True)


class OfFirm(StepOfRound):
    enterprise_id = Id(required=True)


class GivenSource(StrEnum):
    """Where a figure that the desk gives may come from."""

    TAX = "tax"
    DECLARED = "declared"
    DESK = "desk"


class GivenFigure(Contract):
    name = Text(50, required=True)
    value = FigureField(required=True)


class FiguresGiven(OfFirm):
    """Loads `figures` to a tuple of `Figure`."""

    source_class = fields.Enum(GivenSource, by_value=True, load_default=GivenSource.DESK)
    document_id = Reference(100, required=True)
    figures = Tuple(
        fields.Nested(GivenFigure),
        required=True,
        validate=validate.Length(1, MOST_FIGURES, error="Give {min} to {max} figures."),
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        source, document_id = FigureSource(data.pop("source_class")), data["document_id"]
        return data | {"figures": figures_of(data["figures"], source, document_id)}


class PlaceFirm(OfFirm):
    placed = fields.Enum(Place, by_value=True, required=True)
    reason_code = Text(50, load_default=None, allow_none=True)
    document_id = Reference(100, load_default=None, allow_none=True)


class Publicise(StepOfRound):
    """Without `days` it is published for as long as the rule in force has it."""

    days = WholeNumber(
        load_default=None,
        allow_none=True,
        validate=validate.Range(1, 365, error="Give a whole number from {min} to {max}."),
    )


class AdjustGrade(OfFirm):
    kind = fields.Enum(AdjustmentKind, by_value=True, required=True)
    target_grade = fields.Enum(Grade, by_value=True, required=True)
    reason = Text(500, lines=True, required=True)
    document_id = Reference(100, required=True)


class WithdrawAdjustment(OfFirm):
    adjustment_id = Reference(200, required=True)


class ObjectToRound(OfFirm):
    text = Text(2000, lines=True, required=True)


class ReviewObjection(OfFirm):
    """With `figures`, the objection is upheld and they are the right ones."""

    objection_id = Reference(200, required=True)
    upheld = Flag(required=True)
    why = Text(2000, lines=True, required=True)
    reviewed_by = Text(100, required=True)
    document_id = Reference(100, load_default=None, allow_none=True)
    figures = Tuple(
        fields.Nested(GivenFigure),
        load_default=(),
        validate=validate.Length(max=MOST_FIGURES, error="Give {max} figures at most."),
    )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        document_id = data.pop("document_id")
        return data | {"figures": figures_of(data["figures"], FigureSource.DESK, document_id)}


class ReviseRound(StepOfRound):
    why = Text(500, lines=True, required=True)


def figures_of(
    given: Any, source: FigureSource, document_id: str | None
) -> tuple[entry.Figure, ...]:
    """The given figures, each with where it comes from."""
    return tuple(Figure(**each, figure_source=source, document_id=document_id) for each in given)


# --- questions


class OfRound(Contract):
    round_id = fields.String(required=True)


class StepCheck(StepOfRound):
    step = Text(50, required=True)


class MyFigures(Contract):
    """`asked_by` is the firm that asks."""

    round_id = fields.String(required=True)
    enterprise_id = Id(required=True)
    asked_by = Id(required=True)


class GradesOf(Contract):
    enterprise_id = Id(required=True)


class PoliciesFor(Contract):
    """Without `on` it is today, without `known_at` now."""

    enterprise_id = Id(required=True)
    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)


# --- answers


class StepAnswer(TypedDict):
    """Nothing stands against a step whose `reasons` are empty. `warnings` bar nothing."""

    round_id: str
    step: str
    reasons: list[Reason]
    warnings: list[Reason]


class RoundStep(TypedDict):
    """Where the round stands after the step. `warnings` bar nothing."""

    round_id: str
    state: RoundState
    published_first: date | None
    published_last: date | None
    firms: int
    warnings: list[Reason]


class ReviewAnswer(TypedDict):
    """The objection, the firm's grade after it, and which other firms move."""

    objection: Objection
    grade: Grade | None
    moves: list[RankMove]


class RankedFirm(TypedDict):
    """A firm of the round; `changed` names its figures that are others since they were frozen."""

    enterprise_id: str
    placed: Place | None
    unit: str | None
    follows: str | None
    parts: list[Part]
    total: Decimal | None
    rank: int | None
    scored_grade: Grade | None
    grade: Grade | None
    reasons: list[Reason]
    missing: list[Reason]
    changed: list[str]


class RoundScores(TypedDict):
    """The evaluated firms by rank, then the others."""

    round_id: str
    state: RoundState
    scored_firms: list[RankedFirm]


class ChangedFigure(TypedDict):
    """A figure that would be another if it were frozen now."""

    enterprise_id: str
    frozen_figure: Figure
    figure_now: Figure


class FigureSetAside(TypedDict):
    """A figure of another source that differs from the one that is used, and why it is not."""

    enterprise_id: str
    used_figure: Figure
    other_figure: Figure
    why: Reason


class RoundChanges(TypedDict):
    """What has been corrected since the figures of the round were frozen. The scores stay. What other
    sources say of the used figures is in `figures_set_aside`, also while the round collects."""

    round_id: str
    changed_figures: list[ChangedFigure]
    figures_set_aside: list[FigureSetAside]


class OwnFigures(TypedDict):
    """What a firm sees of itself. `shared_with` counts the firms that share its result; the score is
    there from the publicity on."""

    round_id: str
    enterprise_id: str
    state: RoundState
    placed: Place | None
    reasons: list[Reason]
    own_figures: list[Figure]
    missing: list[Reason]
    shared_with: int
    total: Decimal | None
    rank: int | None
    grade: Grade | None
    published_first: date | None
    published_last: date | None
    objections: list[Objection]


class GradesAnswer(TypedDict):
    enterprise_id: str
    years: list[YearGrade]
    revisions: list[YearGrade]


class PoliciesAnswer(TypedDict):
    """What follows the firm's grade of that day as known at the moment; nothing without a final grade.
    The grade holds from `since`; the round `decided_by` decided it on `decided_on`, `round_id` is the one in
    force. Where it was decided after `on`, `grade_then` is the grade that stood decided on that day, and a
    warning says so: nothing is charged for days before its decision."""

    enterprise_id: str
    on: date
    data_year: int | None
    grade: Grade | None
    round_id: str | None
    policies: list[Policy]
    known_at: datetime
    since: date | None
    decided_on: date | None
    decided_by: str | None
    grade_then: Grade | None
    warnings: list[Reason]
