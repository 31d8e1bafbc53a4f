"""What a report must keep to: one function per rule, which answers with a reason or with nothing.

`OWN_RULES` are held against every report, `STANDING_RULES` against one that is the latest of its kind:
it must fit what is in force. `CHAIN_RULES` are held once more against a report that had to wait, when
those before it have come.
"""

from __future__ import annotations

from backbone.errors import Reason
from backbone.records import record
from park.rules import Rule
from park.units import AREA_TOLERANCE_M2

from ..register.parcel import Parcel
from ..register.rules import parcel_is_gone
from ..rulebook import ROLES, WAYS, Roles, Vacates, Way
from ..words import DisposalWay
from .case import Case
from .reports import Approved, Completed, Planned, Report
from .turns import Turn, TurnKind

CHAIN = "workflow of a remediation case: identified, planned, approved, completed"


@record
class Situation:
    """A report, the case that it is to move, and the parcel as it stands. A report is measured by the
    rulebook of the day that it is about."""

    report: Report | Turn
    case: Case
    parcel: Parcel

    @property
    def roles(self) -> Roles:
        return ROLES.on(self.report.said.on)

    def way(self, way: DisposalWay) -> Way:
        return WAYS.on(self.report.said.on)[way]


def role_may_move_it(situation: Situation) -> Reason | None:
    """Each step of a case has its own authority; an approval also depends on the disposal way."""
    report = situation.report
    if isinstance(report, Approved):
        way = situation.way(report.disposal_way)
        allowed, source = way.approved_by, way.source
    else:
        allowed, source = getattr(situation.roles, report.kind), situation.roles.source
    if report.operator_role in allowed:
        return None
    return Reason(
        "WRONG_ROLE",
        f"This report comes from {' or '.join(allowed)}; operator_role must say so.",
        field="data.operator_role",
        source=source,
    )


def case_stays_on_its_parcel(situation: Situation) -> Reason | None:
    """A case belongs to one parcel, the one that it was first reported for."""
    case, parcel = situation.case, situation.parcel
    if case.parcel_id == parcel.parcel_id:
        return None
    return Reason(
        "CASE_OF_ANOTHER_PARCEL",
        f"This case is one of the parcel {case.parcel_id}; another parcel needs a case of its own.",
        field="data.parcel_id",
    )


def gone_parcel_has_no_new_case(situation: Situation) -> Reason | None:
    """A parcel that was split or merged is no more: what is left to do is done on what has taken its
    place."""
    case, parcel = situation.case, situation.parcel
    if not parcel.is_gone or case.case_id in parcel.case_ids:
        return None
    return parcel_is_gone(parcel)


def way_vacates_land(situation: Situation) -> Reason | None:
    """By some ways the occupant stays, and nothing is vacated."""
    report = situation.report
    if not isinstance(report, Completed) or report.vacated_area_m2 == 0:
        return None
    way = situation.way(report.disposal_way)
    if way.vacates is not Vacates.NO:
        return None
    return Reason(
        "WAY_VACATES_NOTHING",
        f"No land is vacated by {report.disposal_way}; the vacated area must be 0.",
        field="data.vacated_area_m2",
        source=way.source,
    )


def vacated_land_fits_parcel(situation: Situation) -> Reason | None:
    """处置面积 ≤ 占地面积: no more land is vacated than the parcel has."""
    report, parcel = situation.report, situation.parcel
    if not isinstance(report, Completed) or parcel.area_m2 is None:
        return None
    if report.vacated_area_m2 <= parcel.area_m2 + AREA_TOLERANCE_M2:
        return None
    return Reason(
        "VACATES_MORE_THAN_PARCEL",
        f"The parcel has {parcel.area_m2} m²; not more than that can be vacated. Check the unit.",
        field="data.vacated_area_m2",
        source="处置面积 ≤ 占地面积",
    )


def remediated_land_fits_parcel(situation: Situation) -> Reason | None:
    """No more land is remediated than the parcel has, within 0.01 mu."""
    report, parcel = situation.report, situation.parcel
    if not isinstance(report, Completed) or parcel.area_m2 is None:
        return None
    if (report.remediated_area_m2 or 0) <= parcel.area_m2 + AREA_TOLERANCE_M2:
        return None
    return Reason(
        "REMEDIATES_MORE_THAN_PARCEL",
        f"The parcel has {parcel.area_m2} m²; not more than that can be remediated. Check the unit.",
        field="data.remediated_area_m2",
        source="处置面积 ≤ 占地面积",
    )


