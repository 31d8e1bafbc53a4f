"""Transfers: a parcel gets the holder that its contract names, and loses it with a void award."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from backbone import hears
from backbone.messages.envelope import Event

from ..register.entrypoints import Reporting
from ..register.parcel import Parcel
from ..register.rights.rights import UseRight
from ..register.rights.supplied import Supplied
from ..words import Said
from . import facts, schemas

EMITTED = facts.EMITTED


class Transfers(Reporting):
    """Keeps who holds supplied land. It comes out the same in whatever order the facts are heard."""

    @hears("projects", "listing_awarded", schemas.OfSupply, in_order_of="parcel_id")
    def note_award(self, event: Event) -> None:
        """The parcel was awarded; who holds it changes with the contract."""
        self._supply(event, Supplied(**_ids_of(event)))

    @hears("projects", "contract_signed", schemas.ContractSigned, in_order_of="parcel_id")
    def transfer_parcel(self, event: Event) -> None:
        """The contract was signed: a new holder, right and term."""
        self._supply(event, self._held(event))

    @hears("projects", "contract_changed", schemas.ContractChanged, in_order_of="parcel_id")
    def change_holder(self, event: Event) -> None:
        """The land was delivered or transferred: another term, or another holder."""
        self._supply(event, self._held(event))

    @hears("projects", "award_voided", schemas.OfSupply, in_order_of="parcel_id")
    def undo_transfer(self, event: Event) -> None:
        """The award is void: the parcel has the holder that it had before."""
        self._supply(event, Supplied(**_ids_of(event), voided=True))

    def _supply(self, event: Event, supplied: Supplied) -> None:
        parcel_id = event.data["parcel_id"]
        known = self.store.get(Parcel, parcel_id) or Parcel.unknown(parcel_id)
        for before in [known, *self._parts_with(known, supplied)]:
            after = before.with_supply(supplied)
            self.store.save(after)
            self.store.announce(*facts.facts_of(before, after, supplied.supply_id))
            if after != before and after.registered:
                self.parcel_changed(after.parcel_id)

    def _held(self, event: Event) -> Supplied:
        data = event.data
        said = Said(on=data["on"], at=event.time or self.store.now, event_id=event.id)
        right = UseRight(**data["right"], recorded=said)
        return Supplied(**_ids_of(event), change_no=data["change_no"], right=right)

    def _parts_with(self, parcel: Parcel, supplied: Supplied) -> Iterator[Parcel]:
        """What has taken the place of supplied land was supplied with it."""
        for child_id in parcel.child_ids:
            child = self.store.require(Parcel, child_id)
            if any(each.supply_id == supplied.supply_id for each in child.supplies):
                yield child
                yield from self._parts_with(child, supplied)


def _ids_of(event: Event) -> dict[str, Any]:
    return {name: event.data[name] for name in ("supply_id", "case_id")}
