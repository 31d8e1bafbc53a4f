"""Contracts: signed, paid, delivered, registered, transferred; and void with their award."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from backbone import Collection, command, query, reads
from backbone.errors import NotFound, Reason
from park.rules import broken, refuse

from ..leads.lead import Lead
from ..listings import facts as listing_facts
from ..listings.notice import Indicators
from ..listings.numbers import key_of
from ..supply.entrypoints import SupplyDesk
from ..supply.rules import day_in_order, standing_award
from ..supply.supply import Supply
from . import facts, schemas
from .contract import Contract, Tenure, contract_of
from .rules import (
    FOLLOWING_RULES,
    PAYMENT_LAW,
    SIGNING_RULES,
    Following,
    Signing,
    building_ends_first,
    not_paid,
    number_is_of_another,
    transfer_is_early,
)
from .steps import steps_of

KEPT = (
    Collection(
        Contract,
        key="contract_id",
        filters=(
            "parcel_id",
            "listing_id",
            "township",
            "state",
            "lead_id",
            "number_key",
            "supervision_key",
        ),
        orders=("signed_on",),
    ),
)
EMITTED = facts.EMITTED
MOST = 200  # contracts of one parcel
NUMBERS = {"contract_number": "number_key", "supervision_number": "supervision_key"}


class Contracts(SupplyDesk):
    """Keeps each contract, and what is done of it."""

    get_contract, list_contracts, contract_history = reads(Contract)

    def contract_changed(self, contract: Contract) -> None:
        """What was promised follows the contract. The service says how."""
        raise NotImplementedError

    def promised_by(self, noticed: Indicators, agreed: Indicators, on: date) -> Indicators:
        """What a contract of that day promises. Raises `Refused` if that is less than its notice."""
        raise NotImplementedError

    @query(schemas.AskParcel, answers=list[Contract])
    def contracts_of_parcel(self, request: dict[str, Any]) -> Any:
        """The contracts of a parcel, the newest first; a void one says so."""
        found = self.store.find(Contract, MOST, "-signed_on", parcel_id=request["parcel_id"])
        return [self.store.dump(each) for each in found]

    @command(schemas.SignContract, answers=Contract)
    def sign_contract(self, request: dict[str, Any]) -> Any:
        """The contract of awarded land was signed: the land has a new holder."""
        listing = self._listing(request["listing_id"])
        supply, signed_on = self._supply(listing), request["signed_on"]
        signing = Signing(supply=supply, signed_on=signed_on, today=self.store.today)
        refuse(*broken(SIGNING_RULES, signing), *self._numbers_elsewhere(request))
        promised = self.promised_by(supply.notice.indicators, request["indicators"], signed_on)
        self._release_stands(listing)
        contract = contract_of(
            supply,
            parties=request["holders"],
            signed_on=signed_on,
            payments=supply.notice.contract_terms.payments or PAYMENT_LAW.on(signed_on).payments,
            indicators=promised,
            contract_number=request["contract_number"],
            supervision_number=request["supervision_number"],
            policy_code=request["policy_code"],
            industry_code=request["industry_code"] or listing.industry_code,
        )
        if supply.award:
            award = replace(supply.award, contract_signed_on=signed_on)
            self._keep_supply(replace(supply, award=award))
        self._land_of_lead(contract)
        return self._kept(contract, facts.signed_of(contract))

    @command(schemas.RecordPayment, answers=Contract)
    def record_payment(self, request: dict[str, Any]) -> Any:
        """An instalment was paid in whole."""
        number, paid_on = request["instalment_no"], request["paid_on"]
        contract = self._following(request, "paid_on")
        due = next((e for e in contract.instalments if e.instalment_no == number), None)
        if due is None:
            raise NotFound.of("instalment", "instalment_no")
        paid = tuple(
            replace(each, paid_on=paid_on) if each is due else each for each in contract.instalments
        )
        told = facts.paid_of(contract, due, paid_on)
        return self._kept(replace(contract, instalments=paid), told)

    @command(schemas.RecordDelivery, answers=Contract)
    def record_delivery(self, request: dict[str, Any]) -> Any:
        """The land was delivered [交地]; its term counts from that day."""
        contract = self._following(request, "delivered_on")
        return self._told(
            replace(contract, delivered_on=request["delivered_on"]),
            contract,
            request["delivered_on"],
        )

    @command(schemas.RegisterRight, answers=Contract)
    def register_right(self, request: dict[str, Any]) -> Any:
        """The right was registered [不动产登记], after the whole price was paid."""
        contract = self._following(request, "registered_on")
        refuse(not_paid(contract, request["registered_on"]))
        return self._kept(replace(contract, registered_on=request["registered_on"]))

    @command(schemas.RecordConstruction, answers=Contract)
    def record_construction(self, request: dict[str, Any]) -> Any:
        """Building began, or is complete."""
        given = {name: request[name] for name in ("started_on", "completed_on") if request[name]}
        for name in given:
            contract = self._following(request, name)
        built = replace(contract, **given)
        refuse(building_ends_first(built))
        return self._kept(built)

    @command(schemas.TransferContract, answers=schemas.Transferred)
    def transfer_contract(self, request: dict[str, Any]) -> Any:
        """The land was transferred or leased: the duties move, and what was breached before stays with
        whoever bore them then (浙江省土地管理条例, 2021, art. 35)."""
        on, kind = request["transferred_on"], request["transfer_kind"]
        contract = self._following(request, "transferred_on")
        refuse(day_in_order(on, "transferred_on", contract.tenures[-1].from_on, self.store.today))
        tenure = Tenure(parties=request["holders"], from_on=on, transfer_kind=kind)
        after = replace(contract, tenures=(*contract.tenures, tenure))
        early = transfer_is_early(contract, on)
        warnings = [early.as_dict()] if early else []
        return {"contract": self._told(after, contract, on), "warnings": warnings}

    @command(schemas.VoidAward, answers=schemas.Voided)
    def void_award(self, request: dict[str, Any]) -> Any:
        """The award does not hold, nor does its contract: all that followed from it is taken back."""
        listing, on = self._listing(request["listing_id"]), request["voided_on"]
        supply, reason = self._supply(listing), request["void_reason"]
        award = standing_award(supply)
        refuse(day_in_order(on, "voided_on", award.awarded_on, self.store.today))
        voided = replace(supply, award=replace(award, voided_on=on, void_reason=reason))
        free = listing.with_award_void()
        self._keep_supply(voided)
        self._keep_result(free)
        why = {"code": "AWARD_VOID", "sentence": reason}
        self.store.announce(
            facts.voided_of(supply, on, why), *listing_facts.facts_of(listing, free)
        )
        contract = self.store.get(Contract, supply.supply_id)
        if contract:
            self._ended(replace(contract, voided_on=on))
        return {
            "supply_id": supply.supply_id,
            "listing_state": free.state.value,
            "voided_on": on.isoformat(),
        }

    def follow_award(self, supply: Supply) -> None:
        """A contract shows what stands against its award; it holds until the land desk decides."""
        contract = self.store.get(Contract, supply.supply_id)
        if contract:
            self.store.save(replace(contract, against=supply.against))

    def _numbers_elsewhere(self, request: dict[str, Any]) -> Iterator[Reason | None]:
        """Why a number of the new contract is none for it: whose it is."""
        for field, index in NUMBERS.items():
            key = key_of(request[field]) if request[field] else None
            having = self.store.find(Contract, 1, **{index: key}) if key else ()
            yield number_is_of_another(field, having[0].parcel_id if having else None)

    def _following(self, request: dict[str, Any], field: str) -> Contract:
        contract: Contract = self.store.require(Contract, request["contract_id"], "contract_id")
        step = Following(contract=contract, field=field, on=request[field], today=self.store.today)
        refuse(*broken(FOLLOWING_RULES, step))
        return contract

    def _told(self, after: Contract, before: Contract, on: date) -> Any:
        after = before.with_change(after)
        return self._kept(after, facts.changed_of(after, on))

    def _ended(self, contract: Contract) -> None:
        self._kept(contract)
        self._land_of_lead(contract)

    def _kept(self, contract: Contract, *announced: Any) -> Any:
        self.store.save(contract)
        self.keep_dues(steps_of(contract))
        self.store.announce(*announced)
        self.contract_changed(contract)
        return self.store.dump(contract)

    def _land_of_lead(self, contract: Contract) -> None:
        """The project that the land is for has its land, or has it no longer."""
        lead = self.store.get(Lead, contract.lead_id) if contract.lead_id else None
        if lead:
            held = contract.voided_on is None
            self.store.save(lead.with_land(contract.contract_id, held=held))
