"""Why a commitment is kept, late or breached: what was promised, what a review found, and when it was due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backbone.errors import Reason
from park.why.said import RuleOutcome, RuleSaid, said

from ..contracts.contract import Contract
from ..contracts.why import THE_CONTRACT, void_of
from .commitment import Commitment, LandCommitments
from .due import REVIEWS, STEPS, steps_of
from .promises import told
from .standing import About, Standing, StandingRow, rows_of

NOBODY = About(sector=None, team=None, policy_code=None)
OUTCOMES = {
    Standing.KEPT: RuleOutcome.KEPT,
    Standing.LATE: RuleOutcome.LATE,
    Standing.BREACHED: RuleOutcome.BROKEN,
    Standing.OPEN: RuleOutcome.OPEN,
    Standing.MOVED: RuleOutcome.FOLLOWS,
}
STAYS_THEIRS = "the contract; 浙江省土地管理条例 (2021) art. 35"  # with whoever bore it on that day


def rules_of(land: LandCommitments, contract: Contract, today: date) -> Iterator[RuleSaid]:
    """How each promise stands on the day, in the hands of whoever bore it until then, and the step of its
    review."""
    if void := void_of(contract, today):
        yield said(void, RuleOutcome.BROKEN, THE_CONTRACT)
    steps = {(each.supply_step, each.due_on): each.step_id for each in steps_of(land, contract)}
    by_id = {each.commitment_id: each for each in land.commitments}
    review_days = REVIEWS.on(contract.signed_on).source
    for row in rows_of(land, contract, NOBODY, today):
        step_id = steps.get((STEPS[row.check_stage], row.due_on))
        reason = Reason(
            f"COMMITMENT_{row.standing.upper()}", _sentence(row, by_id[row.commitment_id], today)
        )
        is_lasting = row.standing in (Standing.BREACHED, Standing.MOVED)
        yield said(
            reason,
            OUTCOMES[row.standing],
            STAYS_THEIRS if is_lasting else review_days,
            due_on=row.due_on,
            of=("due_step", step_id) if step_id else None,
        )


def _sentence(row: StandingRow, commitment: Commitment, today: date) -> str:
    printed = commitment.printed
    late = f" since {row.late_since}" if row.late_since else ""
    due = f", reviewed by {row.due_on}" if row.due_on else ", with no day of a review yet"
    return (
        f"{commitment.commitment_id}: promised is {printed.code} {told(printed)}{due}; "
        f"{_reached(commitment, today)}: {row.standing}{late}."
    )


def _reached(commitment: Commitment, today: date) -> str:
    """What the last review until the day found; one that was early decided nothing."""
    looked = [each for each in commitment.reviews if each.reviewed_on <= today]
    if not looked:
        return "no review yet"
    last = looked[-1]
    found = "met" if last.met else "missed"
    early = ", before its day" if last.early else ""
    unit = commitment.promised.unit
    return f"review {last.review_id} of {last.reviewed_on} found {last.actual:f} {unit} ({found}{early})"
