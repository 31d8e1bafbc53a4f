"""projects: land that is offered, and investment that looks for land."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from backbone import Store
from backbone.errors import Reason
from backbone.messages.envelope import Event

from .amendments import entrypoints as amendments
from .assignment import entrypoints as assignment
from .bidding import entrypoints as bidding
from .clauses import entrypoints as clauses
from .commitments import entrypoints as commitments
from .contests import entrypoints as contests
from .contracts import entrypoints as contracts
from .contracts.contract import Contract
from .dues import entrypoints as dues
from .findings import Finding
from .funds import entrypoints as funds
from .handbook import entrypoints as handbook
from .handbook.pages import entrypoints as prospects
from .handbook.rulebook import HANDBOOK
from .heartbeat import entrypoints as heartbeat
from .leads import entrypoints as leads
from .leads.lead import Lead
from .ledger import entrypoints as ledger
from .listings import entrypoints as listings
from .listings.listing import Listing
from .listings.notice import Notice
from .matching import entrypoints as matching
from .notices import entrypoints as notices
from .notices.published import found_of, found_of_content
from .overview import entrypoints as overview
from .pipeline import entrypoints as pipeline
from .plans import entrypoints as plans
from .plans.offer_plan import OfferContent
from .platforms import entrypoints as platforms
from .policies import entrypoints as policies
from .supply import entrypoints as supply
from .supply.bidding import start_price_doubts
from .supply.online import entrypoints as online
from .supply.supply import Supply, last_ended_on, supply_id_of
from .talents import entrypoints as talents
from .verdicts import entrypoints as verdicts
from .why import entrypoints as why


class ProjectsService(
    listings.Listings,
    leads.Leads,
    matching.Matching,
    verdicts.Verdicts,
    assignment.Assignment,
    commitments.Commitments,
    online.OnlineBidding,
    amendments.Amendments,
    notices.Notices,
    pipeline.Pipeline,
    platforms.Platforms,
    funds.Funds,
    talents.Talents,
    contests.Contests,
    clauses.Clauses,
    policies.Policies,
    handbook.Holds,
    handbook.Handbook,
    prospects.Prospects,
    bidding.Biddings,
    supply.Supplies,
    plans.SupplyPlans,
    ledger.Ledger,
    overview.Overviews,
    heartbeat.Heartbeats,
    why.Explanations,
):
    """Drafts a listing for released land, holds its notice to the law, finds leads for it, and follows
    the land from its award to what was promised of it."""

    name = "projects"

    store = Store(
        *listings.KEPT,
        *leads.KEPT,
        *matching.KEPT,
        *dues.KEPT,
        *supply.KEPT,
        *contracts.KEPT,
        *commitments.KEPT,
        *pipeline.KEPT,
        *platforms.KEPT,
        *funds.KEPT,
        *talents.KEPT,
        *contests.KEPT,
        *clauses.KEPT,
        *policies.KEPT,
        *handbook.KEPT,
        *prospects.KEPT,
        *plans.KEPT,
        emits=(
            *listings.EMITTED,
            *leads.EMITTED,
            *matching.EMITTED,
            *dues.EMITTED,
            *supply.EMITTED,
            *amendments.EMITTED,
            *contracts.EMITTED,
            *commitments.EMITTED,
            *pipeline.EMITTED,
            *platforms.EMITTED,
            *funds.EMITTED,
            *talents.EMITTED,
            *contests.EMITTED,
            *clauses.EMITTED,
            *policies.EMITTED,
            *handbook.EMITTED,
            *plans.EMITTED,
            *heartbeat.EMITTED,
        ),
    )

    def listing_changed(self, listing: Listing) -> None:
        """A notice opens the bidding; what is heard of its release may end it and the approval of its offer
        plan, or stand against an award. Who kept the land, or showed it to a prospect, is told what becomes
        of it."""
        self.follow_listing(listing)
        self.follow_offer(listing)
        self.follow_offer_plan(listing)
        self.follow_hold(listing)
        self.follow_shown(listing.listing_id)

    def contract_changed(self, contract: Contract) -> None:
        """What was promised follows the contract, and so does the project that the land is for."""
        self.follow_contract(contract)
        self.follow_land(contract)

    def lead_entered(self, lead: Lead) -> None:
        """A lead goes through the pipeline."""
        self.follow_lead(lead)

    def award_followed(self, supply: Supply) -> None:
        """What stands against an award stands against its contract, and the project that has it."""
        self.follow_award(supply)
        self.follow_contest(supply)

    def team_on(self, lead_id: str | None, on: date, known_at: datetime) -> str | None:
        """The team of the project that a contract's land is for."""
        return self.owner_team(lead_id, on, known_at) if lead_id else None

    def land_turned(self, listing: Listing) -> None:
        """Who kept the land, or showed it to a prospect, is told that it is gone, or back."""
        self.follow_hold(listing)
        self.follow_shown(listing.listing_id)

    def notice_doubts(self, listing: Listing) -> tuple[Reason, ...]:
        """A notice is held against its offer plan, the supply plan of its year and what can be bid."""
        return (*self.doubts_of_notice(listing), *start_price_doubts(listing))

    def draft_known(self, event: Event) -> None:
        """A draft is land that may progress in the plan of the year."""
        self.draft_heard(event)

    def found_beside(self, listing: Listing, notice: Notice) -> tuple[Finding, ...]:
        """A publication is held to what `check_notice` holds a draft to."""
        if listing.release is None:
            return ()
        asked = {each.code for each in listing.findings_of(notice)}
        place = self.place_on(notice.notice_start_on)
        return tuple(found_of(notice, listing.release, place, asked))

    def last_ended_on(self, listing: Listing) -> date | None:
        """The last offering of land is its newest supply."""
        return last_ended_on(listing, self.store.get(Supply, supply_id_of(listing)))

    def place_on(self, on: date) -> str:
        """The name of our place in the tables of lowest prices and bonds."""
        return HANDBOOK.on(on).floor.place

    def doubts_of_content(
        self, listing: Listing, content: OfferContent, on: date
    ) -> tuple[Reason, ...]:
        """What is planned to be offered is held to what its notice will be."""
        if listing.release is None:
            return ()
        found = found_of_content(content, listing.release, self.place_on(on), on)
        return tuple(replace(each.reason, field=f"content.{each.field}") for each in found)
