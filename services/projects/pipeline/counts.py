"""What the desk counts: projects by stage, the start curve of a year, and investors in two hands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

from backbone.records import record
from park.time import months_later

from ..leads.lead import Stage
from .project import Project, StageEntry, path_of
from .rulebook import START_CURVES, CurveMark, StartCurve

NOTHING = Decimal(0)


@record
class Span:
    """Projects as they were on a day, as known at a moment; entries from a day on, where it is given."""

    on: date
    known_at: datetime | None = None
    from_on: date | None = None

    def path(self, project: Project) -> tuple[StageEntry, ...]:
        return path_of(project.entries, on=self.on, known_at=self.known_at)

    def holds(self, entry: StageEntry) -> bool:
        return self.from_on is None or self.from_on <= entry.entered_on


def stage_counts(projects: Iterable[Project], span: Span) -> list[dict[str, Any]]:
    """Each stage with the projects that are at it, their money by currency, and those that entered it
    within the span. Money from home and from abroad is never added."""
    at: dict[Stage, list[Project]] = defaultdict(list)
    entered: dict[Stage, list[str]] = defaultdict(list)
    for project in projects:
        path = span.path(project)
        if path:
            at[path[-1].stage].append(project)
        for entry in filter(span.holds, path):
            entered[entry.stage].append(project.project_id)
    return [
        {
            "stage": stage,
            "projects": len(at[stage]),
            "project_ids": sorted(each.project_id for each in at[stage]),
            "investment_wan_cny": sum(
                (p.investment_wan_cny or NOTHING for p in at[stage]), NOTHING
            ),
            "investment_wan_usd": sum(
                (p.investment_wan_usd or NOTHING for p in at[stage]), NOTHING
            ),
            "entered": len(entered[stage]),
            "entered_ids": sorted(entered[stage]),
        }
        for stage in Stage
    ]


def curve_of(
    projects: Iterable[Project], year: int, on: date, known_at: datetime | None = None
) -> dict[str, Any]:
    """How many of the projects that are to begin in the year have begun by a day, and by each mark of the
    curve whether enough had (绍政办发〔2025〕6号)."""
    curve, days, lost = starts_of(projects, year, on, known_at)
    begun = [day for day in days.values() if day is not None]
    return {
        "year": year,
        "on": on,
        "projects": len(days),
        "begun": len(begun),
        "begun_share": _share(len(begun), len(days)),
        "marks": [mark_of(each, year, on, len(days), begun) for each in curve.marks],
        "not_begun_ids": sorted(key for key, day in days.items() if day is None),
        "terminated_ids": lost,
        "source": curve.source,
        "warnings": [_too_early(year)] if year < min(START_CURVES.editions).year else [],
    }


def starts_of(
    projects: Iterable[Project], year: int, on: date, known_at: datetime | None = None
) -> tuple[StartCurve, dict[str, date | None], list[str]]:
    """The curve of a year, the day on which each project that it counts had begun by that day, or none, and
    those that were given up."""
    curve = START_CURVES.on(date(year, 12, 31))
    span = Span(on=on, known_at=known_at)
    planned = [(p.project_id, path) for p in projects if _is_planned(p, year, path := span.path(p))]
    lost = sorted(key for key, path in planned if path[-1].stage is Stage.TERMINATED)
    counted = [(k, path) for k, path in planned if curve.counts_terminated or k not in lost]
    return curve, {key: _begun_on(path, curve) for key, path in counted}, lost


def duplicates_of(projects: Iterable[Project]) -> list[dict[str, Any]]:
    """Each investor that two teams or more seem to have in hand, by its credit code or its name."""
    by_key: dict[str, list[Project]] = defaultdict(list)
    for project in projects:
        for key in project.investor_keys:
            by_key[key].append(project)
    found: list[dict[str, Any]] = []
    for key, group in sorted(by_key.items()):
        alike = [p for p in group if any(may_be_one(p, other) for other in group)]
        if alike and not any({p.project_id for p in alike} <= {*f["project_ids"]} for f in found):
            found.append(_group(alike, by_code=any(p.investor_uscc == key for p in alike)))
    return found


def may_be_one(one: Project, other: Project) -> bool:
    """Two teams have them, and the investor has one code; or one name, and not two codes."""
    teams, codes = {one.team, other.team}, {one.investor_uscc, other.investor_uscc} - {None}
    alike = {*one.investor_keys} & {*other.investor_keys}
    return bool(alike) and None not in teams and len(teams) > 1 and len(codes) < 2


def _group(alike: list[Project], *, by_code: bool) -> dict[str, Any]:
    return {
        "matched_by": "credit_code" if by_code else "name",
        "project_ids": sorted(each.project_id for each in alike),
        "teams": sorted({str(each.team) for each in alike}),
    }


def _is_planned(project: Project, year: int, path: tuple[StageEntry, ...]) -> bool:
    return project.planned_start_year == year and bool(path)


def _begun_on(path: Iterable[StageEntry], curve: StartCurve) -> date | None:
    return next((each.entered_on for each in path if each.stage in curve.begun), None)


def mark_of(
    mark: CurveMark, year: int, on: date, projects: int, begun: list[date]
) -> dict[str, Any]:
    """A mark is met as soon as enough have begun, and missed when its month is over without."""
    ends = months_later(date(year, mark.month, 1), 1) - timedelta(days=1)
    have = sum(day <= ends for day in begun)
    enough = have >= mark.share * projects
    state = "no_projects" if not projects else "met" if enough else "missed"
    return {
        "ends_on": ends,
        "share": mark.share,
        "needed": ceil(mark.share * projects),
        "begun": have,
        "mark_state": "to_come" if state == "missed" and on < ends else state,
    }


def _share(part: int, whole: int) -> Decimal | None:
    return (Decimal(part) / whole).quantize(Decimal("0.0001")) if whole else None


def _too_early(year: int) -> dict[str, str]:
    first = min(START_CURVES.editions)
    return {
        "code": "CURVE_IS_LATER",
        "field": "year",
        "sentence": f"The first curve is of {first}; {year} is held to it all the same.",
    }


def pairs_of(project: Project, others: Iterable[Project]) -> Iterator[Project]:
    """Those of the others that may have the same investor in another team's hands."""
    for other in others:
        if other.project_id != project.project_id and may_be_one(project, other):
            yield other
