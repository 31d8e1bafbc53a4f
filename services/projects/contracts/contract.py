"""A contract [出让合同, 租赁合同] of supplied land: who holds it, what was paid, what was done of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from backbone.errors import Reason
from backbone.records import record
from park.time import last_of_term, months_later

from ..listings.notice import CENT, ContractTerms, Indicator, PaymentTerm, SupplyForm
from ..listings.numbers import key_of
from ..supply.supply import Supply


class ContractState(StrEnum):
    SIGNED = "signed"
    PAID = "paid"
    DELIVERED = "delivered"  # 交地确认书
    REGISTERED = "registered"  # 不动产登记
    VOIDED = "voided"


class TransferKind(StrEnum):
    TRANSFER = "transfer"  # 转让
    LEASE = "lease"  # 出租: the holder stays, the lessee takes the duties


@record
class Party:
    """One who holds the land, alone or with others; `share` is of 1."""

    name: str
    uscc: str | None = None
    enterprise_id: str | None = None
    share: Decimal | None = None


@record
class Instalment:
    """A part of the price [分期价款]; it is paid when the whole of it is."""

    instalment_no: int
    amount_cny: Decimal
    due_on: date
    paid_on: date | None = None


@record
class Tenure:
    """Who bears the duties of the contract from `from_on` on, and by what; the first by the contract."""

    parties: tuple[Party, ...]
    from_on: date
    transfer_kind: TransferKind | None = None


@record
class Contract:
    """`contract_id` is the id of its supply: one contract ends one. `policy_code` is the policy under which
    its promises were made, `industry_code` the industry of the land, where they are known. `change_no` counts
    what was told of who holds the land. `tenures` are in the order of their days; the last bears the duties
    today. `against` is what has come to stand against its award: the release of its land was revoked.
    `state`, `holders` and the days of the right, both included, follow from the rest."""

    contract_id: str
    contract_number: str
    supervision_number: str | None = None
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    target_use: str
    lead_id: str | None = None
    supply_form: SupplyForm
    price_cny: Decimal
    signed_on: date
    use_term_years: int
    lease_years: int | None = None
    instalments: tuple[Instalment, ...] = ()
    terms: ContractTerms
    indicators: tuple[Indicator, ...] = ()
    policy_code: str | None = None
    industry_code: str | None = None
    tenures: tuple[Tenure, ...]
    delivered_on: date | None = None
    registered_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    voided_on: date | None = None
    against: tuple[Reason, ...] = ()
    change_no: int = 1
    state: ContractState = ContractState.SIGNED
    holders: tuple[Party, ...] = ()
    starts_on: date = date.min
    ends_on: date = date.max

    def __post_init__(self) -> None:
        starts_on = self.delivered_on or self.signed_on
        last = last_of_term(starts_on, 12 * self.right_years)
        follows = {"state": self._state(), "holders": self._holders()}
        for name, value in (follows | {"starts_on": starts_on, "ends_on": last}).items():
            object.__setattr__(self, name, value)

    def _state(self) -> ContractState:
        if self.voided_on:
            return ContractState.VOIDED
        if self.registered_on:
            return ContractState.REGISTERED
        if self.delivered_on:
            return ContractState.DELIVERED
        return ContractState.PAID if self.is_paid else ContractState.SIGNED

    @property
    def number_key(self) -> str:
        """Its number in one spelling."""
        return key_of(self.contract_number)

    @property
    def supervision_key(self) -> str | None:
        """The number of its supervision [电子监管号] in one spelling."""
        return key_of(self.supervision_number) if self.supervision_number else None

    @property
    def is_paid(self) -> bool:
        return all(each.paid_on for each in self.instalments)

    def _holders(self) -> tuple[Party, ...]:
        """Who holds the land: a lease changes who bears the duties, not who holds it."""
        held = [each for each in self.tenures if each.transfer_kind is not TransferKind.LEASE]
        return held[-1].parties

    @property
    def duty_bearers(self) -> tuple[Party, ...]:
        return self.tenures[-1].parties

    def bearers_on(self, day: date) -> tuple[Party, ...]:
        """Who bore the duties on that day; the first bearers before the contract."""
        begun = [each for each in self.tenures if each.from_on <= day]
        return (begun or self.tenures[:1])[-1].parties

    @property
    def right_years(self) -> int:
        """Years of the right that the holder has now: of the lease, while that comes before a grant."""
        if self.supply_form is SupplyForm.LEASE_THEN_GRANT and self.lease_years:
            return self.lease_years
        return self.use_term_years

    def with_change(self, contract: Contract) -> Contract:
        """That contract, told as the next change."""
        return replace(contract, change_no=self.change_no + 1)


def instalments_of(
    price_cny: Decimal, terms: tuple[PaymentTerm, ...], signed_on: date
) -> tuple[Instalment, ...]:
    """The parts of the price, each with its day; the last is what is left, to the cent."""
    found: list[Instalment] = []
    for number, term in enumerate(terms, start=1):
        paid = sum((each.amount_cny for each in found), Decimal(0))
        part = (price_cny * term.share).quantize(CENT, ROUND_HALF_UP)
        due_on = months_later(signed_on, term.within_months) + timedelta(days=term.within_days)
        amount = price_cny - paid if number == len(terms) else part
        found.append(Instalment(instalment_no=number, amount_cny=amount, due_on=due_on))
    return tuple(found)


def contract_of(
    supply: Supply,
    *,
    parties: tuple[Party, ...],
    signed_on: date,
    payments: tuple[PaymentTerm, ...],
    indicators: tuple[Indicator, ...],
    **numbers: str | None,
) -> Contract:
    """The contract that ends this supply, by the terms of its notice. `indicators` are all that it promises,
    `numbers` those of the contract and of its supervision, and the codes of its policy and industry."""
    award, winner, notice = supply.award, supply.winner, supply.notice
    if award is None or winner is None:
        raise ValueError("a contract ends a supply that was awarded")
    bidder = winner.bidder
    own = Party(name=bidder.name, uscc=bidder.uscc, enterprise_id=bidder.enterprise_id)
    return Contract(
        contract_id=supply.supply_id,
        contract_number=numbers["contract_number"] or "",
        supervision_number=numbers["supervision_number"],
        policy_code=numbers["policy_code"],
        industry_code=numbers["industry_code"],
        listing_id=supply.listing_id,
        parcel_id=supply.parcel_id,
        case_id=supply.case_id,
        township=supply.township,
        area_m2=supply.area_m2,
        target_use=supply.target_use,
        lead_id=winner.lead_id,
        supply_form=notice.supply_form,
        price_cny=award.price_cny,
        signed_on=signed_on,
        use_term_years=notice.use_term_years,
        lease_years=notice.lease_years,
        instalments=instalments_of(award.price_cny, payments, signed_on),
        terms=notice.contract_terms,
        indicators=indicators,
        tenures=(Tenure(parties=parties or (own,), from_on=signed_on),),
    )
