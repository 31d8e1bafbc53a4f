"""Parks and buildings: who runs a park, how it is rated, what it was merged into, and what stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..words import Said, township_of
from .dated import on_day, with_entry


class CarrierState(StrEnum):
    ANNOUNCED = "announced"  # something in it was reported, and not yet itself
    REPORTED = "reported"


@record
class Operator:
    """Who runs the park from that day on [运营单位]."""

    since: date
    name: str
    said: Said


@record
class Rating:
    """The stars of a small-firm park [星级], 0 to 5, valid from that day on."""

    since: date
    stars: int
    said: Said


@record
class Merger:
    """From `merged_on` everything that was in the park is in the park `into_id`."""

    into_id: str
    merged_on: date
    document_number: str
    said: Said


@record
class Park:
    """A park [园区] with what the newest report says of it. Its operators and ratings are kept with
    their days. A building stays in the park that it was reported in: where it is on a day follows from
    the mergers, so that a report which arrives after the merger still ends in the right park."""

    park_id: str
    township: str
    state: CarrierState = CarrierState.ANNOUNCED
    name: str | None = None
    small_firm_park: bool | None = None
    parcel_ids: tuple[str, ...] = ()
    operators: tuple[Operator, ...] = ()
    ratings: tuple[Rating, ...] = ()
    merged: Merger | None = None
    reported: Said | None = None

    @classmethod
    def unknown(cls, park_id: str) -> Park:
        """A park of which nothing was reported but its id."""
        return cls(park_id=park_id, township=township_of(park_id))

    @property
    def merged_into(self) -> str | None:
        return self.merged.into_id if self.merged else None

    def merged_by(self, day: date) -> bool:
        return self.merged is not None and self.merged.merged_on <= day

    def operator_on(self, day: date) -> str | None:
        found = on_day(self.operators, day)
        return found.name if found else None

    def stars_on(self, day: date) -> int | None:
        """The stars valid on that day; none before the first rating."""
        begun = [each for each in self.ratings if each.since <= day]
        return begun[-1].stars if begun else None

    def with_operator(self, operator: Operator) -> Park:
        return replace(self, operators=with_entry(self.operators, operator))

    def with_rating(self, rating: Rating) -> Park:
        return replace(self, ratings=with_entry(self.ratings, rating))

    def with_report(self, report: dict[str, Any], said: Said) -> Park:
        """The park as its newest report says; an older one that arrives late changes nothing."""
        if self.reported and self.reported > said:
            return self
        return replace(self, state=CarrierState.REPORTED, reported=said, **report)


@record
class Building:
    """A building [楼宇] as its newest report says. `floor_area_m2` is that of all floors [建筑面积],
    `storey_area_m2` that of the largest one, where it was reported."""

    building_id: str
    township: str
    state: CarrierState = CarrierState.ANNOUNCED
    park_id: str | None = None
    parcel_id: str | None = None
    name: str | None = None
    floors: int | None = None
    floor_area_m2: Decimal | None = None
    storey_area_m2: Decimal | None = None
    built_year: int | None = None
    reported: Said | None = None

    @classmethod
    def unknown(cls, building_id: str) -> Building:
        """A building of which nothing was reported but its id."""
        return cls(building_id=building_id, township=township_of(building_id))

    @property
    def room_on_a_floor_m2(self) -> Decimal | None:
        """How much a floor can hold: what was reported, else its share of the whole."""
        if self.storey_area_m2 is not None or self.floor_area_m2 is None or not self.floors:
            return self.storey_area_m2
        return self.floor_area_m2 / self.floors

    def with_report(self, report: dict[str, Any], said: Said) -> Building:
        """The building as its newest report says; an older one that arrives late changes nothing."""
        if self.reported and self.reported > said:
            return self
        return replace(self, state=CarrierState.REPORTED, reported=said, **report)


def park_on(park_id: str, day: date, parks: Mapping[str, Park]) -> str:
    """The park that what was reported in `park_id` belongs to on that day, by the mergers so far."""
    for _ in parks:  # no park is passed twice
        park = parks.get(park_id)
        if park is None or park.merged is None or not park.merged_by(day):
            break
        park_id = park.merged.into_id
    return park_id
