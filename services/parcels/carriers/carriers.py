"""Everything that a question about carriers looks at: parks, buildings and units, as of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypedDict

from backbone.errors import Reason
from backbone.records import record

from ..words import Why
from .facts import Moved
from .park import Building, CarrierState, Park, park_on
from .unit import Unit


class Place(TypedDict):
    """Where a unit is, and who runs it, on the day that was asked about."""

    unit_id: str
    floor: int | None
    building_id: str | None
    building_name: str | None
    park_id: str | None
    park_name: str | None
    operator: str | None
    township: str


class Finding(TypedDict):
    """`carrier_id` is a building, a unit or a lease."""

    carrier_id: str
    township: str
    reason: Why


@record
class Carriers:
    """Parks and buildings by their ids, and units by that of their building."""

    parks: Mapping[str, Park]
    buildings: Mapping[str, Building]
    units: tuple[Unit, ...]
    by_building: Mapping[str, list[Unit]]

    @classmethod
    def of(
        cls, parks: Iterable[Park], buildings: Iterable[Building], units: Iterable[Unit]
    ) -> Carriers:
        all_units, by_building = tuple(units), defaultdict(list)
        for unit in all_units:
            by_building[unit.building_id or ""].append(unit)
        return cls(
            parks={each.park_id: each for each in parks},
            buildings={each.building_id: each for each in buildings},
            units=all_units,
            by_building=by_building,
        )

    def building_of(self, unit: Unit) -> Building | None:
        return self.buildings.get(unit.building_id or "")

    def park_of(self, building: Building | None, day: date) -> Park | None:
        if building is None or building.park_id is None:
            return None
        return self.parks.get(park_on(building.park_id, day, self.parks))

    def buildings_in(self, park_id: str, day: date) -> list[Building]:
        found = [(each, self.park_of(each, day)) for each in self.buildings.values()]
        return [each for each, park in found if park and park.park_id == park_id]

    def units_of(self, building_id: str) -> list[Unit]:
        return self.by_building.get(building_id, [])

    def units_in(
        self,
        day: date,
        township: str | None = None,
        park_id: str | None = None,
        small_firm_park: bool | None = None,
    ) -> list[Unit]:
        """The units of the township, in the park, in parks of that kind, on that day."""
        found = ((each, self.park_of(self.building_of(each), day)) for each in self.units)
        return [
            unit
            for unit, park in found
            if township in (None, unit.township)
            if park_id in (None, park and park.park_id)
            if small_firm_park in (None, park and bool(park.small_firm_park))
        ]

    def place_of(self, unit: Unit, day: date) -> Place:
        """Where the unit is, and who runs it, on that day."""
        building = self.building_of(unit)
        park = self.park_of(building, day)
        return {
            "unit_id": unit.unit_id,
            "floor": unit.floor,
            "building_id": unit.building_id,
            "building_name": building.name if building else None,
            "park_id": park.park_id if park else None,
            "park_name": park.name if park else None,
            "operator": park.operator_on(day) if park else None,
            "township": unit.township,
        }

    def moved_out_of(self, park_id: str, day: date) -> Moved:
        """What is in the park on that day, by its ids."""
        buildings = self.buildings_in(park_id, day)
        units = [unit for each in buildings for unit in self.units_of(each.building_id)]
        leases = {lease.lease_id for unit in units for lease in unit.leases}
        return Moved(
            park_id=park_id,
            building_ids=tuple(each.building_id for each in buildings),
            unit_ids=tuple(each.unit_id for each in units),
            lease_ids=tuple(sorted(leases)),
        )

    def with_parks(self, *parks: Park) -> Carriers:
        return replace(self, parks={**self.parks, **{each.park_id: each for each in parks}})

    def counted(self, park_ids: Iterable[str], day: date, when: str) -> dict[str, int]:
        """How many buildings, units and leases are in these parks on that day."""
        buildings = [found for each in park_ids for found in self.buildings_in(each, day)]
        units = [unit for each in buildings for unit in self.units_of(each.building_id)]
        leases = [lease for unit in units for lease in unit.leases]
        numbers = {"buildings": len(buildings), "units": len(units), "leases": len(leases)}
        return {f"{name}_{when}": number for name, number in numbers.items()}

    def findings(self) -> list[Finding]:
        """What is doubtful: floors that are too full or not there, units and leases that do not fit."""
        return [*self._findings_of_buildings(), *self._findings_of_units()]

    def _findings_of_buildings(self) -> Iterable[Finding]:
        for building in self.buildings.values():
            units = self.units_of(building.building_id)
            for reason in overfull_floors(building, units):
                yield _finding(building.building_id, building.township, reason)

    def _findings_of_units(self) -> Iterable[Finding]:
        for unit in self.units:
            missing = floor_not_there(self.building_of(unit), unit)
            for reason in (*unit.findings, *filter(None, [missing])):
                yield _finding(unit.unit_id, unit.township, reason)
            for lease in unit.leases:
                for reason in lease.reasons:
                    yield _finding(lease.lease_id, unit.township, reason)


def overfull_floors(building: Building, units: Iterable[Unit]) -> list[Reason]:
    """The units of a floor have no more area than the floor: doubtful, for either figure may be the
    wrong one."""
    room = building.room_on_a_floor_m2
    reported = [each for each in units if each.state is CarrierState.REPORTED]
    by_floor: dict[int, Any] = {}
    for unit in reported:
        floor = unit.floor or 0
        by_floor[floor] = by_floor.get(floor, 0) + unit.rentable_area_m2
    return [
        Reason(
            "FLOOR_OVERFULL",
            f"The units on floor {floor} have {area} m², the floor has {room:.2f} m²; correct either.",
            field="rentable_area_m2",
        )
        for floor, area in sorted(by_floor.items())
        if room is not None and area > room
    ]


def floor_not_there(building: Building | None, unit: Unit) -> Reason | None:
    """A unit above the last floor of its building: doubtful, for either figure may be the wrong one."""
    floors = building.floors if building else None
    if floors is None or unit.floor is None or unit.floor <= floors:
        return None
    return Reason(
        "FLOOR_NOT_THERE",
        f"The unit is on floor {unit.floor}, the building has {floors}; correct either.",
        field="floor",
    )


def _finding(carrier_id: str, township: str, reason: Reason) -> Finding:
    return {"carrier_id": carrier_id, "township": township, "reason": reason.as_dict()}
