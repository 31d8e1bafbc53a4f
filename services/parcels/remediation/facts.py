"""The facts of remediation, and when each is announced. Areas in m², days in the park."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ..words import DisposalWay, Why
from .case import Case, SetAside
from .reports import Approved, Completed, Identified, Planned, Progressed, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationIdentified:
    """`parcels.remediation_identified`: the task force found the plot to be of low efficiency."""

    case_id: str
    parcel_id: str
    township: str
    low_efficiency_reasons: tuple[str, ...]
    identified_on: date
    enterprise_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationPlanned:
    """`parcels.remediation_planned`: it is known what shall be done, and until when."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    planned_end_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationApproved:
    """`parcels.remediation_approved`: the plan may be carried out."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    approved_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationProgressed:
    """`parcels.remediation_progressed`: how far it has come, in percent."""

    case_id: str
    parcel_id: str
    township: str
    percent: int
    reported_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationCompleted:
    """`parcels.remediation_completed`: accepted and closed. Nothing is vacated by most ways. Without
    `remediated_area_m2` it was not reported how much land was remediated."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    vacated_area_m2: Decimal
    completed_on: date
    remediated_area_m2: Decimal | None = None
    enterprise_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RemediationContradicted:
    """`parcels.remediation_contradicted`: a report that had been waiting does not fit what came
    before it in the chain, and was set aside."""

    case_id: str
    parcel_id: str
    township: str
    report: str
    reasons: tuple[Why, ...]


EMITTED = (
    RemediationIdentified,
    RemediationPlanned,
    RemediationApproved,
    RemediationProgressed,
    RemediationCompleted,
    RemediationContradicted,
)


def facts_of(before: Case, after: Case) -> tuple[Any, ...]:
    """The facts of the step from `before` to `after`, in the order of the chain: each once, when its
    report comes into force or is corrected."""
    known = _standing_facts(before)
    return tuple(fact for fact in _standing_facts(after) if fact not in known)


def _standing_facts(case: Case) -> tuple[Any, ...]:
    """Every fact that the case stands for as it is."""
    ids = {"case_id": case.case_id, "parcel_id": case.parcel_id, "township": case.township}
    chain = [(fact_of, case.in_force(kind)) for kind, fact_of in FACT_OF.items()]
    facts = (fact_of(report, ids) for fact_of, report in chain if report)
    return (*facts, *(_contradicted_of(aside, ids) for aside in case.set_aside))


def _identified_of(report: Identified, ids: dict[str, str]) -> RemediationIdentified:
    reasons = report.low_efficiency_reasons
    return RemediationIdentified(
        **ids,
        low_efficiency_reasons=reasons,
        identified_on=report.said.on,
        enterprise_ids=report.enterprise_ids,
    )


def _planned_of(report: Planned, ids: dict[str, str]) -> RemediationPlanned:
    return RemediationPlanned(
        **ids, disposal_way=report.disposal_way, planned_end_on=report.planned_end_on
    )


def _approved_of(report: Approved, ids: dict[str, str]) -> RemediationApproved:
    return RemediationApproved(**ids, disposal_way=report.disposal_way, approved_on=report.said.on)


def _progressed_of(report: Progressed, ids: dict[str, str]) -> RemediationProgressed:
    return RemediationProgressed(**ids, percent=report.percent, reported_on=report.said.on)


def _completed_of(report: Completed, ids: dict[str, str]) -> RemediationCompleted:
    return RemediationCompleted(
        **ids,
        disposal_way=report.disposal_way,
        vacated_area_m2=report.vacated_area_m2,
        completed_on=report.said.on,
        remediated_area_m2=report.remediated_area_m2,
        enterprise_ids=report.enterprise_ids,
    )


def _contradicted_of(aside: SetAside, ids: dict[str, str]) -> RemediationContradicted:
    reasons = tuple(reason.as_dict() for reason in aside.reasons)
    return RemediationContradicted(**ids, report=aside.report, reasons=reasons)


FACT_OF: dict[type[Report], Callable[[Any, dict[str, str]], Any]] = {
    Identified: _identified_of,
    Planned: _planned_of,
    Approved: _approved_of,
    Progressed: _progressed_of,
    Completed: _completed_of,
}
