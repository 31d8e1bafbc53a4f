"""Listings: released land is offered, and withdrawn when its release is taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from backbone import Calls, Collection, command, hears, reads
from backbone.errors import Reason
from backbone.messages.envelope import Event

from ..findings import Finding
from . import facts, schemas
from .listing import Listing
from .notice import Notice
from .numbers import key_of
from .rules import number_is_of_no_other_land

KEPT = (
    Collection(
        Listing,
        key="listing_id",
        filters=(
            "parcel_id",
            "case_id",
            "township",
            "state",
            "is_open",
            "is_suspended",
            "number_keys",
        ),
        orders=("area_m2",),
    ),
)
EMITTED = facts.EMITTED


class Listings:
    """Drafts a listing for released land, and holds its notice to the law."""

    store: Any  # within a handler, the unit of work
    parcels = Calls("parcels", "get_parcel", "neighbours_of", "release_standing", "units_available")

    get_listing, list_listings, listing_history = reads(Listing)

    def listing_changed(self, listing: Listing) -> None:
        """Something was heard of its release, or its notice is out. The service says who looks at it."""
        raise NotImplementedError

    def notice_doubts(self, listing: Listing) -> tuple[Reason, ...]:
        """What else is doubtful of its notice, beside the law. The service says who knows."""
        return ()

    def found_beside(self, listing: Listing, notice: Notice) -> tuple[Finding, ...]:
        """What a checked draft is held to beside the law of listings. The service says who knows."""
        return ()

    def last_ended_on(self, listing: Listing) -> date | None:
        """The day on which the last offering of the land ended. The service says who knows."""
        raise NotImplementedError

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
        notice = request["notice"]
        noticed = listing.with_notice(
            notice,
            standing,
            last_ended_on=self.last_ended_on(listing),
            beside=(self._number_elsewhere(listing, notice), *self.found_beside(listing, notice)),
        )
        published = noticed.with_warnings(self.notice_doubts(noticed))
        self.store.save(published)
        self.store.announce(*facts.facts_of(listing, published))
        self.listing_changed(published)
        return self.store.dump(published)

    def _number_elsewhere(self, listing: Listing, notice: Notice) -> Finding:
        """Whether other land has the number, whose it is then."""
        having = self.store.find(Listing, 2, number_keys=key_of(notice.listing_number))
        others = [each.parcel_id for each in having if each.listing_id != listing.listing_id]
        return number_is_of_no_other_land(others[0] if others else None)

    def _change(self, about: dict[str, Any], change: Callable[[Listing], Listing]) -> None:
        new = Listing.unknown(about["parcel_id"], about["case_id"], about["township"])

        def decide(known: Listing | None) -> tuple[Any, ...]:
            before = known or new
            after = change(before)
            return after, *facts.facts_of(before, after)

        self.listing_changed(self.store.change(Listing, new.listing_id, decide))
