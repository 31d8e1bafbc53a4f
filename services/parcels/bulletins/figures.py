"""What a bulletin counts, from the cases of a township: each figure names the cases that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from backbone.records import record

from ..remediation.case import Case
from ..remediation.course import Step
from ..remediation.reports import Approved, Completed, Identified, Planned, Report
from ..remediation.turns import TurnKind
from .period import Span


@record
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


def figures_of(cases: Iterable[Case], period: Span) -> Figures:
    """The figures of the period by what is known now."""
    cases = sorted(cases, key=lambda case: case.case_id)
    accepted = {case.case_id: found for case in cases if (found := accepted_in(case, period))}
    areas = [report.remediated_area_m2 for report in accepted.values()]
    unknown = [case_id for case_id, report in accepted.items() if report.remediated_area_m2 is None]
    return Figures(
        identified=_ids(cases, lambda case: _happened(case, Identified, period)),
        planned=_ids(cases, lambda case: _happened(case, Planned, period)),
        approved=_ids(cases, lambda case: _happened(case, Approved, period)),
        completed=tuple(accepted),
        open=_ids(cases, lambda case: is_open_on(case, period.last)),
        late=_ids(cases, lambda case: days_late(case, period.last) > 0),
        area_unknown=tuple(unknown),
        remediated_area_m2=sum((area for area in areas if area), Decimal(0)),
        vacated_area_m2=sum((each.vacated_area_m2 for each in accepted.values()), Decimal(0)),
    )


def is_open_on(case: Case, day: date) -> bool:
    """Identified by that day, and not accepted or cancelled, unless it was reopened since."""
    identified = case.in_force(Identified)
    if identified is None or identified.said.on > day:
        return False
    by_then = [step for step in case.course.taken if step.said.on <= day]
    is_open = [OPENS[kind] for step in by_then if (kind := _kind(step)) in OPENS]
    return is_open[-1] if is_open else True


def closings(case: Case) -> list[Step]:
    """The acceptances and cancellations that closed the case, in the order of their days."""
    return [step for step in case.course.taken if not OPENS.get(_kind(step), True)]


def is_suspended_on(case: Case, day: date) -> bool:
    """Whether its clock stood still on that day."""
    by_then = [_kind(step) for step in case.course.taken if step.said.on <= day]
    turns = [kind for kind in by_then if kind in (*OPENS, *SUSPENDS)]
    return bool(turns) and turns[-1] is TurnKind.SUSPENDED


def days_late(case: Case, day: date) -> int:
    """How many days the case was past the end of its plan [一企一方案] on that day; 0 if it was not, or
    was suspended. The end moves by the days for which the work was suspended, as on its path."""
    planned = case.in_force(Planned)
    if planned is None or not is_open_on(case, day) or is_suspended_on(case, day):
        return 0
    return max(0, (day - planned.planned_end_on).days - _rested(case, day))


def _rested(case: Case, day: date) -> int:
    """How many days of the work, which begins with its approval, the case was suspended by that day."""
    approved = case.in_force(Approved)
    begun = approved.said.on if approved else day
    rests = case.course.rests(day)
    return sum(max(0, (last - max(first, begun)).days) for first, last in rests)


def _kind(step: Step) -> TurnKind | None:
    """The kind of a turn; none is an acceptance."""
    return None if isinstance(step, Completed) else step.kind


def accepted_in(case: Case, period: Span) -> Completed | None:
    """The last acceptance of the period that had an effect."""
    accepted = [step for step in case.course.taken if isinstance(step, Completed)]
    return next((each for each in reversed(accepted) if each.said.on in period), None)


def _happened(case: Case, kind: type[Report], period: Span) -> bool:
    report = case.in_force(kind)
    return report is not None and report.said.on in period


def _ids(cases: Iterable[Case], counts: Callable[[Case], bool]) -> tuple[str, ...]:
    return tuple(case.case_id for case in cases if counts(case))


# whether a case is open after such a step; None is an acceptance
OPENS = {None: False, TurnKind.CANCELLED: False, TurnKind.REOPENED: True}
SUSPENDS = (TurnKind.SUSPENDED, TurnKind.RESUMED)
