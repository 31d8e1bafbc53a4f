"""The facts of a supply. Areas in m², money in CNY for the whole land, days in the park."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from backbone.errors import Reason
from backbone.records import record

from ..listings.notice import SupplyForm, SupplyWay
from .supply import Application, Award, Bidder, Supply

Why = dict[str, str]  # a reason: code, sentence, and perhaps field and source


@record
class ListingAwarded:
    """`projects.listing_awarded`: the land goes to this bidder; `lead_id` is the project that it is for."""

    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    listing_number: str
    notice_version: int
    supply_form: SupplyForm
    use_term_years: int
    price_cny: Decimal
    winner: Bidder
    lead_id: str | None
    awarded_on: date


@record
class ListingUnsold:
    """`projects.listing_unsold`: nobody bid enough; the land may be offered again under a new number."""

    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    listing_number: str
    notice_version: int
    closed_on: date
    applicants: int


@record
class SupplyWayChanged:
    """`projects.supply_way_changed`: a second party applied, so an agreement becomes a listing."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    supply_way: SupplyWay
    previous_way: SupplyWay
    listing_start_on: date
    listing_end_on: date


@record
class AwardContested:
    """`projects.award_contested`: the release of awarded land was revoked. Award and contract stand until
    somebody decides; these reasons stand against them."""

    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    contract_signed: bool
    reasons: tuple[Why, ...]


@record
class AwardContestLifted:
    """`projects.award_contest_lifted`: the awarded land is released again; nothing stands against the award
    any more."""

    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str


@record
class OfferTerminated:
    """`projects.offer_terminated`: the land was taken off the market while its notice was out. The public is
    told, and so is whoever applied; `bonds_cny` of `bonds_held` bidders go back."""

    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    listing_number: str
    terminated_on: date
    applicants: int
    bonds_held: int
    bonds_cny: Decimal
    reasons: tuple[Why, ...]


@record
class OnlineAuctionCalled:
    """`projects.online_auction_called`: several bid in the last hour of the listing, so that an auction
    online decides. Bids count from `starts_at` on; they begin at `opens_at_price_cny`."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    listing_number: str
    starts_at: datetime
    opens_at_price_cny: Decimal


@record
class OnlineAuctionDropped:
    """`projects.online_auction_dropped`: a bid or a freeze of the listing came to be known after its end, by
    which no online auction decides."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    listing_number: str


@record
class BiddingFrozen:
    """`projects.bidding_frozen`: the bidding is interrupted, and not yet repaired."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    listing_number: str
    frozen_at: datetime


@record
class BiddingResumes:
    """`projects.bidding_resumes`: a frozen bidding is repaired, and goes on then or later. `listing_ends_at`
    is the end of the listing after it, where the notice gives a moment."""

    supply_id: str
    listing_id: str
    parcel_id: str
    township: str
    listing_number: str
    frozen_at: datetime
    resume_not_before: datetime
    listing_ends_at: datetime | None


EMITTED = (
    ListingAwarded,
    ListingUnsold,
    SupplyWayChanged,
    AwardContested,
    AwardContestLifted,
    OfferTerminated,
    OnlineAuctionCalled,
    OnlineAuctionDropped,
    BiddingFrozen,
    BiddingResumes,
)


def awarded_of(supply: Supply, award: Award, winner: Application) -> ListingAwarded:
    return ListingAwarded(
        **_ids_of(supply),
        case_id=supply.case_id,
        area_m2=supply.area_m2,
        listing_number=supply.listing_number,
        notice_version=supply.notice_version,
        supply_form=supply.notice.supply_form,
        use_term_years=supply.notice.use_term_years,
        price_cny=award.price_cny,
        winner=winner.bidder,
        lead_id=winner.lead_id,
        awarded_on=award.awarded_on,
    )


def unsold_of(supply: Supply, closed_on: date) -> ListingUnsold:
    return ListingUnsold(
        **_ids_of(supply),
        case_id=supply.case_id,
        listing_number=supply.listing_number,
        notice_version=supply.notice_version,
        closed_on=closed_on,
        applicants=len(supply.applications),
    )


def way_changed_of(before: Supply, after: Supply) -> tuple[SupplyWayChanged, ...]:
    """The fact of a step after which the land is supplied in another way."""
    if before.way is after.way:
        return ()
    changed = SupplyWayChanged(
        **_ids_of(after),
        supply_way=after.way,
        previous_way=before.way,
        listing_start_on=after.notice.listing_start_on,
        listing_end_on=after.notice.listing_end_on,
    )
    return (changed,)


def contested_of(supply: Supply) -> AwardContested:
    signed = bool(supply.award and supply.award.contract_signed_on)
    reasons = tuple(reason.as_dict() for reason in supply.against)
    return AwardContested(
        **_ids_of(supply), case_id=supply.case_id, contract_signed=signed, reasons=reasons
    )


def contest_lifted_of(supply: Supply) -> AwardContestLifted:
    return AwardContestLifted(**_ids_of(supply), case_id=supply.case_id)


def terminated_of(
    supply: Supply, terminated_on: date, reasons: tuple[Reason, ...]
) -> OfferTerminated:
    standing = [each for each in supply.applications if each.withdrawn_at is None]
    held = [each.bond for each in supply.applications if each.bond and not each.bond.returned_on]
    return OfferTerminated(
        **_ids_of(supply),
        case_id=supply.case_id,
        listing_number=supply.listing_number,
        terminated_on=terminated_on,
        applicants=len(standing),
        bonds_held=len(held),
        bonds_cny=sum((bond.amount_cny for bond in held), Decimal(0)),
        reasons=tuple(reason.as_dict() for reason in reasons),
    )


def auction_told_of(
    before: Supply, after: Supply
) -> tuple[OnlineAuctionCalled | OnlineAuctionDropped, ...]:
    """The fact of an auction that was called, that begins at another moment or price than was told, or that
    there is not any more."""
    auction, told = after.auction, before.auction
    if auction is None:
        ids = _ids_of(after) | {"listing_number": after.listing_number}
        return (OnlineAuctionDropped(**ids),) if told else ()
    if told and told.begins == auction.begins:
        return ()
    called = OnlineAuctionCalled(
        **_ids_of(after),
        listing_number=after.listing_number,
        starts_at=auction.starts_at,
        opens_at_price_cny=auction.opens_at_price_cny,
    )
    return (called,)


def interrupted_of(
    supply: Supply,
    frozen_at: datetime,
    resume_not_before: datetime | None,
    listing_ends_at: datetime | None,
) -> BiddingFrozen | BiddingResumes:
    """The fact of a freeze, or of its repair."""
    ids = _ids_of(supply) | {"listing_number": supply.listing_number, "frozen_at": frozen_at}
    if resume_not_before is None:
        return BiddingFrozen(**ids)
    return BiddingResumes(
        **ids, resume_not_before=resume_not_before, listing_ends_at=listing_ends_at
    )


def _ids_of(supply: Supply) -> dict[str, Any]:
    return {
        "supply_id": supply.supply_id,
        "listing_id": supply.listing_id,
        "parcel_id": supply.parcel_id,
        "township": supply.township,
    }
