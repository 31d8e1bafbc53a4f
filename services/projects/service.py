"""projects: land that is offered, and investment that looks for land."""

from __future__ import annotations

from backbone import Store
from backbone.errors import Reason
from backbone.messages.envelope import Event

from .assignment import entrypoints as assignment
from .commitments import entrypoints as commitments
from .contracts import entrypoints as contracts
from .contracts.contract import Contract
from .dues import entrypoints as dues
from .funds import entrypoints as funds
from .leads import entrypoints as leads
from .leads.lead import Lead
from .listings import entrypoints as listings
from .listings.listing import Listing
from .matching import entrypoints as matching
from .notices import entrypoints as notices
from .pipeline import entrypoints as pipeline
from .plans import entrypoints as plans
from .platforms import entrypoints as platforms
from .supply import entrypoints as supply


class ProjectsService(
    listings.Listings,
    leads.Leads,
    matching.Matching,
    assignment.Assignment,
    commitments.Commitments,
    supply.Supplies,
    notices.Notices,
    pipeline.Pipeline,
    platforms.Platforms,
    funds.Funds,
    plans.SupplyPlans,
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
        *plans.KEPT,
        emits=(
            *listings.EMITTED,
            *leads.EMITTED,
            *matching.EMITTED,
            *dues.EMITTED,
            *supply.EMITTED,
            *contracts.EMITTED,
            *commitments.EMITTED,
            *pipeline.EMITTED,
            *platforms.EMITTED,
            *funds.EMITTED,
            *plans.EMITTED,
        ),
    )

    def listing_changed(self, listing: Listing) -> None:
        """A notice opens the bidding; what is heard of its release may end it and the approval of its offer
        plan, or stand against an award."""
        self.follow_listing(listing)
        self.follow_offer_plan(listing)

    def notice_doubts(self, listing: Listing) -> tuple[Reason, ...]:
        """A notice is held against its offer plan and the supply plan of its year."""
        return self.doubts_of_notice(listing)

    def draft_known(self, event: Event) -> None:
        """A draft is land that may progress in the plan of the year."""
        self.draft_heard(event)

    def contract_changed(self, contract: Contract) -> None:
        """What was promised follows the contract, and so does the project that the land is for."""
        self.follow_contract(contract)
        self.follow_land(contract)

    def lead_entered(self, lead: Lead) -> None:
        """A lead goes through the pipeline."""
        self.follow_lead(lead)
