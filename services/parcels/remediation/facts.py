"""The facts of remediation, and when each is announced. Areas in m², days in the park."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..words import DisposalWay, Why
from .case import Case, SetAside
from .course import Step, place
from .reports import Approved, Completed, Identified, Planned, Progressed, Report
from .turns import Turn, TurnKind


@record
class RemediationIdentified:
    """`parcels.remediation_identified`: the task force found the plot to be of low efficiency."""

    case_id: str
    parcel_id: str
    township: str
    low_efficiency_reasons: tuple[str, ...]
    identified_on: date
    enterprise_ids: tuple[str, ...] = ()


@record
class RemediationPlanned:
    """`parcels.remediation_planned`: it is known what shall be done, and until when. Without
    `planned_on` the township did not say on which day that was planned."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    planned_end_on: date
    planned_on: date | None = None


@record
class RemediationApproved:
    """`parcels.remediation_approved`: the plan may be carried out."""

    case_id: str
    parcel_id: str
    township: str
    disposal_way: DisposalWay
    approved_on: date


@record
class RemediationProgressed:
    """`parcels.remediation_progressed`: how far it has come, in percent."""

    case_id: str
    parcel_id: str
    township: str
    percent: int
    reported_on: date


@record
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
    reopened_on: date | None = None


@record
class RemediationAcceptanceRequested:
    """`parcels.remediation_acceptance_requested`: the township holds the work to be done."""

    case_id: str
    parcel_id: str
    township: str
    requested_on: date
    request_no: int | None = None


@record
class RemediationReturned:
    """`parcels.remediation_returned`: the task force says what is missing; the work goes on."""

    case_id: str
    parcel_id: str
    township: str
    missing: tuple[str, ...]
    returned_on: date
    request_no: int | None = None


@record
class RemediationSuspended:
    """`parcels.remediation_suspended`: nothing is due until the case is resumed."""

    case_id: str
    parcel_id: str
    township: str
    reason: str
    suspended_on: date


@record
class RemediationResumed:
    """`parcels.remediation_resumed`: the case goes on where it stood."""

    case_id: str
    parcel_id: str
    township: str
    reason: str
    resumed_on: date


@record
class RemediationCancelled:
    """`parcels.remediation_cancelled`: the case is closed for good without an acceptance."""

    case_id: str
    parcel_id: str
    township: str
    reason: str
    cancelled_on: date


@record
class RemediationReopened:
    """`parcels.remediation_reopened`: the trouble came back after the acceptance."""

    case_id: str
    parcel_id: str
    township: str
    findings: tuple[str, ...]
    reopened_on: date


@record
class RemediationFollowedUp:
    """`parcels.remediation_followed_up`: somebody looked again at what had been accepted."""

    case_id: str
    parcel_id: str
    township: str
    findings: tuple[str, ...]
    all_is_well: bool
    followed_up_on: date


@record
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
    RemediationAcceptanceRequested,
    RemediationReturned,
    RemediationSuspended,
    RemediationResumed,
    RemediationCancelled,
    RemediationReopened,
    RemediationFollowedUp,
    RemediationContradicted,
)
TURN_FACTS = {
    TurnKind.ACCEPTANCE_REQUESTED: RemediationAcceptanceRequested,
    TurnKind.RETURNED: RemediationReturned,
    TurnKind.SUSPENDED: RemediationSuspended,
    TurnKind.RESUMED: RemediationResumed,
    TurnKind.CANCELLED: RemediationCancelled,
    TurnKind.REOPENED: RemediationReopened,
    TurnKind.FOLLOWED_UP: RemediationFollowedUp,
}


def facts_of(before: Case, after: Case) -> tuple[Any, ...]:
    """The facts of the step from `before` to `after`, in the order of the chain: each once, when its
    report comes into force or is corrected."""
    known = _standing_facts(before)
    return tuple(fact for fact in _standing_facts(after) if fact not in known)


def _standing_facts(case: Case) -> tuple[Any, ...]:
    """Every fact that the case stands for as it is."""
    ids = {"case_id": case.case_id, "parcel_id": case.parcel_id, "township": case.township}
    chain = [(fact_of, case.in_force(kind)) for kind, fact_of in FACT_OF.items()]
    facts = [fact_of(report, ids) for fact_of, report in chain if report]
    accepted = (step for step in case.course.taken if isinstance(step, Completed))
    told = (turn for turn in case.turns if turn.told)
    steps: list[Step] = sorted([*accepted, *told], key=place)
    facts += [_fact_of_step(step, ids) for step in steps]
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
        **ids,
        disposal_way=report.disposal_way,
        planned_end_on=report.planned_end_on,
        planned_on=report.planned_on,
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
        reopened_on=report.reopened_on,
    )


def _fact_of_step(step: Step, ids: dict[str, str]) -> Any:
    if not isinstance(step, Turn):
        return _completed_of(step, ids)
    fact = TURN_FACTS[step.kind]
    names = [each.name for each in fields(fact) if each.name not in ids]
    return fact(**ids, **step.what(names))


def _contradicted_of(aside: SetAside, ids: dict[str, str]) -> RemediationContradicted:
    reasons = tuple(reason.as_dict() for reason in aside.reasons)
    return RemediationContradicted(**ids, report=aside.report, reasons=reasons)


FACT_OF: dict[type[Report], Callable[[Any, dict[str, str]], Any]] = {
    Identified: _identified_of,
    Planned: _planned_of,
    Approved: _approved_of,
    Progressed: _progressed_of,
}
