"""The regular meeting [例会]: which cases are late, the last word on each, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from backbone.records import record

from ..remediation.case import LEADS_TO, Case
from ..remediation.course import CaseState, Stage, Step, course_of
from ..remediation.reports import Completed, Progressed
from ..remediation.turns import Turn
from .bulletin import RHYTHM
from .figures import closings, days_late, is_open_on


@record
class Decision:
    """What a meeting decided of a case. `due_on` is the day by which it shall be done, if one was set."""

    decision_id: str
    case_id: str
    township: str
    met_on: date
    decision: str
    due_on: date | None = None
    entered_at: datetime


@record
class LastWord:
    """The newest report or turn of a case: its kind, its day, and of a progress the percent. `note` is
    that of the progress, or what the turn says: its reason, what is missing, what was found."""

    report: str
    on: date
    percent: int | None = None
    note: str | None = None


@record
class LateCase:
    """`stage` is where it stood on the day; `days_late` is counted from the end of the plan; `decision`
    is the newest one of a meeting."""

    case_id: str
    parcel_id: str
    township: str
    stage: Stage
    planned_end_on: date
    days_late: int
    last_word: LastWord
    decision: Decision | None


def late_cases(
    cases: Iterable[Case], decisions: Sequence[Decision], on: date
) -> tuple[LateCase, ...]:
    """The cases past the end of their plan on that day, the latest first."""
    newest = {each.case_id: each for each in sorted(decisions, key=_by_day)}
    late = [_late(case, newest.get(case.case_id), on) for case in cases if days_late(case, on)]
    return tuple(sorted(late, key=lambda each: (-each.days_late, each.case_id)))


def closing_of(decision: Decision, case: Case) -> Step | None:
    """The acceptance, or the cancellation, by which the case was closed first since the meeting."""
    return next((step for step in closings(case) if step.said.on >= decision.met_on), None)


def is_pending(decision: Decision, case: Case, on: date) -> bool:
    """Whether it was to be done on that day still: its case is open, and was not closed since the meeting. A
    case that is reopened later has days of its own."""
    closing = closing_of(decision, case)
    return is_open_on(case, on) and (closing is None or closing.said.on > on)


def decided(decisions: Iterable[Decision], on: date, as_of: datetime) -> list[Decision]:
    """Those that a meeting had made by that day, and that were entered by that moment."""
    return [each for each in decisions if each.met_on <= on and each.entered_at <= as_of]


def stage_on(case: Case, day: date) -> Stage:
    """Where the case stood on that day, by the reports that are about it or an earlier one."""
    by_then = [each for kind in LEADS_TO if (each := case.in_force(kind)) and each.said.on <= day]
    steps = [step for step in case.course.taken if step.said.on <= day]
    states = [LEADS_TO[type(report)] for report in by_then]
    return course_of(
        max(states, key=lambda state: state.rank, default=CaseState.ANNOUNCED),
        next((each for each in by_then if isinstance(each, Progressed)), None),
        [step for step in steps if isinstance(step, Completed)],
        [step for step in steps if isinstance(step, Turn)],
    ).stage


def next_meeting(on: date) -> date:
    """The day of the meeting on that day or the first after it."""
    meeting = RHYTHM.on(on).meeting
    since = (on - meeting.first_on).days
    return on + timedelta(days=-since % meeting.every_days)


def _by_day(decision: Decision) -> tuple[date, datetime, str]:
    return decision.met_on, decision.entered_at, decision.decision_id


def _late(case: Case, decision: Decision | None, on: date) -> LateCase:
    assert case.planned is not None  # noqa: S101 - a case without a plan is never late
    return LateCase(
        case_id=case.case_id,
        parcel_id=case.parcel_id,
        township=case.township,
        stage=stage_on(case, on),
        planned_end_on=case.planned.planned_end_on,
        days_late=days_late(case, on),
        last_word=_last_word(case, on),
        decision=decision,
    )


def _last_word(case: Case, on: date) -> LastWord:
    """The newest report or turn up to the day. A plan has no day but that of its event; it is the last
    word, too, where all that is here is of later days."""
    reports = (report for kind in LEADS_TO if (report := case.in_force(kind)))
    said = [each for each in (*reports, *case.course.taken) if each.said.on <= on]
    newest = max(said, key=lambda each: each.said, default=case.planned)
    assert newest is not None  # noqa: S101 - a case without a plan is never late
    if isinstance(newest, Progressed):
        return LastWord(
            report=newest.kind, on=newest.said.on, percent=newest.percent, note=newest.note
        )
    note = _note_of(newest) if isinstance(newest, Turn) else None
    return LastWord(report=newest.kind, on=newest.said.on, note=note)


def _note_of(turn: Turn) -> str | None:
    return turn.reason or "; ".join(turn.missing or turn.findings) or None
