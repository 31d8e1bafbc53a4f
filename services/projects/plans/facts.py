"""The facts of plans. Areas in mu and m², days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from backbone.records import record

from ..listings.listing import Listing
from ..listings.notice import SupplyForm, SupplyWay
from .offer_plan import OfferPlan, OfferPlanState
from .plan import SupplyPlan

Why = dict[str, str]  # a reason: code, sentence, and perhaps field and source


@record
class SupplyPlanRecorded:
    """`projects.supply_plan_recorded`: the plan of the year, its `plan_version`-th as recorded. Of those the
    one with the latest `approved_on` is in force; of two of one day the later version."""

    plan_id: str
    region: str
    year: int
    plan_version: int
    total_mu: Decimal
    total_m2: Decimal
    approved_on: date
    published_on: date | None


@record
class SupplyPlanOverdue:
    """`projects.supply_plan_overdue`: the plan of the year was not published by the end of `due_on`, as far
    as is recorded."""

    plan_id: str
    region: str
    year: int
    due_on: date
    overdue_no: int


@record
class SupplyPlanOverdueLifted:
    """`projects.supply_plan_overdue_lifted`: it is public by now; `published_on` says whether it was late."""

    plan_id: str
    region: str
    year: int
    due_on: date
    published_on: date
    overdue_no: int


@record
class OfferPlanSubmitted:
    """`projects.offer_plan_submitted`: the government is asked to approve what is to be offered. `change_no`
    grows with each fact of the offer plan of a listing; the highest one says how it stands."""

    listing_id: str
    parcel_id: str
    township: str
    change_no: int
    submission_no: int
    release_no: int
    supply_way: SupplyWay
    supply_form: SupplyForm
    submitted_on: date


@record
class OfferPlanApproved:
    """`projects.offer_plan_approved`: the land may be noticed as it was submitted."""

    listing_id: str
    parcel_id: str
    township: str
    change_no: int
    submission_no: int
    release_no: int
    decided_on: date
    document: str


@record
class OfferPlanReturned:
    """`projects.offer_plan_returned`: it is to be changed, and submitted again; an approval before it is
    taken back."""

    listing_id: str
    parcel_id: str
    township: str
    change_no: int
    submission_no: int
    release_no: int
    decided_on: date
    document: str
    remarks: str | None


@record
class OfferPlanEnded:
    """`projects.offer_plan_ended`: the release that it was submitted for is gone; what was approved holds no
    longer."""

    listing_id: str
    parcel_id: str
    township: str
    change_no: int
    submission_no: int
    release_no: int


@record
class OfferPlanLies:
    """`projects.offer_plan_lies`: it has waited since then, for a decision or for its notice."""

    listing_id: str
    parcel_id: str
    township: str
    change_no: int
    offer_plan_state: OfferPlanState
    since_on: date


@record
class OfferPlanLiesLifted:
    """`projects.offer_plan_lies_lifted`: what was told as lying lies no longer."""

    listing_id: str
    parcel_id: str
    township: str
    change_no: int


@record
class OfferDeparted:
    """`projects.offer_departed`: a notice is out that is not as it was approved, or that the supply plan of
    the year does not have."""

    listing_id: str
    parcel_id: str
    township: str
    notice_version: int
    reasons: tuple[Why, ...]


EMITTED = (
    SupplyPlanRecorded,
    SupplyPlanOverdue,
    SupplyPlanOverdueLifted,
    OfferPlanSubmitted,
    OfferPlanApproved,
    OfferPlanReturned,
    OfferPlanEnded,
    OfferPlanLies,
    OfferPlanLiesLifted,
    OfferDeparted,
)
DEPARTED = ("NOTICE_DEPARTS_FROM_PLAN", "NOT_IN_SUPPLY_PLAN")


def recorded_of(plan: SupplyPlan) -> SupplyPlanRecorded:
    version = plan.versions[-1]
    return SupplyPlanRecorded(
        plan_id=plan.plan_id,
        region=plan.region,
        year=plan.year,
        plan_version=version.plan_version,
        total_mu=version.total_mu,
        total_m2=version.total_m2,
        approved_on=version.approved_on,
        published_on=version.published_on,
    )


def overdue_of(plan: SupplyPlan) -> SupplyPlanOverdue | SupplyPlanOverdueLifted:
    """The fact of what was told last of a plan that is, or was, overdue."""
    said: dict[str, Any] = {
        "plan_id": plan.plan_id,
        "region": plan.region,
        "year": plan.year,
        "due_on": plan.due_on,
        "overdue_no": plan.overdue_no,
    }
    if plan.published_on is None:
        return SupplyPlanOverdue(**said)
    return SupplyPlanOverdueLifted(**said, published_on=plan.published_on)


def submitted_of(plan: OfferPlan) -> OfferPlanSubmitted:
    last = plan.last
    return OfferPlanSubmitted(
        **_ids_of(plan),
        **_submission_of(plan),
        supply_way=last.content.supply_way,
        supply_form=last.content.supply_form,
        submitted_on=last.submitted_on,
    )


def decided_of(plan: OfferPlan) -> OfferPlanApproved | OfferPlanReturned:
    """The fact of the last decision."""
    decision = plan.last.decisions[-1]
    said: dict[str, Any] = _ids_of(plan) | _submission_of(plan)
    said |= {"decided_on": decision.decided_on, "document": decision.document}
    if decision.approved:
        return OfferPlanApproved(**said)
    return OfferPlanReturned(**said, remarks=decision.remarks)


def ended_of(plan: OfferPlan) -> OfferPlanEnded:
    return OfferPlanEnded(**_ids_of(plan), **_submission_of(plan))


def lies_of(plan: OfferPlan) -> OfferPlanLies | OfferPlanLiesLifted:
    """The fact that it lies too long, or no longer."""
    if not plan.lies_told:
        return OfferPlanLiesLifted(**_ids_of(plan))
    return OfferPlanLies(**_ids_of(plan), offer_plan_state=plan.state, since_on=plan.last.since_on)


def departed_of(listing: Listing, doubts: tuple[Reason, ...]) -> tuple[OfferDeparted, ...]:
    """The fact of a notice that is not as planned; a plan that nobody recorded is departed from by none."""
    reasons = tuple(each.as_dict() for each in doubts if each.code in DEPARTED)
    if not reasons:
        return ()
    departed = OfferDeparted(
        listing_id=listing.listing_id,
        parcel_id=listing.parcel_id,
        township=listing.township,
        notice_version=listing.notice_version,
        reasons=reasons,
    )
    return (departed,)


def _ids_of(plan: OfferPlan) -> dict[str, Any]:
    return {
        "listing_id": plan.listing_id,
        "parcel_id": plan.parcel_id,
        "township": plan.township,
        "change_no": plan.change_no,
    }


def _submission_of(plan: OfferPlan) -> dict[str, Any]:
    return {"submission_no": plan.last.submission_no, "release_no": plan.last.release_no}
