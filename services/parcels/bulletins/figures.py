"""What a bulletin counts, from the cases of a township: each figure names the cases that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..remediation.case import Case
from ..remediation.reports import Approved, Completed, Identified, Planned, Report
from .period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The ids of the cases by what happened to them in the period, by the day of each report; `open`
    and `late` are as they stood at its end. `area_unknown` are the accepted ones whose report does not
    say how much was remediated."""

    identified: tuple[str, ...]
    planned: tuple[str, ...]
    approved: tuple[str, ...]
    completed: tuple[str, ...]
    open: tuple[str, ...]
    late: tuple[str, ...]
    area_unknown: tuple[str, ...]
    remediated_area_m2: Decimal
    vacated_area_m2: Decimal


def figures_of(cases: Iterable[Case], period: Period) -> Figures:
    """The figures of the period by what is known now."""
    cases = sorted(cases, key=lambda case: case.case_id)
    accepted = [case for case in cases if _happened(case, Completed, period)]
    reports = [report for case in accepted if (report := case.in_force(Completed))]
    areas = [report.remediated_area_m2 for report in reports]
    return Figures(
        identified=_ids(cases, lambda case: _happened(case, Identified, period)),
        planned=_ids(cases, lambda case: _happened(case, Planned, period)),
        approved=_ids(cases, lambda case: _happened(case, Approved, period)),
        completed=_ids(accepted, lambda _: True),
        open=_ids(cases, lambda case: is_open_on(case, period.last)),
        late=_ids(cases, lambda case: days_late(case, period.last) > 0),
        area_unknown=_ids(accepted, lambda case: _area_of(case) is None),
        remediated_area_m2=sum((area for area in areas if area), Decimal(0)),
        vacated_area_m2=sum((report.vacated_area_m2 for report in reports), Decimal(0)),
    )


def is_open_on(case: Case, day: date) -> bool:
    """Identified by that day, and not accepted by then."""
    identified, completed = case.in_force(Identified), case.in_force(Completed)
    begun = identified is not None and identified.said.on <= day
    return begun and not (completed and completed.said.on <= day)


def days_late(case: Case, day: date) -> int:
    """How many days the case was past the end of its plan [一企一方案] on that day; 0 if it was not."""
    planned = case.in_force(Planned)
    if planned is None or not is_open_on(case, day):
        return 0
    return max(0, (day - planned.planned_end_on).days)


def _happened(case: Case, kind: type[Report], period: Period) -> bool:
    report = case.in_force(kind)
    return report is not None and report.said.on in period


def _area_of(case: Case) -> Decimal | None:
    report = case.in_force(Completed)
    return report.remediated_area_m2 if report else None


def _ids(cases: Iterable[Case], counts: Callable[[Case], bool]) -> tuple[str, ...]:
    return tuple(case.case_id for case in cases if counts(case))
