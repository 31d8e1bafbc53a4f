"""How reports move a case, in whatever order they come.

A case keeps its reports, and its state follows from those that are here: a completion that comes
before its approval waits for it. Once a report is in force it stays so.
"""

from __future__ import annotations

from typing import Any

from park.rules import broken, refuse

from ..register.parcel import Parcel
from ..words import WAITS_FOR_PARCEL
from .case import Case
from .course import CaseState
from .facts import facts_of
from .reports import Completed, Report
from .rules import CHAIN_RULES, OWN_RULES, STANDING_RULES, Situation
from .turns import Turn, TurnKind

WAITS_FOR = {
    CaseState.ANNOUNCED: "waits for its identification",
    CaseState.IDENTIFIED: "waits for its plan",
    CaseState.PLAN_DRAFTED: "waits for the approval of its plan",
}
TURN_WAITS = {
    TurnKind.ACCEPTANCE_REQUESTED: "waits: the case was not at work on that day",
    TurnKind.RETURNED: "waits for the request for acceptance before it",
    TurnKind.SUSPENDED: "waits: the case was closed or suspended already on that day",
    TurnKind.RESUMED: "waits for the suspension before it",
    TurnKind.CANCELLED: "waits: the case was closed on that day; one that was accepted is reopened first",
    TurnKind.REOPENED: "waits for the acceptance before it; a case that is open needs no reopening",
    TurnKind.FOLLOWED_UP: "waits for the acceptance before it",
}


def reported(case: Case, parcel: Parcel, report: Report) -> tuple[Any, ...]:
    """The case with the report, and the facts that follow. An older report of a kind changes
    nothing. Raises `Refused` if it breaks a rule or contradicts what is in force."""
    situation = Situation(report=report, case=case, parcel=parcel)
    refuse(*broken(OWN_RULES, situation))
    held = case.held_like(report)
    if held and held.says_the_same_as(report):
        report = _both(held, report)
    elif held and held.place > report.place:
        return (case,)
    refuse(*broken(STANDING_RULES, situation))
    after = _moved_on(case.with_report(report), parcel)
    return after, *facts_of(case, after)


def turned(case: Case, parcel: Parcel, turn: Turn) -> tuple[Any, ...]:
    """The case with the turn, and the facts that follow. One that does not fit is kept: what it builds
    on may still come. Raises `Refused` if it breaks a rule."""
    refuse(*broken(OWN_RULES, Situation(report=turn, case=case, parcel=parcel)))
    after = _moved_on(case.with_turn(turn), parcel)
    return after, *facts_of(case, after)


def advanced(case: Case, parcel: Parcel) -> tuple[Any, ...]:
    """The case after its parcel was registered, and the facts that had waited for that."""
    after = _moved_on(case, parcel)
    return after, *facts_of(case, after)


def _both(a: Report, b: Report) -> Report:
    """Of two reports that say the same the later one, with what only the other one says."""
    earlier, later = sorted((a, b), key=lambda each: each.place)
    return later.completed_by(earlier)


def _moved_on(case: Case, parcel: Parcel) -> Case:
    """The case with every report in force that may be; one that contradicts is set aside."""
    taken = case.course.taken
    while parcel.registered and (report := case.next_report()):
        reasons = broken(CHAIN_RULES, Situation(report=report, case=case, parcel=parcel))
        case = case.without(report, reasons) if reasons else case.moved_by(report)
    if case.chain is CaseState.ACCEPTED:
        waited = [report for report in case.completed_again if report not in taken]
        case = _without_contradictions(case, parcel, waited)
    return case.with_way().with_course()


def _without_contradictions(case: Case, parcel: Parcel, waited: list[Completed]) -> Case:
    """The case without those later acceptances that had waited and contradict its chain."""
    for report in waited:
        if reasons := broken(CHAIN_RULES, Situation(report=report, case=case, parcel=parcel)):
            case = case.without(report, reasons)
    return case


def note_of(case: Case, report: Report, *, registered: bool) -> str | None:
    """What the township's receipt says of a report that was accepted and is not in force; `registered` says
    whether the parcel of the case is."""
    held = case.held_like(report)
    if held is None or not held.says_the_same_as(report):
        return "a later report of this kind stands"
    if not registered:
        return WAITS_FOR_PARCEL
    if not case.in_force(type(report)):
        return WAITS_FOR.get(case.chain, "waits for the first acceptance of the case")
    if isinstance(report, Completed) and held not in case.course.taken:
        return _note_of_acceptance(report)
    return None


def _note_of_acceptance(report: Completed) -> str:
    if report.reopened_on:
        return f"waits for the reopening of {report.reopened_on}"
    return "the case was cancelled before that day; this has no effect"


def note_of_turn(case: Case, turn: Turn, *, registered: bool) -> str | None:
    """What the township's receipt says of a turn that was accepted and has no effect as yet."""
    if case.course.has_taken(turn):
        return None
    if not registered:
        return WAITS_FOR_PARCEL
    if case.chain is CaseState.ANNOUNCED:
        return WAITS_FOR[case.chain]
    return TURN_WAITS[turn.kind]
