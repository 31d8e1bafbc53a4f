"""Carriers [产业载体]: parks, buildings and units as townships report them, their leases and mergers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backbone import Collection, command, hears, reads
from backbone.errors import NotFound
from backbone.messages.envelope import Event
from park.rules import broken, refuse

from ..register.entrypoints import Reporting
from ..register.rules import not_yet
from ..words import WAITS_FOR_BUILDING, WAITS_FOR_PARK, WAITS_FOR_UNIT, Said
from . import facts, schemas
from .carriers import Carriers, floor_not_there, overfull_floors
from .park import Building, CarrierState, Merger, Operator, Park, Rating
from .rules import (
    END_RULES,
    LEASE_RULES,
    MERGER_RULES,
    RENEWAL_RULES,
    Ending,
    Leasing,
    Merging,
    ids_of_the_township,
)
from .unit import End, Lease, LeaseState, Unit

MOST = 100_000  # units: far more than a district has
LATER_STANDS = "a later report stands: the one of the later reported_on, of one day the later event"
KEPT = (
    Collection(
        Park, key="park_id", filters=("township", "state", "merged_into", "small_firm_park")
    ),
    Collection(Building, key="building_id", filters=("township", "state", "park_id", "parcel_id")),
    Collection(
        Unit,
        key="unit_id",
        filters=("township", "state", "building_id", "finding", "enterprise_ids"),
        orders=("rentable_area_m2",),
    ),
)
EMITTED = facts.EMITTED


class Keeping(Reporting):
    """What the handlers of carriers need: the things that they are about, and how one is kept."""

    def _own(self, event: Event, *ids: tuple[str, str]) -> None:
        refuse(ids_of_the_township(event.publisher, ids))

    def _building(self, building_id: str) -> Building:
        return self.store.get(Building, building_id) or Building.unknown(building_id)

    def _unit(self, unit_id: str) -> Unit:
        return self.store.get(Unit, unit_id) or Unit.unknown(unit_id)

    def _keep_unit(self, before: Unit, after: Unit) -> None:
        self.store.save(after)
        self.store.announce(*facts.facts_of(before, after))

    def _desk_said(self, on: Any) -> Said:
        return Said(on=on, at=self.store.now, event_id=self.store.cause.id)

    def _carriers(self) -> Carriers:
        kinds = (Park, Building, Unit)
        return Carriers.of(*(self.store.find(kind, MOST) for kind in kinds))


class CarrierTree(Keeping):
    """Keeps parks, buildings and units as their newest reports say, in whatever order these come."""

    get_park, list_parks, park_history = reads(Park)
    get_building, list_buildings, building_history = reads(Building)
    get_unit, list_units, unit_history = reads(Unit)

    @hears("township", "carrier.park_reported", schemas.ParkReported)
    def report_park(self, event: Event) -> str | None:
        """A park, who runs it, and how it is rated."""
        data, said = event.data, self._said(event, "data.reported_on")
        parcels = [("data.parcel_ids", each) for each in data["report"]["parcel_ids"]]
        self._own(event, ("data.park_id", data["park_id"]), *parcels)
        park = self.store.get(Park, data["park_id"]) or Park.unknown(data["park_id"])
        after = park.with_report(data["report"], said)
        after = after.with_operator(Operator(since=said.on, name=data["operator"], said=said))
        if data["stars"] is not None:
            rating = Rating(since=data["stars_from"], stars=data["stars"], said=said)
            after = after.with_rating(rating)
        self.store.save(after)
        return None if after.reported == said else LATER_STANDS

    @hears(
        "township", "carrier.building_reported", schemas.BuildingReported, in_order_of="building_id"
    )
    def report_building(self, event: Event) -> str | None:
        """A building of a park, on a parcel. Either may be reported later."""
        data, said = event.data, self._said(event, "data.reported_on")
        ids = [(f"data.{name}", data[name]) for name in ("building_id", "park_id")]
        self._own(event, *ids)
        parcel = self._parcel(event)
        park = self.store.get(Park, data["park_id"]) or Park.unknown(data["park_id"])
        building = self._building(data["building_id"])
        about = {name: data[name] for name in ("park_id", "parcel_id")}
        after = building.with_report(data["report"] | about, said)
        self.store.save(parcel, park, after)
        self.parcel_changed(parcel.parcel_id)
        if after.reported != said:
            return LATER_STANDS
        return None if park.state is not CarrierState.ANNOUNCED else WAITS_FOR_PARK

    @hears("township", "carrier.unit_reported", schemas.UnitReported, in_order_of="unit_id")
    def report_unit(self, event: Event) -> str | None:
        """A unit of a building. What was leased before it was reported comes into force."""
        data, said = event.data, self._said(event, "data.reported_on")
        self._own(event, *((f"data.{name}", data[name]) for name in ("unit_id", "building_id")))
        building, unit = self._building(data["building_id"]), self._unit(data["unit_id"])
        report = data["report"] | {"building_id": building.building_id}
        after = unit.with_report(report, said)
        self.store.save(building)
        self._keep_unit(unit, after)
        return self._note_of(after, building) if after.reported == said else LATER_STANDS

    def _note_of(self, unit: Unit, building: Building) -> str | None:
        """What is doubtful about the unit or its floor, or what it waits for, for the receipt."""
        beside = self.store.find(Unit, MOST, building_id=building.building_id)
        units = [each for each in beside if each.unit_id != unit.unit_id]
        missing = filter(None, [floor_not_there(building, unit)])
        doubts = [*unit.findings, *missing, *overfull_floors(building, [*units, unit])]
        waits = building.state is CarrierState.ANNOUNCED
        said = [*(reason.sentence for reason in doubts), *([WAITS_FOR_BUILDING] if waits else [])]
        return " ".join(said)[:500] or None


class Leases(Keeping):
    """Keeps the leases of units, so that never more is let than can be rented."""

    @hears("township", "carrier.unit_leased", schemas.UnitLeased)
    def report_lease(self, event: Event) -> str | None:
        """A lease was signed. One that finds no room is kept and set aside, and its receipt says so."""
        data, said = event.data, self._said(event, "data.signed_on")
        unit = self._unit(data["unit_id"])
        lease = Lease(**data["terms"], signed=said)
        ids = [("data.unit_id", unit.unit_id), ("data.lease_id", lease.lease_id)]
        self._own(event, *ids)
        after = unit.with_lease(lease)
        self._keep_unit(unit, after)
        kept = after.lease(lease.lease_id)
        if kept is None or kept.signed != said:
            return LATER_STANDS
        waits = WAITS_FOR_UNIT if kept.state is LeaseState.WAITING else None
        return kept.reasons[0].sentence if kept.reasons else waits

    @command(schemas.LeaseUnit, answers=Unit)
    def lease_unit(self, request: dict[str, Any]) -> Any:
        """The desk lets (a part of) a unit."""
        said = self._signed(request)
        return self._let(request["unit_id"], Lease(**request["terms"], signed=said))

    @command(schemas.RenewLease, answers=Unit)
    def renew_lease(self, request: dict[str, Any]) -> Any:
        """The desk carries a lease on, under an id of its own, from the day after its last."""
        old = self._lease(request)
        unit = self.store.require(Unit, request["unit_id"], "unit_id")
        renewed = unit.renewals_of(old)
        refuse(*broken(RENEWAL_RULES, Ending(lease=old, ended_on=old.last_day, renewed_by=renewed)))
        names = ("area_m2", "rent_cny_per_m2_month", "deposit_cny")
        changed = {name: request[name] for name in names if request[name] is not None}
        lease = replace(
            old,
            **changed,
            lease_id=request["new_lease_id"],
            starts_on=old.free_from,
            ends_on=request["ends_on"],
            rent_free_days=request["rent_free_days"],
            signed=self._signed(request),
            renews=old.lease_id,
            ended=None,
        )
        return self._let(unit.unit_id, lease)

    @command(schemas.EndLease, answers=Unit)
    def end_lease(self, request: dict[str, Any]) -> Any:
        """The lessee leaves early; the area is free from the next day."""
        lease, ended_on = self._lease(request), request["ended_on"]
        unit = self.store.require(Unit, request["unit_id"], "unit_id")
        renewed = unit.renewals_of(lease)
        refuse(*broken(END_RULES, Ending(lease=lease, ended_on=ended_on, renewed_by=renewed)))
        after = unit
        if lease.ended is None:
            after = unit.with_end(lease, End(last_day=ended_on, said=self._desk_said(ended_on)))
        self._keep_unit(unit, after)
        return self.store.dump(after)

    def _let(self, unit_id: str, lease: Lease) -> Any:
        unit = self.store.require(Unit, unit_id, "unit_id")
        after = unit.with_lease(lease)
        refuse(*broken(LEASE_RULES, Leasing(lease=lease, before=unit, after=after)))
        self._keep_unit(unit, after)
        return self.store.dump(after)

    def _lease(self, request: dict[str, Any]) -> Lease:
        unit = self.store.require(Unit, request["unit_id"], "unit_id")
        found: Lease | None = unit.lease(request["lease_id"])
        if found is None:
            raise NotFound.of("lease", "lease_id")
        return found

    def _signed(self, request: dict[str, Any]) -> Said:
        said = self._desk_said(request["on"])
        refuse(not_yet(said, self.store.today, "signed_on"))
        return said


class Mergers(Keeping):
    """Merges parks; what stands in them keeps its ids and its terms."""

    @command(schemas.MergeParks, answers=schemas.ParksMerged)
    def merge_parks(self, request: dict[str, Any]) -> Any:
        """The desk merges parks into one, under one operator, from a day on."""
        on, said = request["merged_on"], self._desk_said(request["merged_on"])
        into = self.store.require(Park, request["into_id"], "into_id")
        ids = request["source_ids"]
        sources = tuple(self.store.require(Park, each, "source_ids") for each in ids)
        refuse(
            not_yet(said, self.store.today, "merged_on"),
            *broken(MERGER_RULES, Merging(sources=sources, into=into)),
        )
        merger = Merger(
            into_id=into.park_id,
            merged_on=on,
            document_number=request["document_number"],
            said=said,
        )
        gone = [replace(each, merged=merger) for each in sources]
        operator = Operator(since=on, name=request["operator"], said=said)
        after = into.with_operator(operator)
        before = self._carriers()
        moved = tuple(before.moved_out_of(each.park_id, on) for each in sources)
        self.store.save(after, *gone)
        self.store.announce(facts.park_merged_of(after, merger, operator, moved))
        then = before.with_parks(after, *gone)
        answer = {
            "park_id": into.park_id,
            "merged_on": on,
            "operator": operator.name,
            "moved": moved,
            **before.counted([*ids, into.park_id], on, "before"),
            **then.counted([into.park_id], on, "after"),
        }
        return self.store.dump(answer)
