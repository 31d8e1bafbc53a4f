"""The facts of steps that are due, and late. Days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record

from .due_step import DueStep, Reminder, StepKind


@record
class DeadlineNear:
    """`projects.deadline_near`: applications for land on offer end soon, or bonds are due soon;
    `days_overdue` is negative."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    supply_step: StepKind
    level: str
    due_on: date
    days_overdue: int


@record
class ContractOverdue:
    """`projects.contract_overdue`: land was awarded, and the contract is not signed in its days."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    level: str
    due_on: date
    days_overdue: int


@record
class PaymentDue:
    """`projects.payment_due`: an instalment will be due, or is late; `days_overdue` is negative ahead."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    instalment_no: int
    level: str
    due_on: date
    days_overdue: int
    amount_cny: Decimal | None = None


@record
class StartOverdue:
    """`projects.start_overdue`: building has not begun by the day of the contract, or a year or two later."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    level: str
    due_on: date
    days_overdue: int


@record
class SupplyStepOverdue:
    """`projects.supply_step_overdue`: publicity of the result, return of bonds, delivery or completion."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    supply_step: StepKind
    level: str
    due_on: date
    days_overdue: int


@record
class ReviewDue:
    """`projects.review_due`: a review of what a contract promises will be due, or is late; `review_no` counts
    those of a stage, `days_overdue` is negative ahead."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    supply_step: StepKind
    review_no: int
    level: str
    due_on: date
    days_overdue: int


EMITTED = (DeadlineNear, ContractOverdue, PaymentDue, StartOverdue, SupplyStepOverdue, ReviewDue)
REVIEWS = (
    StepKind.START_REVIEW,
    StepKind.COMPLETION_REVIEW,
    StepKind.FULL_CAPACITY_REVIEW,
    StepKind.ANNUAL_REVIEW,
)
OF_KIND: dict[StepKind, Any] = {
    StepKind.CONTRACT: ContractOverdue,
    StepKind.START: StartOverdue,
}


def reminder_of(step: DueStep, reminder: Reminder, today: date) -> Any:
    """The fact of a reminder."""
    about: dict[str, Any] = {
        "supply_id": step.supply_id,
        "listing_id": step.listing_id,
        "parcel_id": step.parcel_id,
        "township": step.township,
        "level": reminder.level,
        "due_on": step.due_on,
        "days_overdue": (today - step.due_on).days if step.due_on else 0,
    }
    if step.supply_step is StepKind.PAYMENT:
        return PaymentDue(**about, instalment_no=step.instalment_no, amount_cny=step.amount_cny)
    if step.supply_step in REVIEWS:
        return ReviewDue(**about, supply_step=step.supply_step, review_no=step.instalment_no)
    if fact := OF_KIND.get(step.supply_step):
        return fact(**about)
    near = step.supply_step in (StepKind.APPLICATIONS, StepKind.BONDS)
    return (DeadlineNear if near else SupplyStepOverdue)(**about, supply_step=step.supply_step)
