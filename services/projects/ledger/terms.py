"""Of which firm a deadline of land or of a contest is, and how long its rule is: what the award, the contract
and the prize say of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from park.dues.due import Due

from ..commitments.due import REVIEWS, STEPS
from ..contests.contest import Contest
from ..contests.entry import ContestEntry
from ..contracts.contract import Contract
from ..dues.due_step import DueStep, StepKind
from ..supply.supply import Supply

UNTIL_CONTRACT = (*StepKind,)[: (*StepKind,).index(StepKind.CONTRACT) + 1]
OF_THE_WINNER = (StepKind.RESULT_PUBLICITY, StepKind.CONTRACT)
STAGES = {kind: stage for stage, kind in STEPS.items()}


def by_terms(due: Due, step: DueStep, supply: Supply | None, contract: Contract | None) -> Due:
    """A step with its firm: the winner until the contract, then who bears the duties of the contract on that
    day; after a contract also with its length."""
    if step.supply_step in OF_THE_WINNER:
        winner = supply.winner if supply else None
        return replace(due, enterprise_ids=_ids([winner.bidder.enterprise_id] if winner else ()))
    if step.supply_step in UNTIL_CONTRACT or contract is None:
        return due
    bearers = contract.bearers_on(due.due_on) if due.due_on else contract.duty_bearers
    firms = _ids(each.enterprise_id for each in bearers)
    return replace(due, enterprise_ids=firms, length=_length(step, contract))


def by_contest(due: Due, entry: ContestEntry, contest: Contest) -> Due:
    """The settlement of a winner with its firm, and the months that its prize gives."""
    prize = contest.last.prize(entry.prize)
    months = prize.settle_within_months if prize else None
    return replace(due, enterprise_ids=_ids([entry.last.enterprise_id]), length=months)


def _length(step: DueStep, contract: Contract) -> int | None:
    """Days or months, as the step counts; none of an instalment, whose day the contract names."""
    kind, terms = step.supply_step, contract.terms
    if kind in STAGES:
        review = REVIEWS.on(contract.signed_on).due[STAGES[kind]]
        return review.months + 12 * (step.instalment_no - 1)
    return {
        StepKind.DELIVERY: terms.deliver_within_days,
        StepKind.START: terms.start_within_months,
        StepKind.COMPLETION: terms.complete_within_months,
    }.get(kind)


def _ids(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({each for each in found if each}))
