"""Listings: released land is offered, and withdrawn when its release is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backbone import Calls, Collection, command, hears, reads
from backbone.errors import Reason
from backbone.messages.envelope import Event

from . import facts, schemas
from .listing import Listing

KEPT = (
    Collection(
        Listing,
        key="listing_id",
        filters=("parcel_id", "case_id", "township", "state", "is_open", "is_suspended"),
        orders=("area_m2",),
    ),
)
EMITTED = facts.EMITTED


class Listings:
    """Drafts a listing for released land, and holds its notice to the law."""

    store: Any  # within a handler, the unit of work
    parcels = Calls("parcels")

    get_listing, list_listings, listing_history = reads(Listing)

    def listing_changed(self, listing: Listing) -> None:
        """Something was heard of its release, or its notice is out. The service says who looks at it."""
        raise NotImplementedError

    def notice_doubts(self, listing: Listing) -> tuple[Reason, ...]:
        """What else is doubtful of its notice, beside the law. The service says who knows."""
        return ()

    @hears("parcels", "land_released", schemas.LandReleased)
    def draft_listing(self, event: Event) -> None:
        """Land may be offered: draft its listing, or draft it again."""
        release = event.data["release"]
        self._change(event.data, lambda listing: listing.with_release(release))

    @hears("parcels", "release_revoked", schemas.ReleaseRevoked)
    def withdraw_listing(self, event: Event) -> None:
        """Land may not be offered any more: withdraw its listing."""
        revocation = event.data["revocation"]
        self._change(event.data, lambda listing: listing.with_revocation(revocation))

    @command(schemas.PublishListing, answers=Listing)
    def publish_listing(self, request: dict[str, Any]) -> Any:
        """Publish the notice of a draft, if neither the law nor the land register is against it."""
        listing = self.store.require(Listing, request["listing_id"], "listing_id")
        standing = schemas.ReleaseStanding().load(
            self.parcels.release_standing(parcel_id=listing.parcel_id, case_id=listing.case_id)
        )
        noticed = listing.with_notice(request["notice"], standing)
        published = noticed.with_warnings(self.notice_doubts(noticed))
        self.store.save(published)
        self.store.announce(*facts.facts_of(listing, published))
        self.listing_changed(published)
        return self.store.dump(published)

    def _change(self, about: dict[str, Any], change: Callable[[Listing], Listing]) -> None:
        new = Listing.unknown(about["parcel_id"], about["case_id"], about["township"])

        def decide(known: Listing | None) -> tuple[Any, ...]:
            before = known or new
            after = change(before)
            return after, *facts.facts_of(before, after)

        self.listing_changed(self.store.change(Listing, new.listing_id, decide))
