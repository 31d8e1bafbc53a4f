"""How reports move a case, in whatever order they come.

A case keeps its reports, and its state follows from those that are here: a completion that comes
before its approval waits for it. Once a report is in force it stays so.
"""

from __future__ import annotations

from typing import Any

from park.rules import broken, refuse

from ..register.parcel import Parcel
from .case import Case, CaseState
from .facts import facts_of
from .reports import Report
from .rules import CHAIN_RULES, OWN_RULES, STANDING_RULES, Situation

WAITS_FOR = {
    CaseState.ANNOUNCED: "waits for its identification",
    CaseState.IDENTIFIED: "waits for its plan",
    CaseState.PLAN_DRAFTED: "waits for the approval of its plan",
}


def reported(case: Case, parcel: Parcel, report: Report) -> tuple[Any, ...]:
    """The case with the report, and the facts that follow. An older report of a kind changes
    nothing. Raises `Refused` if it breaks a rule or contradicts what is in force."""
    situation = Situation(report=report, case=case, parcel=parcel)
    refuse(*broken(OWN_RULES, situation))
    held = case.held(type(report))
    if held and held.says_the_same_as(report):
        report = _both(held, report)
    elif held and held.said > report.said:
        return (case,)
    refuse(*broken(STANDING_RULES, situation))
    after = _moved_on(case.with_report(report), parcel)
    return after, *facts_of(case, after)


def advanced(case: Case, parcel: Parcel) -> tuple[Any, ...]:
    """The case after its parcel was registered, and the facts that had waited for that."""
    after = _moved_on(case, parcel)
    return after, *facts_of(case, after)


def _both(a: Report, b: Report) -> Report:
    """Of two reports that say the same the later one, with what only the other one says."""
    earlier, later = sorted((a, b), key=lambda each: each.said)
    return later.completed_by(earlier)


def _moved_on(case: Case, parcel: Parcel) -> Case:
    """The case with every report in force that may be; one that contradicts is set aside."""
    while parcel.registered and (report := case.next_report()):
        reasons = broken(CHAIN_RULES, Situation(report=report, case=case, parcel=parcel))
        case = case.without(report, reasons) if reasons else case.moved_by(report)
    return case.with_way()


def note_of(case: Case, parcel: Parcel, report: Report) -> str | None:
    """What the township's receipt says of a report that was accepted and is not in force."""
    held = case.held(type(report))
    if held is None or not held.says_the_same_as(report):
        return "a later report of this kind stands"
    if case.in_force(type(report)):
        return None
    if not parcel.registered:
        return "waits for the registration of its parcel"
    return WAITS_FOR[case.state]
