"""The lists of a report: what is due, the cases that a meeting is to decide, and its decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from park.dues.due import Due, DuePage, Place
from park.overview import OverviewPart, Reckoned

from ..bulletins.meeting import Decision, LastWord, LateCase, is_pending, stage_on
from ..remediation.case import Case
from .report import ReportLine, ReportList

MOST_LINES = 500  # of what is due, of each service: what lies behind is counted


def due_list(pages: Iterable[DuePage]) -> ReportList:
    """What is late in all services: by who has to act, and then by its day."""
    return _due_list(pages, lambda each: (each.holder or "", each.place))


def coming_list(pages: Iterable[DuePage]) -> ReportList:
    """What is due from the day of the question on, by its day. What has no day yet is left out."""
    return _due_list(map(_coming, pages), lambda each: ("", each.place))


def coming_from(day: date) -> str:
    """The cursor after all that is due before the day."""
    return str(Place(day.isoformat(), "", "", ""))


def _due_list(pages: Iterable[DuePage], in_order: Callable[[Due], tuple[str, Place]]) -> ReportList:
    given = list(pages)
    dues = sorted((each for page in given for each in page.dues), key=in_order)
    return ReportList(
        lines=tuple(map(_due, dues)),
        lines_found=sum(page.dues_found for page in given),
    )


def _coming(page: DuePage) -> DuePage:
    dues = tuple(each for each in page.dues if each.due_on)
    without = len(page.dues) - len(dues)
    return replace(page, dues=dues, dues_found=page.dues_found - page.late_found - without)


def cases_list(cases: Iterable[LateCase]) -> ReportList:
    lines = tuple(map(_late_case, cases))
    return ReportList(lines=lines, lines_found=len(lines))


def decisions_list(
    decisions: Iterable[Decision], cases: Mapping[str, Case], on: date
) -> ReportList:
    """Each decision, and where its case stood on the day. It is late while its case is open after the day
    by which it should have been done, and was not closed since the meeting."""
    lines = tuple(_decision(each, cases.get(each.case_id), on) for each in decisions)
    return ReportList(lines=lines, lines_found=len(lines))


def last_decisions(decisions: Iterable[Decision], meeting_on: date) -> list[Decision]:
    """Those of the last meeting before that one at which anything was decided."""
    before = [each for each in decisions if each.met_on < meeting_on]
    last = max((each.met_on for each in before), default=None)
    return [each for each in _in_order(before) if each.met_on == last]


def carried_over(
    decisions: Iterable[Decision], last: Iterable[Decision], cases: Mapping[str, Case], on: date
) -> list[Decision]:
    """Decisions of the meetings before the last one, of which the case is open on the day and was so ever
    since."""
    newest = min((each.met_on for each in last), default=date.min)
    older = [each for each in decisions if each.met_on < newest]
    return [
        e for e in _in_order(older) if e.case_id in cases and is_pending(e, cases[e.case_id], on)
    ]


def parts_of(found: ReportList, event_of: Callable[[ReportLine], str | None]) -> Reckoned:
    """How many things are on a list, each with the event or call that put it there."""
    parts = (
        OverviewPart(
            thing=each.thing,
            thing_id=each.thing_id,
            adds=Decimal(1),
            about_on=each.due_on,
            event_id=event_of(each),
        )
        for each in found.lines
    )
    return Reckoned(parts=tuple(parts))


def _in_order(decisions: Iterable[Decision]) -> list[Decision]:
    return sorted(decisions, key=lambda each: (each.met_on, each.case_id, each.decision_id))


def _due(due: Due) -> ReportLine:
    return ReportLine(
        thing=due.thing,
        thing_id=due.thing_id,
        about_id=due.about_id,
        township=due.township,
        holder=due.holder,
        what=due.what,
        due_on=due.due_on,
        days_late=due.days_late,
        says=due.decision or due.rule,
    )


def _late_case(case: LateCase) -> ReportLine:
    return ReportLine(
        thing="case",
        thing_id=case.case_id,
        about_id=case.parcel_id,
        township=case.township,
        what=str(case.stage),
        due_on=case.planned_end_on,
        days_late=case.days_late,
        says=_said(case.last_word),
    )


def _said(word: LastWord) -> str:
    percent = f" {word.percent} %" if word.percent is not None else ""
    return f"{word.on} {_in_words(word.report)}{percent}" + (f": {word.note}" if word.note else "")


def _in_words(code: str) -> str:
    return code.replace("_", " ")


def _decision(decision: Decision, case: Case | None, on: date) -> ReportLine:
    pending = case is not None and is_pending(decision, case, on)
    late = (on - decision.due_on).days if pending and decision.due_on else 0
    return ReportLine(
        thing="decision",
        thing_id=decision.decision_id,
        about_id=decision.case_id,
        township=decision.township,
        what=decision.decision,
        due_on=decision.due_on,
        days_late=max(0, late),
        says=f"{decision.met_on}; the case is {_in_words(stage_on(case, on))}" if case else None,
    )
