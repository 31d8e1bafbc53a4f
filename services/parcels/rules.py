"""What a report must keep to: one function per rule, which answers with a reason or with nothing.

`OWN_RULES` are held against every report, `STANDING_RULES` against one that is the latest of its kind:
it must fit what is in force. `CHAIN_RULES` are held once more against a report that had to wait, when
those before it have come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from backbone.errors import Reason, Refused
from park.units import AREA_TOLERANCE_M2

from .case import Case
from .parcel import Parcel, ParcelState
from .policy import Policy, Vacates, in_force
from .reports import Approved, Completed, Planned, Report
from .terms import Said

CHAIN = "workflow of a remediation case: identified, planned, approved, completed"
Rule = Callable[[Report, Case, Parcel, Policy], Reason | None]


def role_may_move_it(report: Report, case: Case, parcel: Parcel, policy: Policy) -> Reason | None:
    """Each step of a case has its own authority; an approval also depends on the disposal way."""
    if isinstance(report, Approved):
        way = policy.ways[report.disposal_way]
        allowed, source = way.approved_by, way.source
    else:
        allowed, source = getattr(policy.moved_by, report.kind), policy.moved_by.source
    if report.operator_role in allowed:
        return None
    return Reason(
        "WRONG_ROLE",
        f"This report comes from {' or '.join(allowed)}; operator_role must say so.",
        field="data.operator_role",
        source=source,
    )


def case_stays_on_its_parcel(
    report: Report, case: Case, parcel: Parcel, policy: Policy
) -> Reason | None:
    """A case belongs to one parcel, the one that it was first reported for."""
    if case.parcel_id == parcel.parcel_id:
        return None
    return Reason(
        "CASE_OF_ANOTHER_PARCEL",
        f"This case is one of the parcel {case.parcel_id}; another parcel needs a case of its own.",
        field="data.parcel_id",
    )


def split_parcel_has_no_new_case(
    report: Report, case: Case, parcel: Parcel, policy: Policy
) -> Reason | None:
    """A parcel that was split is no more: what is left to do is done on its children."""
    if parcel.state is not ParcelState.SPLIT or case.case_id in parcel.case_ids:
        return None
    return _is_split(parcel)


def way_vacates_land(report: Report, case: Case, parcel: Parcel, policy: Policy) -> Reason | None:
    """By some ways the occupant stays, and nothing is vacated."""
    if not isinstance(report, Completed) or report.vacated_area_m2 == 0:
        return None
    way = policy.ways[report.disposal_way]
    if way.vacates is not Vacates.NO:
        return None
    return Reason(
        "WAY_VACATES_NOTHING",
        f"No land is vacated by {report.disposal_way}; the vacated area must be 0.",
        field="data.vacated_area_m2",
        source=way.source,
    )


def vacated_land_fits_parcel(
    report: Report, case: Case, parcel: Parcel, policy: Policy
) -> Reason | None:
    """处置面积 ≤ 占地面积: no more land is vacated than the parcel has."""
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


def plan_keeps_approved_way(
    report: Report, case: Case, parcel: Parcel, policy: Policy
) -> Reason | None:
    """After its approval a plan may be corrected, but not to another way."""
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


def approval_follows_plan(
    report: Report, case: Case, parcel: Parcel, policy: Policy
) -> Reason | None:
    """What is approved is what was planned."""
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


def completion_follows_approval(
    report: Report, case: Case, parcel: Parcel, policy: Policy
) -> Reason | None:
    """What is accepted is what was approved."""
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


def acceptance_is_final(
    report: Report, case: Case, parcel: Parcel, policy: Policy
) -> Reason | None:
    """A case is accepted once. The same report again does no harm."""
    accepted = case.in_force(Completed)
    if not isinstance(report, Completed) or accepted is None or report.says_the_same_as(accepted):
        return None
    return Reason(
        "ALREADY_COMPLETED",
        f"The case was accepted on {accepted.said.on}, with other figures; that acceptance is final.",
        field="data.case_id",
        source=CHAIN,
    )


OWN_RULES: tuple[Rule, ...] = (
    role_may_move_it,
    way_vacates_land,
    case_stays_on_its_parcel,
    split_parcel_has_no_new_case,
    acceptance_is_final,
)
CHAIN_RULES: tuple[Rule, ...] = (
    vacated_land_fits_parcel,
    approval_follows_plan,
    completion_follows_approval,
)
STANDING_RULES: tuple[Rule, ...] = (plan_keeps_approved_way, *CHAIN_RULES)


def broken(rules: Iterable[Rule], report: Report, case: Case, parcel: Parcel) -> tuple[Reason, ...]:
    """Every rule that the report breaks, by the policy of the day that it is about."""
    policy = in_force(report.said.on)
    reasons = (rule(report, case, parcel, policy) for rule in rules)
    return tuple(reason for reason in reasons if reason)


# --- whatever is reported


def not_your_township(publisher: str, owner: str, field: str) -> Reason | None:
    """A township writes its own parcels and cases, and nobody else's."""
    if publisher == owner:
        return None
    return Reason(
        "NOT_YOUR_TOWNSHIP",
        f"This belongs to the township {owner}; only that township reports it.",
        field=field,
    )


def not_yet(said: Said, today: date, field: str) -> Reason | None:
    """A day that has not come would outlast every true report. A day's grace is for slow clocks."""
    if said.on <= today + timedelta(days=1):
        return None
    return Reason("NOT_YET", f"Today is {today}; give a day that has come.", field=field)


def survey_of_split_parcel(parcel: Parcel) -> Reason | None:
    """A parcel that was split cannot be surveyed again; its children can."""
    return _is_split(parcel) if parcel.state is ParcelState.SPLIT else None


def older_record(parcel: Parcel, said: Said) -> Reason | None:
    """The newest record of the soil stands; an office that enters an older one should know."""
    if parcel.soil is None or parcel.soil.recorded <= said:
        return None
    return Reason(
        "OLDER_RECORD",
        f"There is a record of {parcel.soil.recorded.on}; an older one changes nothing.",
        field="recorded_on",
    )


def _is_split(parcel: Parcel) -> Reason:
    children = ", ".join(parcel.child_ids)
    return Reason(
        "PARCEL_SPLIT",
        f"The parcel was split into {children}; report the one that is meant.",
        field="data.parcel_id",
    )


def refuse(*found: Reason | None) -> None:
    """Raise `Refused` with these reasons, if there are any."""
    if reasons := [reason for reason in found if reason]:
        raise Refused(reasons)
