"""Which reports each thing keeps, what they wait for, and how that is known to have come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from park.responses.waits import Awaited, Kept

from ..boundaries.boundary import Boundary
from ..carriers.park import Building, CarrierState, Park
from ..carriers.unit import LeaseState, Unit
from ..register.parcel import Parcel, ParcelState
from ..remediation.case import Case
from ..remediation.chain import note_of, note_of_turn
from ..remediation.reports import Approved, Completed, Identified, Planned, Progressed, Report
from ..remediation.turns import Turn
from ..screening.plot import Plot
from ..screening.suspicion import WAITS_FOR, Suspicion
from ..soil.record import SoilRecord
from ..words import (
    WAITS_FOR_BUILDING,
    WAITS_FOR_PARCEL,
    WAITS_FOR_PARK,
    WAITS_FOR_UNIT,
    Said,
)

CHAIN = (Identified, Planned, Approved, Progressed, Completed)
ANNOUNCED: Mapping[type, str] = {  # the state of a thing that others await
    Parcel: ParcelState.ANNOUNCED,
    Park: CarrierState.ANNOUNCED,
    Building: CarrierState.ANNOUNCED,
}


def of_case(case: Case) -> Iterator[Kept]:
    """Its chain and its turns. What one that is not in force waits for stands in the case."""
    chain = [report for kind in CHAIN if (report := case.held(kind))]
    notes: list[tuple[Report | Turn, str | None]] = [
        (each, note_of(case, each, registered=True)) for each in (*chain, *case.completed_again)
    ]
    notes += [(turn, note_of_turn(case, turn, registered=True)) for turn in case.turns]
    for each, note in notes:
        name = f"remediation.{each.kind}"
        yield _kept(name, each.said, "case", case.case_id, note, _parcel(case.parcel_id))


def of_suspicion(suspicion: Suspicion) -> Iterator[Kept]:
    """The check on site, the holder's word and the answer to it."""
    note = WAITS_FOR.get(suspicion.state)
    check, holder, answer = suspicion.check, suspicion.holder, suspicion.answer
    said = {
        "verified": check.said if check and check.verified else None,
        "rejected": check.said if check and not check.verified else None,
        "holder_heard": holder.said if holder else None,
        "objection_answered": answer.said if answer else None,
    }
    for name, each in said.items():
        if each:
            report = f"low_efficiency.{name}"
            yield _kept(report, each, "suspicion", suspicion.suspicion_id, note)


def of_plot(plot: Plot) -> Iterator[Kept]:
    """How far the building on it has come."""
    if plot.construction:
        said, awaited = plot.construction.reported, _parcel(plot.parcel_id)
        yield _kept("construction.reported", said, "plot", plot.parcel_id, None, awaited)


def of_boundary(boundary: Boundary) -> Iterator[Kept]:
    """Its outline and its point."""
    for said in boundary.surveyed:
        awaited = _parcel(boundary.parcel_id)
        name = "parcel.boundary_surveyed"
        yield _kept(name, said, "boundary", boundary.parcel_id, None, awaited)


def of_soil(record: SoilRecord) -> Iterator[Kept]:
    """What was reported of the soil of a parcel."""
    for each in record.reports:
        name, awaited = f"soil: {type(each).kept_in}", _parcel(record.parcel_id)
        yield _kept(name, each.said, "soil_record", record.parcel_id, None, awaited)


def of_building(building: Building) -> Iterator[Kept]:
    if building.reported and building.park_id:
        park = Awaited(Park, building.park_id, WAITS_FOR_PARK)
        name = "carrier.building_reported"
        yield _kept(name, building.reported, "building", building.building_id, None, park)


def of_unit(unit: Unit) -> Iterator[Kept]:
    """Its own report, and its leases: one that finds no room has no effect until there is some."""
    if unit.reported and unit.building_id:
        building = Awaited(Building, unit.building_id, WAITS_FOR_BUILDING)
        yield _kept("carrier.unit_reported", unit.reported, "unit", unit.unit_id, None, building)
    for lease in unit.leases:
        note = lease.reasons[0].sentence if lease.reasons else None
        note = WAITS_FOR_UNIT if lease.state is LeaseState.WAITING else note
        yield _kept("carrier.unit_leased", lease.signed, "lease", lease.lease_id, note)


REPORTS_OF: Mapping[type, Callable[[Any], Iterator[Kept]]] = {
    Case: of_case,
    Suspicion: of_suspicion,
    Plot: of_plot,
    Boundary: of_boundary,
    SoilRecord: of_soil,
    Building: of_building,
    Unit: of_unit,
}


class ThereSince:
    """Since when things that others await are there, each looked up once for a question."""

    def __init__(self, repository: Any) -> None:
        self._repository = repository
        self._since: dict[tuple[type, str], datetime | None] = {}

    def __call__(self, awaited: Awaited) -> datetime | None:
        """The moment from which on the thing was more than announced; none as long as it is not."""
        kind, identity = awaited.kind, awaited.identity
        if (kind, identity) not in self._since:
            self.note(kind, identity, self._repository.history(kind, identity))
        return self._since[kind, identity]

    def note(self, kind: type, identity: str, changes: list[dict[str, Any]]) -> None:
        """It follows from these changes, which somebody read anyway."""
        announced = ANNOUNCED[kind]
        there = (
            each["at"] for each in changes if each["changed"].get("state", announced) != announced
        )
        first = next(there, None)
        self._since[kind, identity] = datetime.fromisoformat(first) if first else None


def _parcel(parcel_id: str) -> Awaited:
    return Awaited(Parcel, parcel_id, WAITS_FOR_PARCEL)


def _kept(
    report: str,
    said: Said,
    thing: str,
    thing_id: str,
    note: str | None,
    awaited: Awaited | None = None,
) -> Kept:
    return Kept(said.event_id, report, thing, thing_id, said.at, note, awaited)
