"""What the rules say of each kind of thing that projects keeps, and what has to be read for that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

from park.dues.due import Asked, Due
from park.time import day_of, end_of
from park.why.said import Explainer, RuleOutcome, RuleSaid, all_said, of_due

from ..commitments import why as commitments
from ..commitments.commitment import LandCommitments
from ..contests.contest import Contest
from ..contests.entry import ContestEntry
from ..contracts import why as contracts
from ..contracts.contract import Contract
from ..dues.due_step import DueStep
from ..handbook import why as holds
from ..handbook.hold import PlotHold
from ..leads.lead import Lead
from ..ledger import dues, terms
from ..listings.listing import Listing
from ..listings.rules import VACANT_LAND
from ..matching import why as matching
from ..matching.match import Match
from ..pipeline import why as pipeline
from ..pipeline.project import Project, project_of
from ..plans import why as plans
from ..plans.offer_plan import OfferPlan
from ..platforms.platform import Platform
from ..policies.policy import Policy
from ..supply.supply import Supply

Store: TypeAlias = Any  # the unit of work
MOST = 1000  # listings that are open, steps of one listing
MOST_SHOWN = 20  # matches of one lead


def of_contract(store: Store, contract: Contract) -> Iterator[RuleSaid]:
    steps = _steps(store, contract.contract_id, contract.listing_id, before_contract=False)
    return contracts.rules_of(contract, steps, store.today)


def of_commitments(store: Store, land: LandCommitments) -> Iterator[RuleSaid]:
    contract = store.require(Contract, land.contract_id)
    return commitments.rules_of(land, contract, store.today)


def of_supply(store: Store, supply: Supply) -> Iterator[RuleSaid]:
    yield from all_said(supply.against, RuleOutcome.BARS, VACANT_LAND)
    for step, due in _steps(store, supply.supply_id, supply.listing_id, before_contract=True):
        if not step.dropped:
            yield of_due(due, step.done_on)


def of_due_step(store: Store, step: DueStep) -> Iterator[RuleSaid]:
    if not step.dropped:
        yield of_due(_due_of(store, step), step.done_on)


def of_lead(store: Store, lead: Lead) -> Iterator[RuleSaid]:
    project = store.get(Project, lead.lead_id) or project_of(lead)
    yield from pipeline.rules_of(project, store.today, store.now)
    yield from _land_for(store, lead)


def of_project(store: Store, project: Project) -> Iterator[RuleSaid]:
    yield from pipeline.rules_of(project, store.today, store.now)
    yield from _dues(dues.of_next_step(project, _today(store)))
    if lead := store.get(Lead, project.project_id):
        yield from _land_for(store, lead)


def of_match(store: Store, match: Match) -> Iterator[RuleSaid]:
    listing = store.require(Listing, match.listing_id)
    for lead_id in match.lead_ids[:MOST_SHOWN]:
        lead = store.require(Lead, lead_id)
        yield from matching.rules_of(lead, listing, ("lead", lead_id))


def of_hold(store: Store, hold: PlotHold) -> Iterator[RuleSaid]:
    listing = store.require(Listing, hold.listing_id)
    on_its_day = store.today == day_of(store.now)
    yield from holds.rules_of(hold, listing, store.now if on_its_day else end_of(store.today))
    yield from _dues(dues.of_hold(hold, listing.township, _today(store)))


def of_offer_plan(store: Store, plan: OfferPlan) -> Iterator[RuleSaid]:
    yield from plans.rules_of(plan)
    yield from _dues(dues.of_offer_plan(plan, _today(store)))


def of_platform(store: Store, platform: Platform) -> Iterator[RuleSaid]:
    return _dues(*dues.of_targets(platform, _today(store)))


def of_policy(store: Store, policy: Policy) -> Iterator[RuleSaid]:
    return _dues(*dues.of_policy(policy, _today(store)))


def of_entry(store: Store, entry: ContestEntry) -> Iterator[RuleSaid]:
    due, contest = dues.of_settlement(entry, _today(store)), store.get(Contest, entry.contest_id)
    return _dues(terms.by_contest(due, entry, contest) if due and contest else due)


EXPLAINED: dict[type, Explainer] = {
    Contract: of_contract,
    LandCommitments: of_commitments,
    Supply: of_supply,
    DueStep: of_due_step,
    Lead: of_lead,
    Project: of_project,
    Match: of_match,
    PlotHold: of_hold,
    OfferPlan: of_offer_plan,
    Platform: of_platform,
    Policy: of_policy,
    ContestEntry: of_entry,
}


def _today(store: Store) -> Asked:
    return Asked(on=store.today)


def _dues(*found: Due | None) -> Iterator[RuleSaid]:
    return (of_due(each) for each in found if each)


def _steps(
    store: Store, supply_id: str, listing_id: str, *, before_contract: bool
) -> Iterator[tuple[DueStep, Due]]:
    """The steps of a supply up to its contract, or those after it."""
    for step in store.find(DueStep, MOST, "due_on", listing_id=listing_id):
        is_before = step.supply_step in terms.UNTIL_CONTRACT
        if step.supply_id == supply_id and is_before is before_contract:
            yield step, _due_of(store, step)


def _due_of(store: Store, step: DueStep) -> Due:
    """The step as it is due, with the length of its rule."""
    of_supply, of_contract = (store.get(each, step.supply_id) for each in (Supply, Contract))
    return terms.by_terms(dues.of_step(step, _today(store)), step, of_supply, of_contract)


def _land_for(store: Store, lead: Lead) -> Iterator[RuleSaid]:
    """Whether the land that was matched fits it still, or why none was."""
    matches = store.find(Match, MOST_SHOWN, lead_ids=lead.lead_id)
    for match in matches:
        listing = store.require(Listing, match.listing_id)
        yield from matching.rules_of(lead, listing, ("listing", match.listing_id))
    if not matches and lead.is_looking:
        yield matching.nothing_fits(lead, store.find(Listing, MOST, is_open=True))
