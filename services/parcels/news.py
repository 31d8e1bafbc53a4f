"""What is announced of a case: each fact once, when its report comes into force or is corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .case import Case, SetAside
from .facts import (
    RemediationApproved,
    RemediationCompleted,
    RemediationContradicted,
    RemediationIdentified,
    RemediationPlanned,
    RemediationProgressed,
)
from .reports import Approved, Completed, Identified, Planned, Progressed, Report


def news(before: Case, after: Case) -> tuple[Any, ...]:
    """The facts of the step from `before` to `after`, in the order of the chain."""
    known = _facts(before)
    return tuple(fact for fact in _facts(after) if fact not in known)


def _facts(case: Case) -> tuple[Any, ...]:
    """Every fact that the case stands for as it is."""
    ids = {"case_id": case.case_id, "parcel_id": case.parcel_id, "township": case.township}
    chain = [(tell, case.in_force(kind)) for kind, tell in TOLD.items()]
    facts = (tell(report, ids) for tell, report in chain if report)
    return (*facts, *(_contradicted(aside, ids) for aside in case.set_aside))


def _identified(report: Identified, ids: dict[str, str]) -> RemediationIdentified:
    reasons = report.low_efficiency_reasons
    return RemediationIdentified(
        **ids, low_efficiency_reasons=reasons, identified_on=report.said.on
    )


def _planned(report: Planned, ids: dict[str, str]) -> RemediationPlanned:
    return RemediationPlanned(
        **ids, disposal_way=report.disposal_way, planned_end_on=report.planned_end_on
    )


def _approved(report: Approved, ids: dict[str, str]) -> RemediationApproved:
    return RemediationApproved(**ids, disposal_way=report.disposal_way, approved_on=report.said.on)


def _progressed(report: Progressed, ids: dict[str, str]) -> RemediationProgressed:
    return RemediationProgressed(**ids, percent=report.percent, reported_on=report.said.on)


def _completed(report: Completed, ids: dict[str, str]) -> RemediationCompleted:
    return RemediationCompleted(
        **ids,
        disposal_way=report.disposal_way,
        vacated_area_m2=report.vacated_area_m2,
        completed_on=report.said.on,
    )


def _contradicted(aside: SetAside, ids: dict[str, str]) -> RemediationContradicted:
    reasons = tuple(reason.as_dict() for reason in aside.reasons)
    return RemediationContradicted(**ids, report=aside.report, reasons=reasons)


TOLD: dict[type[Report], Callable[[Any, dict[str, str]], Any]] = {
    Identified: _identified,
    Planned: _planned,
    Approved: _approved,
    Progressed: _progressed,
    Completed: _completed,
}
