"""What is due after a contract: its instalments, the delivery of the land, the start and end of building."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from park.time import months_later

from ..dues.due_step import About, DueStep, StepKind
from .contract import Contract


def steps_of(contract: Contract) -> Iterator[DueStep]:
    """Every step that the contract asks for; those of a void one are dropped."""
    about = About(contract.contract_id, contract.listing_id, contract.parcel_id, contract.township)
    terms, signed_on, void = contract.terms, contract.signed_on, contract.voided_on is not None
    for each in contract.instalments:
        yield about.step(
            StepKind.PAYMENT,
            number=each.instalment_no,
            due_on=each.due_on,
            done_on=each.paid_on,
            amount_cny=each.amount_cny,
            dropped=void,
        )
    if terms.deliver_within_days is not None:
        due_on = signed_on + timedelta(days=terms.deliver_within_days)
        yield about.step(
            StepKind.DELIVERY, due_on=due_on, done_on=contract.delivered_on, dropped=void
        )
    if starts := start_due_on(contract):
        yield about.step(StepKind.START, due_on=starts, done_on=begun_on(contract), dropped=void)
    if terms.complete_within_months is not None:
        due_on = months_later(signed_on, terms.complete_within_months)
        yield about.step(
            StepKind.COMPLETION, due_on=due_on, done_on=contract.completed_on, dropped=void
        )


def start_due_on(contract: Contract) -> date | None:
    """The day until which building is to begin; none if the contract does not say."""
    months = contract.terms.start_within_months
    return None if months is None else months_later(contract.signed_on, months)


def begun_on(contract: Contract) -> date | None:
    """The day on which building began; what is complete had begun, whoever forgot to say so."""
    return contract.started_on or contract.completed_on
