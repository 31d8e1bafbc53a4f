"""Obligations: what projects tells of contracts of land, and what firms owe and promised by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from backbone import Collection, hears, reads
from backbone.messages.envelope import Event

from ..firms.entrypoints import Sites
from ..identity import finding
from ..identity.firm_identity import FirmIdentity
from . import schemas
from .land import Bearer, Finding, Held, Instalment, LandObligations, Lifted, Payment, Promise
from .reckoning import FirmOf

MOST = 100_000  # contracts: far more than a district has
KEPT = (
    Collection(
        LandObligations,
        key="contract_id",
        filters=("enterprise_ids", "usccs", "parcel_id", "township", "names_no_firm"),
    ),
)


class Obligations(Sites):
    """Follows what projects says of contracts, of payments and of promises."""

    get_land_obligations, list_land_obligations, land_obligations_history = reads(LandObligations)

    @hears("projects", "contract_signed", schemas.ContractSigned, in_order_of="parcel_id")
    def note_contract(self, event: Event) -> None:
        """Land has a new holder, who owes its price."""
        data, at = event.data, self._time(event)
        people = tuple(data["holders"])
        held = Held(
            change_no=data["change_no"],
            from_on=data["signed_on"],
            holders=people,
            bearers=people,
            known_at=at,
        )
        parts = [Instalment(**each, known_at=at) for each in data["instalments"]]
        self._told(event, held=[held], instalments=parts)

    @hears("projects", "contract_changed", schemas.ContractChanged, in_order_of="parcel_id")
    def note_change_of_contract(self, event: Event) -> None:
        """Land was transferred, leased or delivered: others may have its duties."""
        data = event.data
        held = Held(
            change_no=data["change_no"],
            from_on=data["changed_on"],
            holders=tuple(data["holders"]),
            bearers=tuple(data["duty_bearers"] or data["holders"]),
            known_at=self._time(event),
        )
        self._told(event, held=[held])

    @hears("projects", "payment_due", schemas.PaymentDue, in_order_of="parcel_id")
    def note_instalment(self, event: Event) -> None:
        """An instalment will be due, or is late."""
        given = {name: event.data[name] for name in ("instalment_no", "due_on", "amount_cny")}
        due = Instalment(**given, known_at=self._time(event))
        self._told(event, "supply_id", instalments=[due])

    @hears("projects", "payment_made", schemas.PaymentMade, in_order_of="parcel_id")
    def note_payment(self, event: Event) -> None:
        """An instalment was paid, or the day on which it was is corrected."""
        given = {name: event.data[name] for name in ("instalment_no", "paid_on")}
        self._told(event, payments=[Payment(**given, known_at=self._time(event))])

    @hears("projects", "commitments_made", schemas.CommitmentsMade, in_order_of="parcel_id")
    def note_promises(self, event: Event) -> None:
        """A contract promises so much of its land."""
        data, at = event.data, self._time(event)
        made = [Promise(**each, known_at=at) for each in data["promises"]] or [
            Promise(commitment_id=f"{data['contract_id']}.{number}", known_at=at)
            for number in range(1, data["indicators"] + 1)
        ]
        self._told(event, promises=made)

    @hears("projects", "commitment_breached", schemas.CommitmentBreached, in_order_of="parcel_id")
    def note_breach(self, event: Event) -> None:
        """A review found that a promise is broken."""
        self._found(event, *_ids_of_breach(event.data), met=False)

    @hears("projects", "commitment_verified", schemas.Reviewed, in_order_of="parcel_id")
    def note_promise_kept(self, event: Event) -> None:
        """A review found that a promise is kept. One that does not say which promise it means, as it
        once was told, decides nothing."""
        ids = event.data["commitment_id"], event.data["review_id"]
        if all(ids):
            self._found(event, *ids, met=True)

    @hears(
        "projects",
        "commitment_breach_lifted",
        schemas.CommitmentBreachLifted,
        in_order_of="parcel_id",
    )
    def note_breach_lifted(self, event: Event) -> None:
        """A review was corrected: the promise is not broken by it."""
        commitment_id, review_id = _ids_of_breach(event.data)
        lifted = Lifted(
            commitment_id=commitment_id, review_id=review_id, known_at=self._time(event)
        )
        self._told(event, lifted=[lifted])

    @hears("projects", "award_voided", schemas.AwardVoided, in_order_of="parcel_id")
    def note_void_contract(self, event: Event) -> None:
        """An award never held, nor did its contract: nothing is owed by it."""
        land = self._land_of(event, "supply_id")
        self.store.save(land.voided(self._time(event)))

    def obligations_of(
        self, enterprise_ids: Iterable[str], parcel_ids: Iterable[str], known_at: datetime
    ) -> list[LandObligations]:
        """The contracts that name these firms, by id or by code, or are of these parcels, as known at
        that moment."""
        found = {land.contract_id: land for land in self._concerning(enterprise_ids, parcel_ids)}
        known = (found[key].known(known_at) for key in sorted(found))
        return [each for each in known if each]

    def firm_finder(self, on: date) -> FirmOf:
        """Which firm a party of a contract is: the one that ever had its code, or of several the one
        that has it on that day. None if nobody can say."""

        @cache
        def by_code(uscc: str) -> str | None:
            firms = self.store.find(FirmIdentity, MOST, code_values=uscc)
            held = [each for each in finding.by_code(firms, uscc, on) if not each["mistyped"]]
            ever = {each["enterprise_id"] for each in held}
            return ever.pop() if len(ever) == 1 else finding.holder(held, on)[0]

        def firm_of(bearer: Bearer) -> str | None:
            return bearer.enterprise_id or (by_code(bearer.uscc) if bearer.uscc else None)

        return firm_of

    def _concerning(
        self, enterprise_ids: Iterable[str], parcel_ids: Iterable[str]
    ) -> Iterator[LandObligations]:
        for parcel_id in parcel_ids:
            yield from self.store.find(LandObligations, MOST, parcel_id=parcel_id)
        for enterprise_id in enterprise_ids:
            yield from self.store.find(LandObligations, MOST, enterprise_ids=enterprise_id)
            identity = self.store.get(FirmIdentity, enterprise_id)
            for code in identity.code_values if identity else ():
                yield from self.store.find(LandObligations, MOST, usccs=code)

    def _found(self, event: Event, commitment_id: str, review_id: str, met: bool) -> None:
        given = {name: event.data[name] for name in ("reviewed_on", "data_year", "actual")}
        found = Finding(
            **given,
            commitment_id=commitment_id,
            review_id=review_id,
            met=met,
            bearers=tuple(event.data["bearers"]),
            known_at=self._time(event),
        )
        self._told(event, findings=[found])

    def _told(self, event: Event, key: str = "contract_id", **more: Any) -> None:
        self.store.save(self._land_of(event, key).told(**more))

    def _land_of(self, event: Event, key: str = "contract_id") -> LandObligations:
        """What is kept of the contract of an event."""
        data = event.data
        known = self.store.get(LandObligations, data[key])
        about = {name: data[name] for name in ("parcel_id", "township")}
        return known or LandObligations(contract_id=data[key], **about)


def _ids_of_breach(data: dict[str, Any]) -> tuple[str, str]:
    """The promise and the review of a breach: its id is that of the contract, a dot, the number of the
    promise, a dot, and the review."""
    number, _, review_id = data["breach_id"].removeprefix(f"{data['contract_id']}.").partition(".")
    return f"{data['contract_id']}.{number}", review_id
