"""The public notice of a listing [出让公告]: its number, dates, terms and money."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from backbone.records import record
from park.time import end_of

CENT = Decimal("0.01")


class PriceBasis(StrEnum):
    """What the start price is for: all of the land, or each square metre."""

    TOTAL = "total"
    PER_M2 = "per_m2"


class SupplyWay(StrEnum):
    """How land is supplied; a listing is one way. An agreement that a second party asks for becomes one."""

    LISTING = "listing"  # 挂牌
    AUCTION = "auction"  # 拍卖
    TENDER = "tender"  # 招标
    AGREEMENT = "agreement"  # 协议


class SupplyForm(StrEnum):
    """What the winner gets. Before a grant that follows a lease the indicators must be met."""

    GRANT = "grant"  # 出让
    LEASE = "lease"  # 长期租赁
    LEASE_THEN_GRANT = "lease_then_grant"  # 先租后让


class Comparison(StrEnum):
    """How the actual figure must stand to the indicator's value."""

    AT_LEAST = ">="
    AT_MOST = "<="
    EQUAL = "="


class CheckStage(StrEnum):
    """When an indicator is checked."""

    START = "start"
    COMPLETION = "completion"
    FULL_CAPACITY = "full_capacity"
    ANNUAL = "annual"


@record
class Indicator:
    """One figure of standard land [标准地]; a range is two of them, one from each side. A yearly figure may
    have to be met in several years running."""

    code: str
    op: Comparison
    value: Decimal
    unit: str
    check_stage: CheckStage
    years_running: int = 1


Indicators = tuple[Indicator, ...]


@record
class PaymentTerm:
    """A part of the price, from 0 to 1, due so many months or days after the contract was signed."""

    share: Decimal
    within_months: int = 0
    within_days: int = 0


@record
class ContractTerms:
    """What the notice says of the contract: its last day in working days after the award, how the price is
    paid, and until when the land is delivered, building begins and is complete, counted from the contract.
    What is not given is not asked, but for the contract's own day, which the rulebook has."""

    sign_within_working_days: int | None = None
    payments: tuple[PaymentTerm, ...] = ()
    deliver_within_days: int | None = None
    start_within_months: int | None = None
    complete_within_months: int | None = None
    no_transfer_years: int | None = None


@record
class Notice:
    """Days are days in the park. `start_price_cny` and `bid_step_cny` follow `price_basis`; the bond
    is always for the whole land. `listing_ends_at` and `timed_bidding_starts_at` are given when there is an
    online round; without `application_ends_at` and `bond_due_at` the whole last day counts. With
    `bids_in_steps` a bid is the start price and whole steps. `lease_years` are those before a grant. `place`
    says whose bidding rules hold; `auction_step_cny` is the step of the online auction."""

    listing_number: str
    approval_document_number: str
    approved_on: date
    notice_start_on: date
    notice_end_on: date
    application_start_on: date
    application_end_on: date
    bond_deadline_on: date
    listing_start_on: date
    listing_end_on: date
    listing_ends_at: datetime | None = None
    timed_bidding_starts_at: datetime | None = None
    use_term_years: int
    price_basis: PriceBasis
    start_price_cny: Decimal
    bid_step_cny: Decimal
    bond_cny: Decimal
    indicators: tuple[Indicator, ...] = ()
    supply_way: SupplyWay = SupplyWay.LISTING
    supply_form: SupplyForm = SupplyForm.GRANT
    lease_years: int | None = None
    application_ends_at: datetime | None = None
    bond_due_at: datetime | None = None
    bids_in_steps: bool = False
    contract_terms: ContractTerms = ContractTerms()
    place: str | None = None
    auction_step_cny: Decimal | None = None

    @property
    def applications_close_at(self) -> datetime:
        """The last moment at which one can apply: the closing hour, or the end of the last day."""
        return self.application_ends_at or end_of(self.application_end_on)

    @property
    def bonds_close_at(self) -> datetime:
        """The last moment at which a bond is in time."""
        return self.bond_due_at or end_of(self.bond_deadline_on)

    def whole_start_price_cny(self, area_m2: Decimal) -> Decimal:
        """The start price of all the land, to the cent."""
        return self._whole(self.start_price_cny, area_m2)

    def whole_bid_step_cny(self, area_m2: Decimal) -> Decimal:
        """The bid step of all the land, to the cent."""
        return self._whole(self.bid_step_cny, area_m2)

    def whole_auction_step_cny(self, area_m2: Decimal) -> Decimal:
        """The step of the online auction for all the land; that of the listing where none is given."""
        return self._whole(self.auction_step_cny or self.bid_step_cny, area_m2)

    def _whole(self, price_cny: Decimal, area_m2: Decimal) -> Decimal:
        area = area_m2 if self.price_basis is PriceBasis.PER_M2 else Decimal(1)
        return (price_cny * area).quantize(CENT, ROUND_HALF_UP)
