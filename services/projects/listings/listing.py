"""A listing [挂牌]: the offer of one piece of released land, one for each parcel and case.

It keeps the newest release and the newest revocation that it heard, and what came of its notice; its
state follows from them, so it ends the same in whatever order they come.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid5

from backbone.errors import Reason
from backbone.records import record
from park.rules import refuse

from ..findings import Finding, Outcome, reasons_of
from .amendment import Amendment, open_suspension
from .notice import Notice
from .numbers import key_of
from .offer import Offer
from .release import Release, Revocation, Standing
from .rules import findings

LISTINGS = UUID("3c0a52a5-6a3f-5a55-9b62-0d8f4f3c6e21")


class ListingState(StrEnum):
    DRAFT = "draft"
    NOTICE_PUBLISHED = "notice_published"
    UNSOLD = "unsold"  # nobody wanted it; it may be offered again, under a new number
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"


class Result(StrEnum):
    """What came of a notice."""

    AWARDED = "awarded"
    UNSOLD = "unsold"


READY = (ListingState.DRAFT, ListingState.UNSOLD)
OPEN = (*READY, ListingState.NOTICE_PUBLISHED)


def listing_id_of(parcel_id: str, case_id: str) -> str:
    """The id of the one listing of this parcel and case."""
    return str(uuid5(LISTINGS, f"{parcel_id} {case_id}"))


@record
class Listing:
    """Without a release it has no land to offer: it was taken back before the release was heard of.
    `notice` belongs to the release; `notice_version` counts every notice of the listing. `result` is
    what came of the notice, `warnings` what was doubtful of it, `numbers` those that are used up. Land
    that was awarded stays so, whatever is heard of its release, until the award is void. `amendments` are
    what became of the notice since, in their order; `notice` is what holds after them."""

    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    state: ListingState = ListingState.WITHDRAWN
    release: Release | None = None
    revocation: Revocation | None = None
    notice: Notice | None = None
    notice_version: int = 0
    result: Result | None = None
    numbers: tuple[str, ...] = ()
    warnings: tuple[Reason, ...] = ()
    amendments: tuple[Amendment, ...] = ()

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
        return self.state in OPEN

    @property
    def on_offer(self) -> Release | None:
        """The land, while it is on offer or about to be."""
        return self.release if self.is_open else None

    @property
    def area_m2(self) -> Decimal | None:
        return self.release.area_m2 if self.release else None

    @property
    def number_keys(self) -> tuple[str, ...]:
        """The numbers that it has or had, in one spelling: no other land may have them."""
        own = (self.notice.listing_number,) if self.notice else ()
        return tuple(sorted({key_of(each) for each in (*self.numbers, *own)}))

    @property
    def suspended_since(self) -> datetime | None:
        """The moment from which its notice stands still; none while it runs."""
        suspension = open_suspension(self.amendments)
        is_out = self.state is ListingState.NOTICE_PUBLISHED
        return suspension.amended_at if suspension and is_out else None

    @property
    def is_suspended(self) -> bool:
        return self.suspended_since is not None

    @property
    def industry_code(self) -> str | None:
        return self.release.industry_code if self.release else None

    # --- decisions: the next listing

    def with_release(self, release: Release) -> Listing:
        """Draft it, or draft it again: an older release than the one it has changes nothing."""
        if self.release and release.release_no <= self.release.release_no:
            return self
        if self.result is Result.AWARDED:
            return replace(self, release=release)
        bare = replace(self, release=release, notice=None, amendments=(), result=None)
        return bare._with_its_state()

    def with_revocation(self, revocation: Revocation) -> Listing:
        """Withdraw it, unless it has a newer release."""
        if self.revocation and revocation.release_no <= self.revocation.release_no:
            return self
        return replace(self, revocation=revocation)._with_its_state()

    def with_notice(
        self,
        notice: Notice,
        standing: Standing,
        *,
        last_ended_on: date | None = None,
        beside: tuple[Finding, ...] = (),
    ) -> Listing:
        """Offer the land. Raises `Refused` with everything that stands against it. `beside` is what is found
        of the notice beside the law of listings, `last_ended_on` when the land was last taken off offer."""
        found = (*self.findings_of(notice, last_ended_on), *beside)
        refuse(*self._against(notice, standing), *reasons_of(found, Outcome.BROKEN))
        return replace(
            self,
            notice=notice,
            notice_version=self.notice_version + 1,
            amendments=(),
            result=None,
            warnings=reasons_of(found, Outcome.WARNED),
        )._with_its_state()

    def with_amendment(self, amendment: Amendment, notice: Notice) -> Listing:
        """The notice goes on as it is amended, under its number and version."""
        return replace(self, notice=notice, amendments=(*self.amendments, amendment))

    def with_warnings(self, doubts: tuple[Reason, ...]) -> Listing:
        """With what else is doubtful of its notice."""
        return replace(self, warnings=(*self.warnings, *doubts))

    def with_result(self, result: Result) -> Listing:
        """What came of the notice, whose number is used up."""
        used = {*self.numbers, *((self.notice.listing_number,) if self.notice else ())}
        return replace(self, result=result, numbers=tuple(sorted(used)))._with_its_state()

    def with_award_void(self) -> Listing:
        """The land as its newest release and revocation say: on offer again, under a new number."""
        return replace(self, result=None, notice=None, amendments=())._with_its_state()

    # --- how it decides

    def _with_its_state(self) -> Listing:
        """With the state that follows from what it heard."""
        return replace(self, state=self._state())

    def _state(self) -> ListingState:
        if self.result is Result.AWARDED:
            return ListingState.AWARDED
        if self.release is None or self.is_revoked:
            return ListingState.WITHDRAWN
        if self.result is Result.UNSOLD:
            return ListingState.UNSOLD
        return ListingState.NOTICE_PUBLISHED if self.notice else ListingState.DRAFT

    @property
    def is_revoked(self) -> bool:
        """Whether the newest release that it heard of was taken back."""
        taken_back = self.revocation.release_no if self.revocation else -1
        return self.release is not None and taken_back >= self.release.release_no

    def _against(self, notice: Notice, standing: Standing) -> tuple[Reason, ...]:
        return (
            *(() if self.state in READY else (self._not_a_draft(),)),
            *((self._number_used(),) if self._has_used(notice.listing_number) else ()),
            *standing.against(self.release),
        )

    def findings_of(self, notice: Notice, last_ended_on: date | None = None) -> tuple[Finding, ...]:
        """What each rule says of a notice of this land."""
        if self.release is None:
            return ()
        offer = Offer(
            notice=notice,
            release=self.release,
            was_revoked=self.revocation is not None,
            last_ended_on=last_ended_on,
        )
        return findings(offer)

    def _has_used(self, number: str) -> bool:
        return key_of(number) in {key_of(each) for each in self.numbers}

    def _number_used(self) -> Reason:
        return Reason(
            "NUMBER_USED",
            f"Used before: {', '.join(self.numbers)}; land that is offered again gets a new number.",
            field="listing_number",
        )

    def _not_a_draft(self) -> Reason:
        return Reason(
            "NOT_A_DRAFT",
            f"Only a draft can be published; this listing is {self.state.value}.",
            field="listing_id",
        )
