"""A firm in a round: its figures, what the desk and the firm said of it, and what came of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record

from .law import FigureSource as FigureSource
from .law import Grade


class Place(StrEnum):
    EVALUATED = "evaluated"
    FOLLOWS_HOLDER = "follows_holder"
    LEFT_OUT = "left_out"


class AdjustmentKind(StrEnum):
    """In the order in which they apply: 定档, 提档, 降档, 一票否决."""

    FIXED = "fixed"
    RAISED = "raised"
    LOWERED = "lowered"
    VETO = "veto"


class Outcome(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"


@record
class Figure:
    """One input of a firm's year, where it comes from, and the document that says so. With `at_least`
    it is known only that it is no less."""

    name: str
    value: Decimal
    figure_source: FigureSource
    document_id: str | None = None
    at_least: bool = False


@record
class Part:
    """The score of one indicator; `value` is none where there was no figure."""

    indicator: str
    value: Decimal | None
    score: Decimal | None


@record
class PlotArea:
    """A plot that the firm holds on the last day of the data year; its area, if it was surveyed, and
    the share of it that the firm declares, if it does."""

    parcel_id: str
    area_m2: Decimal | None = None
    land_share: Decimal | None = None

    @property
    def part(self) -> Decimal:
        return Decimal(1) if self.land_share is None else self.land_share


@record
class Placement:
    """The desk's word on whether the firm is evaluated, and why."""

    placed: Place
    reason_code: str | None = None
    document_id: str | None = None
    on: date


@record
class Adjustment:
    """A grade that is set against the score. One that was withdrawn stays on record."""

    adjustment_id: str
    kind: AdjustmentKind
    target_grade: Grade
    reason: str
    document_id: str
    on: date
    withdrawn_on: date | None = None


@record
class Objection:
    """What the firm objects to, with the figures as they were frozen then; who reviewed it, and why."""

    objection_id: str
    text: str
    on: date
    frozen: tuple[Figure, ...]
    outcome: Outcome = Outcome.OPEN
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    why: str | None = None


@record
class RoundFirm:
    """`given` are the figures that the desk gave for this round, `frozen` those by which the firm was
    scored; with `area_frozen` its land area is fixed. Firms of one `unit` share a result, and one that
    `follows` another takes its grade. `reopened` is a firm whose objection was upheld and not acted on."""

    round_firm_id: str
    round_id: str
    enterprise_id: str
    township: str
    placement: Placement | None = None
    given: tuple[Figure, ...] = ()
    placed: Place | None = None
    reasons: tuple[Reason, ...] = ()
    plots: tuple[PlotArea, ...] = ()
    unit: str | None = None
    follows: str | None = None
    frozen: tuple[Figure, ...] = ()
    missing: tuple[Reason, ...] = ()
    parts: tuple[Part, ...] = ()
    total: Decimal | None = None
    rank: int | None = None
    scored_grade: Grade | None = None
    grade: Grade | None = None
    adjustments: tuple[Adjustment, ...] = ()
    objections: tuple[Objection, ...] = ()
    reopened: bool = False

    @property
    def open_objections(self) -> tuple[Objection, ...]:
        return tuple(each for each in self.objections if each.outcome is Outcome.OPEN)

    @property
    def area(self) -> Figure | None:
        return next((each for each in self.frozen if each.name == AREA), None)

    def with_given(self, figures: Iterable[Figure]) -> RoundFirm:
        """Of two figures of one name the later word of the desk stands."""
        return replace(self, given=merged(self.given, figures))

    def with_corrected(self, figures: Iterable[Figure]) -> RoundFirm:
        """As an upheld objection leaves it: with other frozen figures, and settled."""
        found = tuple(figures)
        return replace(
            self,
            given=merged(self.given, found),
            frozen=merged(self.frozen, found),
            reopened=False,
        )

    def with_objection(self, objection: Objection) -> RoundFirm:
        held = {each.objection_id: each for each in self.objections}
        return replace(
            self, objections=tuple((held | {objection.objection_id: objection}).values())
        )

    def with_adjustment(self, adjustment: Adjustment) -> RoundFirm:
        held = {each.adjustment_id: each for each in self.adjustments}
        kept = tuple((held | {adjustment.adjustment_id: adjustment}).values())
        return replace(self, adjustments=kept, reopened=False)


AREA = "land_m2"


def merged(held: Iterable[Figure], newer: Iterable[Figure]) -> tuple[Figure, ...]:
    """Each figure once, by name; the newer one stands."""
    by_name = {each.name: each for each in held} | {each.name: each for each in newer}
    return tuple(each for _, each in sorted(by_name.items()))


def entry_id_of(round_id: str, enterprise_id: str) -> str:
    return f"{round_id}/{enterprise_id}"


def adjusted(scored: Grade | None, adjustments: Iterable[Adjustment]) -> Grade | None:
    """The grade after 定档, 提档, 降档 and veto, in that order: a raise never lowers, and a lowering or
    a veto never raises. A firm without a score has one only by 定档."""
    in_force = [each for each in adjustments if each.withdrawn_on is None]
    grade = scored
    for kind in AdjustmentKind:
        for each in (one for one in in_force if one.kind is kind):
            grade = _step(grade, each)
    return grade


def _step(grade: Grade | None, adjustment: Adjustment) -> Grade | None:
    target = adjustment.target_grade
    if adjustment.kind is AdjustmentKind.FIXED:
        return target
    if grade is None:
        return None
    return min(grade, target) if adjustment.kind is AdjustmentKind.RAISED else max(grade, target)
