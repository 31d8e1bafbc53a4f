"""Matching: leads find land, and land finds leads, whichever comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backbone import Collection, hears, query, reads
from backbone.messages.envelope import Event

from ..leads.lead import Lead
from ..listings.listing import Listing
from . import facts, schemas
from .match import Match, matched, withdrawn
from .rules import misfits

MOST = 100_000  # leads, or listings on offer: far more than a park has
KEPT = (Collection(Match, key="listing_id", filters=("lead_ids",)),)
EMITTED = facts.EMITTED


class Matching:
    """Finds the leads for land on offer, and announces each once for each release."""

    store: Any  # within a handler, the unit of work

    get_match, list_matches, match_history = reads(Match)

    @hears("projects", "listing_drafted", schemas.ListingDrafted)
    def match_listing(self, event: Event) -> None:
        """There is land on offer: find the leads that it fits."""
        self._match(event.data["listing_id"], self.store.find(Lead, MOST, is_looking=True))
        self.draft_known(event)

    def draft_known(self, event: Event) -> None:
        """What else follows a draft; the service says."""

    @hears("projects", "lead_registered", schemas.LeadRegistered)
    def match_lead(self, event: Event) -> None:
        """There is a new lead: find the land on offer that fits it."""
        lead = self.store.require(Lead, event.data["lead_id"], "data.lead_id")
        for listing in self.store.find(Listing, MOST, is_open=True):
            if not misfits(lead, listing):
                self._match(listing.listing_id, [lead])
        self.lead_entered(lead)

    def follow_offer(self, listing: Listing) -> None:
        """Whoever was told that the land suits a lead is told when it is not to be had any more."""
        match = self.store.get(Match, listing.listing_id)
        if match:
            self.store.change(Match, listing.listing_id, lambda _: withdrawn(match, listing))

    def lead_entered(self, lead: Lead) -> None:
        """What else follows a lead that was entered; the service says."""

    @query(schemas.Fit, answers=schemas.Fitness)
    def fit(self, request: dict[str, Any]) -> Any:
        """Whether a lead fits a listing, and if not, each reason."""
        lead = self.store.require(Lead, request["lead_id"], "lead_id")
        listing = self.store.require(Listing, request["listing_id"], "listing_id")
        reasons = misfits(lead, listing)
        return {"fits": not reasons, "reasons": [reason.as_dict() for reason in reasons]}

    def _match(self, listing_id: str, leads: Iterable[Lead]) -> None:
        listing = self.store.require(Listing, listing_id, "data.listing_id")
        if land := listing.on_offer:
            self.store.change(Match, listing_id, lambda known: matched(known, listing, land, leads))
