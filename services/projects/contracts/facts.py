"""The facts of contracts. Money in CNY, days in the park."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..listings.notice import SupplyForm
from ..supply.supply import Supply
from .contract import Contract, Instalment, Party

Why = dict[str, str]  # a reason: code, sentence, and perhaps field and source


@record
class ContractSigned:
    """`projects.contract_signed`: the land has a new holder, right and term. `change_no` grows with each
    fact of the contract; the highest one tells who holds the land. `instalments` are the parts of the
    price."""

    contract_id: str
    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    area_m2: Decimal
    contract_number: str
    supply_form: SupplyForm
    price_cny: Decimal
    signed_on: date
    use_term_years: int
    starts_on: date
    ends_on: date
    holders: tuple[Party, ...]
    lead_id: str | None
    change_no: int
    instalments: tuple[Instalment, ...] = ()


@record
class ContractChanged:
    """`projects.contract_changed`: the land was transferred, or delivered, and holder or term are others.
    `duty_bearers` have the duties from that day on; a lease makes them others than the holders."""

    contract_id: str
    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    supply_form: SupplyForm
    use_term_years: int
    changed_on: date
    starts_on: date
    ends_on: date
    holders: tuple[Party, ...]
    change_no: int
    duty_bearers: tuple[Party, ...] = ()


@record
class PaymentMade:
    """`projects.payment_made`: an instalment was paid in whole. Said again of one instalment, the later
    word corrects the earlier."""

    contract_id: str
    listing_id: str
    parcel_id: str
    township: str
    instalment_no: int
    amount_cny: Decimal
    due_on: date
    paid_on: date


@record
class AwardVoided:
    """`projects.award_voided`: the award, and its contract if there was one, never held."""

    supply_id: str
    listing_id: str
    parcel_id: str
    case_id: str
    township: str
    contract_signed: bool
    voided_on: date
    reasons: tuple[Why, ...]


EMITTED = (ContractSigned, ContractChanged, PaymentMade, AwardVoided)


def signed_of(contract: Contract) -> ContractSigned:
    return ContractSigned(
        **_ids_of(contract),
        area_m2=contract.area_m2,
        contract_number=contract.contract_number,
        price_cny=contract.price_cny,
        signed_on=contract.signed_on,
        lead_id=contract.lead_id,
        instalments=contract.instalments,
    )


def changed_of(contract: Contract, changed_on: date) -> ContractChanged:
    return ContractChanged(
        **_ids_of(contract), changed_on=changed_on, duty_bearers=contract.duty_bearers
    )


def paid_of(contract: Contract, instalment: Instalment, paid_on: date) -> PaymentMade:
    return PaymentMade(
        contract_id=contract.contract_id,
        listing_id=contract.listing_id,
        parcel_id=contract.parcel_id,
        township=contract.township,
        instalment_no=instalment.instalment_no,
        amount_cny=instalment.amount_cny,
        due_on=instalment.due_on,
        paid_on=paid_on,
    )


def voided_of(supply: Supply, voided_on: date, why: Why) -> AwardVoided:
    signed = bool(supply.award and supply.award.contract_signed_on)
    return AwardVoided(
        supply_id=supply.supply_id,
        listing_id=supply.listing_id,
        parcel_id=supply.parcel_id,
        case_id=supply.case_id,
        township=supply.township,
        contract_signed=signed,
        voided_on=voided_on,
        reasons=(why,),
    )


def _ids_of(contract: Contract) -> dict[str, Any]:
    return {
        "contract_id": contract.contract_id,
        "supply_id": contract.contract_id,
        "listing_id": contract.listing_id,
        "parcel_id": contract.parcel_id,
        "case_id": contract.case_id,
        "township": contract.township,
        "supply_form": contract.supply_form,
        "use_term_years": contract.right_years,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "holders": contract.holders,
        "change_no": contract.change_no,
    }
