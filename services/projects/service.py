"""projects: land that is offered, and investment that looks for land."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from backbone import Calls, Kept, Store, command, hears, query, reads
from backbone.envelope import Event

from . import facts, schemas
from .lead import Lead, lead_id_of, register
from .listing import Listing, shell
from .matching import Match, matched, misfits

MOST = 100_000  # leads, or listings on offer: far more than a park has


class ProjectsService:
    """Drafts a listing for released land, holds its notice to the law, and finds leads for it."""

    name = "projects"

    store = Store(
        Kept(
            Listing,
            key="listing_id",
            filters=("parcel_id", "case_id", "township", "state", "is_open"),
            orders=("area_m2",),
        ),
        Kept(
            Lead,
            key="lead_id",
            filters=("stage", "source", "is_looking"),
            orders=("registered_at",),
        ),
        Kept(Match, key="listing_id", filters=("lead_ids",)),
        emits=facts.EMITTED,
    )
    parcels = Calls("parcels")

    get_listing, list_listings, listing_history = reads(Listing)
    get_lead, list_leads, lead_history = reads(Lead)
    get_match, list_matches, match_history = reads(Match)

    @hears("parcels", "land_released", schemas.LandReleased)
    def draft_listing(self, event: Event) -> None:
        """Land may be offered: draft its listing, or draft it again."""
        release = event.data["release"]
        self._change(event.data, lambda listing: listing.released(release))

    @hears("parcels", "release_revoked", schemas.ReleaseRevoked)
    def withdraw_listing(self, event: Event) -> None:
        """Land may not be offered any more: withdraw its listing."""
        revocation = event.data["revocation"]
        self._change(event.data, lambda listing: listing.revoked(revocation))

    def _change(self, about: dict[str, Any], decide: Callable[[Listing], tuple[Any, ...]]) -> None:
        new = shell(about["parcel_id"], about["case_id"], about["township"])
        self.store.change(Listing, new.listing_id, lambda known: decide(known or new))

    @command(schemas.PublishListing)
    def publish_listing(self, request: dict[str, Any]) -> Any:
        """Publish the notice of a draft, if neither the law nor the land register is against it."""
        listing = self.store.require(Listing, request["listing_id"], "listing_id")
        standing = schemas.ReleaseStanding().load(
            self.parcels.release_standing(parcel_id=listing.parcel_id, case_id=listing.case_id)
        )
        published, fact = listing.published(request["notice"], standing)
        self.store.save(published)
        self.store.announce(fact)
        return self.store.dump(published)

    @command(schemas.RegisterLead)
    def register_lead(self, request: dict[str, Any]) -> Any:
        """Enter an investment lead; it is matched with the land on offer. Without a `lead_id` it
        gets one that follows from the request's."""
        lead_id = request["lead_id"] or lead_id_of(self.store.cause.id)
        lead = Lead(**request | {"lead_id": lead_id, "registered_at": self.store.now})
        return self.store.dump(
            self.store.change(Lead, lead_id, lambda known: register(known, lead))
        )

    @hears("projects", "listing_drafted", schemas.ListingDrafted)
    def match_listing(self, event: Event) -> None:
        """There is land on offer: find the leads that it fits."""
        self._match(event.data["listing_id"], self.store.find(Lead, MOST, is_looking=True))

    @hears("projects", "lead_registered", schemas.LeadRegistered)
    def match_lead(self, event: Event) -> None:
        """There is a new lead: find the land on offer that fits it."""
        lead = self.store.require(Lead, event.data["lead_id"], "data.lead_id")
        for listing in self.store.find(Listing, MOST, is_open=True):
            if not misfits(lead, listing):
                self._match(listing.listing_id, [lead])

    def _match(self, listing_id: str, leads: Iterable[Lead]) -> None:
        listing = self.store.require(Listing, listing_id, "data.listing_id")
        if land := listing.on_offer:
            self.store.change(Match, listing_id, lambda known: matched(known, listing, land, leads))

    @query(schemas.Fit)
    def fit(self, request: dict[str, Any]) -> Any:
        """Whether a lead fits a listing, and if not, each reason."""
        lead = self.store.require(Lead, request["lead_id"], "lead_id")
        listing = self.store.require(Listing, request["listing_id"], "listing_id")
        reasons = misfits(lead, listing)
        return {"fits": not reasons, "reasons": [reason.as_dict() for reason in reasons]}
