"""The page of a report: its figures and lists under their sections, as the rulebook has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from park.overview import OverviewExplained, OverviewFigure

from ..overview.page import OTHERS, PAGE
from .report import (
    RATIO,
    REPORTS,
    ReportFigure,
    ReportKind,
    ReportList,
    ReportPeriod,
    ReportSection,
    SectionRule,
    StartMonth,
    ZoneReport,
)

BEFORE = "before"  # the key of what lies before the year of the curve


def report_of(
    period: ReportPeriod,
    known_at: datetime,
    figures: Iterable[ReportFigure],
    lists: Mapping[str, ReportList],
) -> ZoneReport:
    """The draft of a report with these figures and lists, in the order of the rulebook of its day."""
    kind, rule = period.report_kind, REPORTS.on(period.last)[period.report_kind]
    said = {"period_id": period.period_id, "first": period.first, "last": period.last}
    return ZoneReport(
        zone_report_id=period.report_id,
        report_kind=kind,
        title=rule.title.format_map(said),
        first=period.first,
        last=period.last,
        known_at=known_at,
        sections=_sections((*_topics(period), *rule.sections), figures, lists),
    )


def with_parts(service: str, told: Iterable[OverviewExplained]) -> list[ReportFigure]:
    """The figures with what adds up to each."""
    return [
        ReportFigure(
            service=service, told=each.figure, parts=each.parts, without_amount=each.without_amount
        )
        for each in told
    ]


def with_change(
    service: str, told: Iterable[OverviewFigure], before: Iterable[OverviewFigure]
) -> list[ReportFigure]:
    """The figures of a day, each with what it was before."""
    was = {each.figure: each for each in before}
    return [_since(service, each, was.get(each.figure)) for each in told]


def _since(service: str, told: OverviewFigure, was: OverviewFigure | None) -> ReportFigure:
    value = was.value if was else None
    return ReportFigure(
        service=service,
        told=told,
        previous_value=value,
        previous_kind=was.overview_kind if was and value is not None else None,
        change=_difference(told, value),
    )


def start_curve_of(figures: Sequence[ReportFigure]) -> tuple[StartMonth, ...]:
    """The figures of the months added up. A month of which nothing began to be told is none, not nought."""
    told = {each.told.figure: int(each.told.value or 0) for each in figures}
    months = sorted({key for name in told if (key := name.partition(":")[2]) != BEFORE})

    def until(name: str, month: str) -> int | None:
        if f"{name}:{month}" not in told:
            return None
        keys = (BEFORE, *(each for each in months if each <= month))
        return sum(told.get(f"{name}:{key}", 0) for key in keys)

    return tuple(
        StartMonth(
            month=month,
            land_due=until("land_starts_due", month) or 0,
            land_begun=until("land_starts", month),
            projects_wanted=told.get(f"project_starts_wanted:{month}"),
            projects_begun=until("project_starts", month),
        )
        for month in months
    )


def _topics(period: ReportPeriod) -> tuple[SectionRule, ...]:
    """Those of the overview, which the monthly report begins with."""
    if period.report_kind is not ReportKind.MONTHLY:
        return ()
    topics = PAGE.on(period.last).topics
    return tuple(SectionRule(title=each.title, figures=each.figures) for each in topics)


def _sections(
    rules: Iterable[SectionRule],
    figures: Iterable[ReportFigure],
    lists: Mapping[str, ReportList],
) -> tuple[ReportSection, ...]:
    """The sections that have something to say; figures that none of them names stand under the last."""
    named: dict[str, list[ReportFigure]] = {}
    for each in figures:
        named.setdefault(each.name.partition(":")[0], []).append(each)
    found = []
    for rule in rules:
        own = tuple(each for name in rule.figures for each in named.pop(name, ()))
        found.append(
            ReportSection(
                title=rule.title,
                figures=own,
                listed=lists.get(rule.list),
                start_curve=start_curve_of(own) if rule.curve else (),
            )
        )
    rest = tuple(each for left in named.values() for each in left)
    found.append(ReportSection(title=OTHERS, figures=rest))
    return tuple(each for each in found if each.figures or each.listed)


def _difference(told: OverviewFigure, before: Decimal | None) -> Decimal | None:
    if told.value is None or before is None or told.unit == RATIO:
        return None
    return told.value - before
