"""A figure of talents that was stated: what somebody reported of a day, without the records behind it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from backbone.records import record

from .plan import PlanLevel


class TalentMeasure(StrEnum):
    """What is counted: everybody who applied by a day, or who is a talent of a plan on it."""

    APPLICATIONS = "applications"
    TALENTS = "talents"


class TalentFigureKind(StrEnum):
    """How much the figure says. A target is what is to be, and never counts as what is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    CUMULATIVE = "cumulative"
    TARGET = "target"


@record
class TalentScope:
    """Of whom a number speaks; what is left out is open."""

    talent_measure: TalentMeasure
    plan_level: PlanLevel | None = None
    talent_plan_id: str | None = None
    talent_category: str | None = None


@record
class FigureReport:
    """So many of the scope on the day `figure_on`; a cumulative one from `counted_since_on` to it, a target
    by it. `revoked`: it was never stated."""

    talent_scope: TalentScope
    talents_stated: int
    talent_figure_kind: TalentFigureKind
    figure_on: date
    counted_since_on: date | None = None
    document: str
    revoked: bool = False
    known_at: datetime


@record
class TalentFigure:
    """`figure_reports` are all that was said of it, in the order in which it became known."""

    talent_figure_id: str
    figure_reports: tuple[FigureReport, ...] = ()

    def known(self, known_at: datetime) -> FigureReport | None:
        said = (each for each in reversed(self.figure_reports) if each.known_at <= known_at)
        return next(said, None)

    def with_report(self, report: FigureReport) -> TalentFigure:
        last = self.figure_reports[-1] if self.figure_reports else None
        if last and replace(last, known_at=report.known_at) == report:
            return self
        return replace(self, figure_reports=(*self.figure_reports, report))


def borne_out(stated: FigureReport, counted: int) -> bool | None:
    """Whether the records bear the figure out; a cumulative one is of a span, and is not compared."""
    if stated.talent_figure_kind is TalentFigureKind.CUMULATIVE:
        return None
    if stated.talent_figure_kind is TalentFigureKind.EXACT:
        return counted == stated.talents_stated
    if stated.talent_figure_kind is TalentFigureKind.AT_LEAST:
        return counted >= stated.talents_stated
    return counted > stated.talents_stated
