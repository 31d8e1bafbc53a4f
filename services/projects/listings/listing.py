"""A listing [挂牌]: the offer of one piece of released land, one for each parcel and case.

It keeps the newest release and the newest revocation that it heard, and its state follows from them:
so it ends the same in whatever order they come.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

from backbone.errors import Reason
from park.rules import broken, refuse

from .notice import Notice
from .offer import Offer
from .release import Release, Revocation, Standing
from .rules import RULES

LISTINGS = UUID("3c0a52a5-6a3f-5a55-9b62-0d8f4f3c6e21")


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

    # --- decisions: the next listing

    def with_release(self, release: Release) -> Listing:
        """Draft it, or draft it again: an older release than the one it has changes nothing."""
        if self.release and release.release_no <= self.release.release_no:
            return self
        return replace(self, release=release, notice=None)._with_its_state()

    def with_revocation(self, revocation: Revocation) -> Listing:
        """Withdraw it, unless it has a newer release."""
        if self.revocation and revocation.release_no <= self.revocation.release_no:
            return self
        return replace(self, revocation=revocation)._with_its_state()

    def with_notice(self, notice: Notice, standing: Standing) -> Listing:
        """Offer the land. Raises `Refused` with everything that stands against it."""
        refuse(*self._against(notice, standing))
        version = self.notice_version + 1
        return replace(self, notice=notice, notice_version=version)._with_its_state()

    # --- how it decides

    def _with_its_state(self) -> Listing:
        """With the state that follows from what it heard."""
        return replace(self, state=self._state())

    def _state(self) -> ListingState:
        revoked = self.revocation.release_no if self.revocation else -1
        if self.release is None or revoked >= self.release.release_no:
            return ListingState.WITHDRAWN
        return ListingState.NOTICE_PUBLISHED if self.notice else ListingState.DRAFT

    def _against(self, notice: Notice, standing: Standing) -> tuple[Reason, ...]:
        return (
            *(() if self.state is ListingState.DRAFT else (self._not_a_draft(),)),
            *standing.against(self.release),
            *self._broken_rules(notice),
        )

    def _broken_rules(self, notice: Notice) -> tuple[Reason, ...]:
        return broken(RULES, Offer(notice=notice, release=self.release)) if self.release else ()

    def _not_a_draft(self) -> Reason:
        return Reason(
            "NOT_A_DRAFT",
            f"Only a draft can be published; this listing is {self.state.value}.",
            field="listing_id",
        )
