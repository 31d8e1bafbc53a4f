"""The figures of the campaign, each with the cases that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from backbone.errors import Reason
from backbone.records import record
from park.units import show_mu

from ..remediation.course import Stage
from ..words import DisposalWay
from . import why
from .counting import Counting, Unit
from .outcome import Outcome

Area = Callable[[Outcome], Decimal | None]


class Figure(StrEnum):
    REMEDIATED = "remediated"
    VACATED = "vacated"
    BY_WAY = "by_way"


class Kind(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"  # some cases do not say how much


@record
class WayFigure:
    """`count` is the number of firms or of cases, as the rule says; `cases_without_firms` name none."""

    disposal_way: DisposalWay
    count: int
    cases: int
    cases_without_firms: int


@record
class CampaignFigures:
    """Areas are those of plots, each counted once; they do not follow from the firms, nor the firms
    from them. `remediated_kind` is at least if there are `cases_without_area`."""

    since: date
    until: date
    township: str | None
    cases: int
    cases_without_area: int
    remediated_area_m2: Decimal
    remediated_area_mu: Decimal
    remediated_kind: Kind
    vacated_area_m2: Decimal
    vacated_area_mu: Decimal
    by_way: tuple[WayFigure, ...]
    rule: Counting


@record
class Line:
    """What one case adds to a figure: an area, or its firms. `adds` is false for a case that is in the
    period and adds nothing, and `reason` says why; `stage` says where it stands today."""

    case_id: str
    parcel_id: str
    disposal_way: DisposalWay
    counted_on: date
    adds: bool
    stage: Stage
    area_m2: Decimal | None = None
    enterprise_ids: tuple[str, ...] = ()
    reason: Reason | None = None


def figures_of(
    outcomes: list[Outcome], rule: Counting, since: date, until: date, township: str | None
) -> CampaignFigures:
    """The figures of these cases, all of which count."""
    remediated = sum((area for _, area in by_plot(outcomes, AREAS[Figure.REMEDIATED])), Decimal())
    vacated = sum((area for _, area in by_plot(outcomes, AREAS[Figure.VACATED])), Decimal())
    unknown = sum(each.remediated_area_m2 is None for each in outcomes)
    return CampaignFigures(
        since=since,
        until=until,
        township=township,
        cases=len(outcomes),
        cases_without_area=unknown,
        remediated_area_m2=remediated,
        remediated_area_mu=Decimal(show_mu(remediated)),
        remediated_kind=Kind.AT_LEAST if unknown else Kind.EXACT,
        vacated_area_m2=vacated,
        vacated_area_mu=Decimal(show_mu(vacated)),
        by_way=tuple(_by_way(outcomes, rule)),
        rule=rule,
    )


def lines_of(
    figure: Figure, outcomes: list[Outcome], rule: Counting, way: DisposalWay | None
) -> list[Line]:
    """The cases behind a figure, of all that are in the period. Those that add something add up to it."""
    wanted = [each for each in outcomes if way in (None, each.disposal_way)]
    counted = [each for each in outcomes if rule.stands(each)]
    if figure is Figure.BY_WAY:
        return _lines_of_firms(wanted, counted, rule)
    area = AREAS[figure]
    adding = {each.case_id: each for each, _ in by_plot(counted, area)}
    return [
        _line(
            each,
            rule,
            reason=None
            if each.case_id in adding
            else why.no_area(each, rule, area(each), adding.values()),
            area_m2=area(each),
        )
        for each in wanted
    ]


def _lines_of_firms(wanted: list[Outcome], counted: list[Outcome], rule: Counting) -> list[Line]:
    firms, by_cases = firms_of(counted, rule), rule.unit is Unit.CASES
    return [
        _line(
            each,
            rule,
            reason=None
            if (by_cases and rule.stands(each)) or firms.get(each.case_id)
            else why.no_firm(each, rule),
            firms=firms.get(each.case_id, ()),
        )
        for each in wanted
    ]


def _line(
    outcome: Outcome,
    rule: Counting,
    *,
    reason: Reason | None,
    area_m2: Decimal | None = None,
    firms: tuple[str, ...] = (),
) -> Line:
    return Line(
        case_id=outcome.case_id,
        parcel_id=outcome.parcel_id,
        disposal_way=outcome.disposal_way,
        counted_on=rule.day_of(outcome),
        adds=reason is None,
        stage=outcome.stage,
        area_m2=area_m2,
        enterprise_ids=firms,
        reason=reason,
    )


AREAS: dict[Figure, Area] = {
    Figure.REMEDIATED: lambda outcome: outcome.remediated_area_m2,
    Figure.VACATED: lambda outcome: outcome.vacated_area_m2,
}


def by_plot(outcomes: Iterable[Outcome], area: Area) -> list[tuple[Outcome, Decimal]]:
    """The cases that add to the area, and how much. A plot counts once, by the case with the largest
    area; land that was split off counts with the plot that it was a part of, whichever is more."""
    known = [(each, found) for each in outcomes if (found := area(each))]
    return _on_parts(sorted(known, key=lambda pair: pair[0].lineage), 0)


def _on_parts(pairs: list[tuple[Outcome, Decimal]], depth: int) -> list[tuple[Outcome, Decimal]]:
    """`pairs` have a lineage longer than `depth`, and are in the order of their lineages."""
    plots = groupby(pairs, key=lambda pair: pair[0].lineage[depth])
    return [pair for _, on_plot in plots for pair in _on_plot(list(on_plot), depth + 1)]


def _on_plot(pairs: list[tuple[Outcome, Decimal]], depth: int) -> list[tuple[Outcome, Decimal]]:
    own = [pair for pair in pairs if len(pair[0].lineage) == depth]
    parts = _on_parts([pair for pair in pairs if len(pair[0].lineage) > depth], depth)
    largest = max(own, key=lambda pair: (pair[1], pair[0].case_id), default=None)
    if largest is None or largest[1] < sum(found for _, found in parts):
        return parts
    return [largest]


def firms_of(outcomes: Iterable[Outcome], rule: Counting) -> dict[str, tuple[str, ...]]:
    """The firms that each case adds: a firm counts once, by its last case."""
    last: dict[str, Outcome] = {}
    ordered = sorted(outcomes, key=lambda each: (rule.day_of(each), each.case_id))
    for outcome in ordered:
        last |= dict.fromkeys(outcome.enterprise_ids, outcome)
    return {
        each.case_id: tuple(firm for firm in each.enterprise_ids if last[firm] is each)
        for each in ordered
    }


def _by_way(outcomes: list[Outcome], rule: Counting) -> Iterable[WayFigure]:
    firms = firms_of(outcomes, rule)
    for way in DisposalWay:
        cases = [each for each in outcomes if each.disposal_way is way]
        counted = sum(len(firms[each.case_id]) for each in cases)
        yield WayFigure(
            disposal_way=way,
            count=counted if rule.unit is Unit.FIRMS else len(cases),
            cases=len(cases),
            cases_without_firms=sum(not each.enterprise_ids for each in cases),
        )
