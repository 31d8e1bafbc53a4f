"""How steps, holds, policies, plans, targets and projects stood when their day was over, in words."""

from __future__ import annotations

from decimal import Decimal

from park.dues.due import Due
from park.dues.stood import Stood, about, itself
from park.time import end_of
from park.units import tidy

from ..commitments.commitment import LandCommitments
from ..commitments.due import STEPS, review_for
from ..contracts.contract import Contract
from ..dues.due_step import StepKind
from ..handbook.hold import PlotHold
from ..pipeline.project import Project
from ..plans.offer_plan import OfferPlan
from ..platforms.platform import Platform, reached_by, target_id_of
from ..policies.policy import Policy
from ..supply.supply import Supply


def _contract_of(due: Due) -> str:
    """The id of the supply of a step, which is that of its contract."""
    return due.thing_id.rsplit(".", 2)[0]


def _applied(supply: Supply, due: Due) -> str | None:
    """How many had applied, and paid their bond, when the hour of the notice had come."""
    if due.due_on is None:
        return None
    notice, known_at = supply.notice, end_of(due.due_on)
    is_bond = due.what == StepKind.BONDS.value
    at = notice.bonds_close_at if is_bond else notice.applications_close_at
    stood = [each for each in supply.applications if each.stood(at, known_at)]
    paid = sum(1 for each in stood if each.had_paid(at, known_at))
    return f"{len(stood)} applicants, {paid} with their bond"


def _awarded(supply: Supply, _: Due) -> str:
    return supply.state.value


def _bonds(supply: Supply, _: Due) -> str:
    winner = supply.award.application_id if supply.award else None
    others = [a.bond for a in supply.applications if a.bond and a.application_id != winner]
    back = sum(1 for bond in others if bond.returned_on)
    return f"{supply.state.value}, {back} of {len(others)} bonds returned"


def _paid(contract: Contract, _: Due) -> str:
    amounts = (each.amount_cny for each in contract.instalments if each.paid_on)
    paid, price = tidy(sum(amounts, Decimal(0))), tidy(contract.price_cny)
    return f"{contract.state.value}, paid {paid:f} of {price:f} yuan"


def _delivered(contract: Contract, _: Due) -> str:
    return contract.state.value


def _built(contract: Contract, _: Due) -> str:
    begun = "begun" if contract.started_on else "not begun"
    return f"{contract.state.value}, building {'complete' if contract.completed_on else begun}"


def _reviewed(land: LandCommitments, due: Due) -> str:
    stages = [stage for stage, kind in STEPS.items() if kind.value == due.what]
    asked = [each for each in land.commitments if each.promised.check_stage in stages]
    done = sum(1 for each in asked if due.due_on and review_for(each, due.due_on))
    return f"{done} of {len(asked)} promises reviewed"


def _held(hold: PlotHold, _: Due) -> str:
    return hold.end.value if hold.end else "held"


def _in_force(policy: Policy, due: Due) -> str:
    in_force = due.due_on is not None and policy.in_force(due.due_on)
    return "in force" if in_force else "not in force"


def _at_stage(project: Project, _: Due) -> str:
    return project.stage.value


def _decided(plan: OfferPlan, _: Due) -> str:
    return plan.state.value


def _reached(platform: Platform, due: Due) -> str | None:
    """A platform has several targets; none where this one was not on record."""
    of = {target_id_of(platform.platform_id, t.target_name): t for t in platform.plans[-1].targets}
    target = of.get(due.thing_id)
    if target is None or due.due_on is None:
        return None
    reached = reached_by(target, platform.known(), due.due_on)
    return f"reached {reached:f} of {target.target_value:f}"


STOOD = {
    StepKind.APPLICATIONS.value: Stood(Supply, _contract_of, _applied),
    StepKind.BONDS.value: Stood(Supply, _contract_of, _applied),
    StepKind.RESULT_PUBLICITY.value: Stood(Supply, _contract_of, _awarded),
    StepKind.BOND_RETURN.value: Stood(Supply, _contract_of, _bonds),
    StepKind.CONTRACT.value: Stood(Supply, _contract_of, _awarded),
    StepKind.PAYMENT.value: Stood(Contract, _contract_of, _paid),
    StepKind.DELIVERY.value: Stood(Contract, _contract_of, _delivered),
    StepKind.START.value: Stood(Contract, _contract_of, _built),
    StepKind.COMPLETION.value: Stood(Contract, _contract_of, _built),
    **{kind.value: Stood(LandCommitments, _contract_of, _reviewed) for kind in STEPS.values()},
    "policy_end": Stood(Policy, itself, _in_force),
    "exception_end": Stood(Policy, itself, _in_force),
    "hold_end": Stood(PlotHold, itself, _held),
    "target": Stood(Platform, about, _reached),
    "settlement": Stood(Project, about, _at_stage),
    "next_step": Stood(Project, itself, _at_stage),
    "decide_offer_plan": Stood(OfferPlan, itself, _decided),
    "publish_notice": Stood(OfferPlan, itself, _decided),
}