def vacated_land_was_remediated(situation: Situation) -> Reason | None:
    """To vacate land is one way to remediate it: the vacated area is a part of the remediated one."""
    report = situation.report
    if not isinstance(report, Completed) or report.remediated_area_m2 is None:
        return None
    if report.vacated_area_m2 <= report.remediated_area_m2 + AREA_TOLERANCE_M2:
        return None
    return Reason(
        "VACATES_MORE_THAN_REMEDIATED",
        "Vacated land counts as remediated; the remediated area must be at least the vacated one.",
        field="data.remediated_area_m2",
    )


def plan_keeps_approved_way(situation: Situation) -> Reason | None:
    """After its approval a plan may be corrected, but not to another way."""
    report, case = situation.report, situation.case
    approved = case.in_force(Approved)
    if not isinstance(report, Planned) or approved is None:
        return None
    if report.disposal_way == approved.disposal_way:
        return None
    return Reason(
        "WAY_ALREADY_APPROVED",
        f"The plan was approved as {approved.disposal_way}; another way needs a case of its own.",
        field="data.disposal_way",
        source=CHAIN,
    )


def approval_follows_plan(situation: Situation) -> Reason | None:
    """What is approved is what was planned."""
    report, case = situation.report, situation.case
    planned = case.in_force(Planned)
    if not isinstance(report, Approved) or planned is None:
        return None
    if report.disposal_way == planned.disposal_way:
        return None
    return Reason(
        "WAY_NOT_PLANNED",
        f"The plan says {planned.disposal_way}; report that way, or a changed plan first.",
        field="data.disposal_way",
        source=CHAIN,
    )


def completion_follows_approval(situation: Situation) -> Reason | None:
    """What is accepted is what was approved."""
    report, case = situation.report, situation.case
    approved = case.in_force(Approved)
    if not isinstance(report, Completed) or approved is None:
        return None
    if report.disposal_way == approved.disposal_way:
        return None
    return Reason(
        "WAY_NOT_APPROVED",
        f"The case was approved as {approved.disposal_way}; it can only be completed in that way.",
        field="data.disposal_way",
        source=CHAIN,
    )


def acceptance_is_final(situation: Situation) -> Reason | None:
    """A case is accepted once, and once more after each reopening. The same report again does no
    harm."""
    report, case = situation.report, situation.case
    if not isinstance(report, Completed):
        return None
    accepted = case.accepted_like(report)
    if accepted is None or accepted.says_the_same_as(report):
        return None
    reopened = any(turn.kind is TurnKind.REOPENED for turn in case.turns)
    again = (
        " Name in reopened_on the day of the reopening that this one follows."
        if reopened
        else " To accept it anew, reopen the case first (remediation.reopened)."
    )
    return Reason(
        "ALREADY_COMPLETED",
        f"The case was accepted on {accepted.said.on}, with other figures; that acceptance is final."
        + again,
        field="data.case_id",
        source=CHAIN,
    )


def acceptance_follows_reopening(situation: Situation) -> Reason | None:
    """Who accepts a case once more has seen what it was reopened for."""
    report = situation.report
    if not isinstance(report, Completed) or report.reopened_on is None:
        return None
    if report.said.on >= report.reopened_on:
        return None
    return Reason(
        "ACCEPTED_BEFORE_REOPENED",
        f"The case was reopened on {report.reopened_on}; it cannot be accepted again before that day.",
        field="data.completed_on",
        source=CHAIN,
    )


OWN_RULES: tuple[Rule[Situation], ...] = (
    role_may_move_it,
    way_vacates_land,
    vacated_land_was_remediated,
    case_stays_on_its_parcel,
    gone_parcel_has_no_new_case,
    acceptance_is_final,
    acceptance_follows_reopening,
)
CHAIN_RULES: tuple[Rule[Situation], ...] = (
    vacated_land_fits_parcel,
    remediated_land_fits_parcel,
    approval_follows_plan,
    completion_follows_approval,
)
STANDING_RULES: tuple[Rule[Situation], ...] = (plan_keeps_approved_way, *CHAIN_RULES)
