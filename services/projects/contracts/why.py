"""Why a contract stands as it does: what it asks for by which day, and what bars its next step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from backbone.errors import Reason
from park.dues.due import Due
from park.why.said import RuleOutcome, RuleSaid, all_said, of_due, said

from ..dues.due_step import DueStep, StepKind
from ..listings.rules import VACANT_LAND
from .contract import Contract
from .rules import Following, building_ends_first, contract_stands, not_paid, transfer_is_early

THE_CONTRACT = "the contract"


def rules_of(
    contract: Contract, dues: Iterable[tuple[DueStep, Due]], today: date
) -> Iterator[RuleSaid]:
    """What the rules say of it on the day. `dues` are the steps that follow it, each as it is due."""
    void = void_of(contract, today)
    if void:
        yield said(void, RuleOutcome.BROKEN, THE_CONTRACT)
    yield from all_said(contract.against, RuleOutcome.BARS, VACANT_LAND)
    for step, due in dues:
        if not step.dropped:
            yield of_due(due, step.done_on, _about(step))
    if void:
        return
    unpaid = None if contract.registered_on else not_paid(contract, today)
    wrong = building_ends_first(contract)
    early = transfer_is_early(contract, today)
    if unpaid:
        yield said(unpaid, RuleOutcome.BARS, THE_CONTRACT)
    if wrong:
        yield said(wrong, RuleOutcome.BROKEN, THE_CONTRACT)
    if early:
        yield said(early, RuleOutcome.BARS, THE_CONTRACT)


def void_of(contract: Contract, today: date) -> Reason | None:
    """Why nothing follows the contract any more, if it is void."""
    return contract_stands(Following(contract=contract, field="state", on=today, today=today))


def _about(step: DueStep) -> str:
    if step.supply_step is StepKind.PAYMENT:
        return f"{step.instalment_no} of {step.amount_cny} CNY"
    return ""
