"""A listing [挂牌]: the offer of one piece of released land, one for each parcel and case.

It keeps the newest release and the newest revocation that it heard, and its state follows from them:
so it ends the same in whatever order they come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from backbone.errors import Reason, Refused
from park.rules import broken

from .facts import ListingDrafted, ListingPublished, ListingWithdrawn
from .notice import Notice
from .offer import Offer
from .release import Release, Revocation, Standing
from .rules import RULES

LISTINGS = UUID("3c0a52a5-6a3f-5a55-9b62-0d8f4f3c6e21")
REPLACED = Reason(
    "RELEASE_REPLACED", "The land was released anew on other terms; it needs a new notice."
)


class ListingState(StrEnum):
    DRAFT = "draft"
    NOTICE_PUBLISHED = "notice_published"
    WITHDRAWN = "withdrawn"


def listing_id_of(parcel_id: str, case_id: str) -> str:
    """The id of the one listing of this parcel and case."""
    return str(uuid5(LISTINGS, f"{parcel_id} {case_id}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Without a release it has no land to offer: it was taken back before the release was heard of.
    `notice` belongs to the release; `notice_version` counts every notice of the listing."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    state: ListingState = ListingState.WITHDRAWN
    release: Release | None = None
    revocation: Revocation | None = None
    notice: Notice | None = None
    notice_version: int = 0

    @classmethod
    def unknown(cls, parcel_id: str, case_id: str, township: str) -> Listing:
        """The listing of a parcel and case of which nothing was heard yet."""
        return cls(
            listing_id=listing_id_of(parcel_id, case_id),
            parcel_id=parcel_id,
            case_id=case_id,
            township=township,
        )

    @property
    def is_open(self) -> bool:
        """The land is on offer, or about to be."""
        return self.state is not ListingState.WITHDRAWN

    @property
    def on_offer(self) -> Release | None:
        """The land, while it is on offer or about to be."""
        return self.release if self.is_open else None

    @property
    def area_m2(self) -> Decimal | None:
        return self.release.area_m2 if self.release else None

    # --- decisions: the next listing, and the facts to announce

    def released(self, release: Release) -> tuple[Any, ...]:
        """Draft it, or draft it again: an older release than the one it has changes nothing."""
        if self.release and release.release_no <= self.release.release_no:
            return (self,)
        after = replace(self, release=release, notice=None)._with_its_state()
        was_published = self.state is ListingState.NOTICE_PUBLISHED
        return (
            after,
            *([self._listing_withdrawn((REPLACED,))] if was_published else []),
            *([after._listing_drafted(release)] if after.is_open else []),
        )

    def revoked(self, revocation: Revocation) -> tuple[Any, ...]:
        """Withdraw it, unless it has a newer release."""
        if self.revocation and revocation.release_no <= self.revocation.release_no:
            return (self,)
        after = replace(self, revocation=revocation)._with_its_state()
        if self.is_open and not after.is_open:
            return after, self._listing_withdrawn(revocation.reasons)
        return (after,)

    def published(self, notice: Notice, standing: Standing) -> tuple[Listing, ListingPublished]:
        """Offer the land. Raises `Refused` with everything that stands against it."""
        release = self._ready(notice, standing)
        version = self.notice_version + 1
        after = replace(self, notice=notice, notice_version=version)._with_its_state()
        return after, ListingPublished(
            **self._names,
            area_m2=release.area_m2,
            listing_number=notice.listing_number,
            notice_start_on=notice.notice_start_on,
            listing_start_on=notice.listing_start_on,
            listing_end_on=notice.listing_end_on,
            bond_deadline_on=notice.bond_deadline_on,
            start_price_cny=notice.whole_start_price_cny(release.area_m2),
            notice_version=version,
        )

    # --- how it decides

    def _with_its_state(self) -> Listing:
        """With the state that follows from what it heard."""
        return replace(self, state=self._state())

    def _state(self) -> ListingState:
        revoked = self.revocation.release_no if self.revocation else -1
        if self.release is None or revoked >= self.release.release_no:
            return ListingState.WITHDRAWN
        return ListingState.NOTICE_PUBLISHED if self.notice else ListingState.DRAFT

    def _ready(self, notice: Notice, standing: Standing) -> Release:
        """The release under which it may be published, or `Refused`."""
        against = [
            *([] if self.state is ListingState.DRAFT else [self._not_a_draft()]),
            *standing.against(self.release),
            *self._broken_rules(notice),
        ]
        if against or self.release is None:
            raise Refused(against)
        return self.release

    def _broken_rules(self, notice: Notice) -> tuple[Reason, ...]:
        return broken(RULES, Offer(notice=notice, release=self.release)) if self.release else ()

    def _not_a_draft(self) -> Reason:
        return Reason(
            "NOT_A_DRAFT",
            f"Only a draft can be published; this listing is {self.state.value}.",
            field="listing_id",
        )

    @property
    def _names(self) -> dict[str, Any]:
        """What every fact about it says."""
        return {
            "listing_id": self.listing_id,
            "parcel_id": self.parcel_id,
            "case_id": self.case_id,
            "township": self.township,
        }

    def _listing_drafted(self, release: Release) -> ListingDrafted:
        return ListingDrafted(
            **self._names,
            area_m2=release.area_m2,
            target_use=release.target_use,
            release_no=release.release_no,
        )

    def _listing_withdrawn(self, reasons: tuple[Reason, ...]) -> ListingWithdrawn:
        return ListingWithdrawn(
            **self._names,
            reasons=tuple(reason.as_dict() for reason in reasons),
            was_published=self.state is ListingState.NOTICE_PUBLISHED,
        )
