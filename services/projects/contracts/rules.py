"""What holds of contracts and what follows them; each rule answers with a reason, or nothing."""

from __future__ import annotations

from datetime import date

from backbone.errors import Reason
from backbone.records import record
from park.rulebook import Rulebook
from park.rules import Rule
from park.time import months_later

from ..listings.notice import PaymentTerm
from ..rulebook import FOLDER
from ..supply.supply import Supply
from .contract import Contract, ContractState


@record
class PaymentLaw:
    """How the price is paid where the notice does not say."""

    source: str
    payments: tuple[PaymentTerm, ...]


PAYMENT_LAW = Rulebook(FOLDER / "payments", PaymentLaw)
ORDER_39 = "39号令 (2007) 招标拍卖挂牌出让国有建设用地使用权规定"


@record
class Signing:
    """A contract that is to end this supply on that day."""

    supply: Supply
    signed_on: date
    today: date


def award_stands(signing: Signing) -> Reason | None:
    """A contract is made with whoever was awarded the land, once."""
    award = signing.supply.award
    if award and not award.voided_on and not award.contract_signed_on:
        return None
    return Reason("NOT_AWARDED", f"The supply is {signing.supply.state.value}.", field="listing_id")


def award_is_confirmed(signing: Signing) -> Reason | None:
    """39号令 (2007): the confirmation [成交确认书] is signed first, and says when the contract is."""
    award = signing.supply.award
    confirmed_on = award and award.confirmed_on
    if confirmed_on and signing.signed_on >= confirmed_on:
        return None
    told = f"It was confirmed on {confirmed_on}." if confirmed_on else "It is not confirmed yet."
    return Reason(
        "NOT_CONFIRMED",
        f"The award is confirmed before the contract. {told}",
        "signed_on",
        ORDER_39,
    )


def signing_has_happened(signing: Signing) -> Reason | None:
    """What has not happened yet is not entered."""
    if signing.signed_on <= signing.today:
        return None
    return Reason("NOT_YET", f"Today is {signing.today}; give a day that has come.", "signed_on")


SIGNING_RULES: tuple[Rule[Signing], ...] = (
    award_stands,
    award_is_confirmed,
    signing_has_happened,
)


def number_is_of_another(field: str, parcel_id: str | None) -> Reason | None:
    """A number names one contract: that of another, void or not, is used (practice)."""
    if parcel_id is None:
        return None
    sentence = f"Another contract, of parcel {parcel_id}, has this number; give this one its own."
    return Reason("NUMBER_USED", sentence, field=field)


@record
class Following:
    """A step that follows a contract: its field and its day."""

    contract: Contract
    field: str
    on: date
    today: date


def contract_stands(following: Following) -> Reason | None:
    """Nothing follows a contract that is void."""
    if following.contract.state is not ContractState.VOIDED:
        return None
    return Reason("CONTRACT_VOID", "The award and its contract are void.", field="contract_id")


def step_has_happened(following: Following) -> Reason | None:
    """It has happened, and after the contract."""
    signed_on, today = following.contract.signed_on, following.today
    if signed_on <= following.on <= today:
        return None
    sentence = f"The contract is of {signed_on} and today is {today}; give a day between the two."
    return Reason("STEP_DAY", sentence, field=following.field)


FOLLOWING_RULES: tuple[Rule[Following], ...] = (contract_stands, step_has_happened)


def not_paid(contract: Contract, on: date) -> Reason | None:
    """暂行条例 art. 16: the right is registered when the whole price is paid, and not before that day."""
    open_numbers = [
        str(each.instalment_no)
        for each in contract.instalments
        if each.paid_on is None or each.paid_on > on
    ]
    if not open_numbers:
        return None
    return Reason(
        "NOT_PAID",
        f"Not paid by {on}: instalment {', '.join(open_numbers)}. The right is registered after the whole "
        "price.",
        field="contract_id",
        source="城镇国有土地使用权出让和转让暂行条例 art. 16",
    )


def building_ends_first(contract: Contract) -> Reason | None:
    """Building is complete after it was begun, where both days are known."""
    begun, complete = contract.started_on, contract.completed_on
    if begun is None or complete is None or begun <= complete:
        return None
    return Reason(
        "BUILDING_ENDS_FIRST",
        f"Building began on {begun}; it is complete then or later, not on {complete}.",
        field="completed_on",
    )


def transfer_is_early(contract: Contract, on: date) -> Reason | None:
    """Where the notice asks for years without a transfer, they are counted from the completion (温岭: five
    years after acceptance). The land desk is told; the contract says what follows."""
    years = contract.terms.no_transfer_years
    if years is None:
        return None
    if contract.completed_on is None:
        told = "building is not complete"
    elif on >= months_later(contract.completed_on, 12 * years):
        return None
    else:
        told = f"building was complete on {contract.completed_on}"
    return Reason(
        "TRANSFER_TOO_EARLY",
        f"The notice asks for {years} years after completion without a transfer; {told}.",
        field="transferred_on",
        source="the notice",
    )
