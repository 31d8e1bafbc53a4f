"""Why an offer plan stands as it does: what was decided of it, and what was warned of."""

from __future__ import annotations

from collections.abc import Iterator

from backbone.errors import Reason
from park.why.said import RuleOutcome, RuleSaid, all_said, said

from .offer_plan import OfferPlan, OfferPlanState
from .rules import ORDER_39

OUTCOMES = {
    OfferPlanState.SUBMITTED: RuleOutcome.OPEN,
    OfferPlanState.APPROVED: RuleOutcome.KEPT,
    OfferPlanState.RETURNED: RuleOutcome.BARS,
    OfferPlanState.ENDED: RuleOutcome.FOLLOWS,
}


def rules_of(plan: OfferPlan) -> Iterator[RuleSaid]:
    """What stands of its last submission."""
    last, decision = plan.last, plan.last.decision
    told = f"It was submitted on {last.submitted_on} for release {last.release_no}."
    if decision:
        how = "approved" if decision.approved else "returned"
        by = f"{how} on {decision.decided_on} by {decision.decided_by}, {decision.document}"
        told = f"{told} It was {by}{f': {decision.remarks}' if decision.remarks else ''}."
    if plan.state is OfferPlanState.ENDED:
        told = f"{told} The land is no longer offered under that release."
    reason = Reason(f"OFFER_PLAN_{plan.state.upper()}", told, field="state")
    yield said(reason, OUTCOMES[plan.state], ORDER_39)
    yield from all_said(last.warnings, RuleOutcome.WARNS, ORDER_39)
