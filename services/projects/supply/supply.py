"""The supply of land [供地] under one notice: who applied, who paid a bond, what was bid, who got it.

It is frozen by what it holds: each entry has its own moment and the one at which it was recorded, so that
whoever asks a year later gets the applicants of the last hour as they were known then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record

from ..bidding.model import OnlineAuction
from ..listings.amendment import Amendment, open_suspension
from ..listings.listing import Listing
from ..listings.notice import Notice, SupplyWay


class SupplyState(StrEnum):
    OPEN = "open"
    UNSOLD = "unsold"  # 流拍
    AWARDED = "awarded"  # 成交
    CONFIRMED = "confirmed"  # 成交确认书 signed
    CONTRACT_SIGNED = "contract_signed"
    VOIDED = "voided"
    TERMINATED = "terminated"  # 终止: the land was taken off the market while the notice was out


@record
class Bidder:
    """A firm, or whoever else applies; `enterprise_id` where the park knows the firm already."""

    name: str
    uscc: str | None = None
    enterprise_id: str | None = None


@record
class Bond:
    """A bond [竞买保证金] as it was paid; `returned_on` is when it went back, without interest."""

    amount_cny: Decimal
    paid_at: datetime
    recorded_at: datetime
    returned_on: date | None = None


@record
class Application:
    """`lead_id` is the investment project that the land is for. It counts from `applied_at` on, until it
    was withdrawn; `recorded_at` is when the land desk entered it."""

    application_id: str
    bidder: Bidder
    lead_id: str | None = None
    applied_at: datetime
    recorded_at: datetime
    bond: Bond | None = None
    withdrawn_at: datetime | None = None
    withdrawal_recorded_at: datetime | None = None

    def stood(self, at: datetime, known_at: datetime) -> bool:
        """Whether it was there at that moment, by what was recorded until then."""
        if self.applied_at > at or self.recorded_at > known_at:
            return False
        recorded = self.withdrawal_recorded_at
        gone = self.withdrawn_at if recorded and recorded <= known_at else None
        return gone is None or gone > at

    def gone(self, at: datetime) -> bool:
        return self.withdrawn_at is not None and self.withdrawn_at <= at

    def had_paid(self, at: datetime, known_at: datetime) -> bool:
        bond = self.bond
        return bool(bond and bond.paid_at <= at and bond.recorded_at <= known_at)


@record
class Bid:
    """A bid [报价] for the whole land."""

    application_id: str
    price_cny: Decimal
    bid_at: datetime


@record
class Award:
    """Who got the land, for how much, on which day; and what followed before the contract."""

    application_id: str
    price_cny: Decimal
    awarded_on: date
    confirmed_on: date | None = None
    publicised_on: date | None = None
    contract_signed_on: date | None = None
    voided_on: date | None = None
    void_reason: str | None = None


@record
class BidRefused:
    """A bid that did not count, and why."""

    application_id: str
    price_cny: Decimal
    bid_at: datetime
    reason: Reason
    right_price_cny: Decimal | None = None


@record
class Interruption:
    """The bidding was frozen [中止] from `frozen_at` on, and perhaps repaired; see `bidding.model.Freeze`."""

    frozen_at: datetime
    recorded_at: datetime
    repaired_at: datetime | None = None
    told_at: datetime | None = None
    resumed_at: datetime | None = None
    ends_at: datetime | None = None


@record
class Supply:
    """`supply_id` is that of the listing with the version of its notice. `against` is what has come to
    stand against an award: its release was revoked. `amendments` are what became of the notice; `notice` is
    what holds after them. `auction` is the online auction that the end of the listing called, `path` how the
    bidding came out. `state` follows from the rest."""

    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    target_use: str
    notice_version: int
    notice: Notice
    applications: tuple[Application, ...] = ()
    bids: tuple[Bid, ...] = ()
    bids_refused: tuple[BidRefused, ...] = ()
    closed_on: date | None = None
    terminated_on: date | None = None
    award: Award | None = None
    against: tuple[Reason, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    interruptions: tuple[Interruption, ...] = ()
    auction: OnlineAuction | None = None
    path: tuple[Reason, ...] = ()
    state: SupplyState = SupplyState.OPEN

    def __post_init__(self) -> None:
        object.__setattr__(self, "state", self._state())

    def _state(self) -> SupplyState:
        award = self.award
        if self.terminated_on:
            return SupplyState.TERMINATED
        if self.closed_on is None:
            return SupplyState.OPEN
        if award is None:
            return SupplyState.UNSOLD
        if award.voided_on:
            return SupplyState.VOIDED
        if award.contract_signed_on:
            return SupplyState.CONTRACT_SIGNED
        return SupplyState.CONFIRMED if award.confirmed_on else SupplyState.AWARDED

    @property
    def ended_on(self) -> date | None:
        """The day on which the bidding was closed, or the offer terminated."""
        return self.closed_on or self.terminated_on

    @property
    def suspension(self) -> Amendment | None:
        """The suspension of the notice that nothing has ended."""
        return open_suspension(self.amendments)

    def under(self, listing: Listing) -> Supply:
        """With the notice as it goes on now."""
        notice = listing.notice or self.notice
        return replace(self, notice=notice, amendments=listing.amendments)

    @property
    def listing_number(self) -> str:
        return self.notice.listing_number

    @property
    def way(self) -> SupplyWay:
        """An agreement that a second party asks for becomes a listing."""
        return self._way_with([each for each in self.applications if each.withdrawn_at is None])

    def way_at(self, at: datetime) -> SupplyWay:
        """The way at a moment, by who had applied then."""
        return self._way_with(
            [a for a in self.applications if a.applied_at <= at and not a.gone(at)]
        )

    def _way_with(self, applications: list[Application]) -> SupplyWay:
        becomes = len(applications) > 1 and self.notice.supply_way is SupplyWay.AGREEMENT
        return SupplyWay.LISTING if becomes else self.notice.supply_way

    @property
    def winner(self) -> Application | None:
        return self.application(self.award.application_id) if self.award else None

    def application(self, application_id: str) -> Application | None:
        return next((a for a in self.applications if a.application_id == application_id), None)

    def with_application(self, application: Application) -> Supply:
        others = [a for a in self.applications if a.application_id != application.application_id]
        found = sorted(
            (*others, application), key=lambda each: (each.applied_at, each.application_id)
        )
        return replace(self, applications=tuple(found))

    def with_bids(self, bids: Iterable[Bid]) -> Supply:
        """With these bids beside those that were entered before; each counts once."""
        return replace(self, bids=tuple(dict.fromkeys((*self.bids, *bids))))

    def with_interruption(self, interruption: Interruption) -> Supply:
        """What is entered of a freeze again takes the place of what was."""
        others = [i for i in self.interruptions if i.frozen_at != interruption.frozen_at]
        found = sorted((*others, interruption), key=lambda each: each.frozen_at)
        return replace(self, interruptions=tuple(found))

    def admitted(self) -> Iterator[Application]:
        """Who may bid: applied and paid in time."""
        for each in self.applications:
            in_time = each.stood(self.notice.applications_close_at, each.recorded_at)
            bond = each.bond
            if (
                in_time
                and not each.withdrawn_at
                and bond
                and bond.paid_at <= self.notice.bonds_close_at
            ):
                yield each


def supply_id_of(listing: Listing) -> str:
    """The id of the supply under the newest notice of the listing."""
    return f"{listing.listing_id}.{listing.notice_version}"


def supply_of(listing: Listing) -> Supply | None:
    """The supply under the notice of the listing, before anybody applied; none without a notice."""
    if listing.notice is None or listing.release is None:
        return None
    return Supply(
        supply_id=supply_id_of(listing),
        listing_id=listing.listing_id,
        parcel_id=listing.parcel_id,
        case_id=listing.case_id,
        township=listing.township,
        area_m2=listing.release.area_m2,
        target_use=listing.release.target_use,
        notice_version=listing.notice_version,
        notice=listing.notice,
        amendments=listing.amendments,
    )


def last_ended_on(listing: Listing, last: Supply | None) -> date | None:
    """The day on which the last offering of the land ended: nobody bought it, or its award became void. One
    that a newer release of the land ended, ended on the day of that release, however late it was heard of.
    None of land that was never offered, or still is."""
    if last is None:
        return None
    if last.terminated_on and listing.release:
        return min(last.terminated_on, listing.release.released_on)
    if last.award:
        return last.award.voided_on
    return last.closed_on
