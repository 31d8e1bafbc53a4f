"""How the figures of a period are reckoned: the land that was listed and awarded in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from park.overview import Clocks, OverviewPart, Reckoned
from park.units import m2_to_mu

from ..listings.listing import Listing
from ..supply.supply import Supply, supply_of
from .reckonings import ONE, Cause, Read


class PeriodReckonings:
    """The reckonings by the names that the rulebook gives them, of a period that begins on `since`; its
    last day is that of the clocks."""

    def __init__(self, read: Read, cause: Cause, since: date) -> None:
        self.read, self.cause, self.since = read, cause, since
        self.by_name = {
            "land_listed": self.land_listed,
            "area_listed": self.area_listed,
            "land_awarded": self.land_awarded,
            "area_awarded": self.area_awarded,
        }

    def land_listed(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The plots whose notice came out in the period."""
        yield self._sum(self._noticed(each, ONE) for each in self._listed(clocks))

    def area_listed(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """Their area, in mu."""
        found = self._listed(clocks)
        yield self._sum(self._noticed(each, m2_to_mu(each.area_m2)) for each in found)

    def land_awarded(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """The plots that found a buyer in the period, unless the award is void on its last day."""
        yield self._sum(self._won(each, ONE) for each in self._awarded(clocks))

    def area_awarded(self, _of: str, clocks: Clocks) -> Iterator[Reckoned]:
        """Their area, in mu."""
        found = self._awarded(clocks)
        yield self._sum(self._won(each, m2_to_mu(each.area_m2)) for each in found)

    def _sum(self, parts: Iterator[OverviewPart]) -> Reckoned:
        return Reckoned(parts=tuple(parts), since_on=self.since)

    def _listed(self, clocks: Clocks) -> list[Supply]:
        """By every notice of each listing: of the newest one the listing knows before anybody applies."""
        newest = [found for each in self.read(Listing) if (found := supply_of(each))]
        notices: dict[str, Supply] = {
            each.supply_id: each for each in (*newest, *self.read(Supply))
        }
        listed = [e for e in notices.values() if self._holds(e.notice.notice_start_on, clocks)]
        return sorted(listed, key=lambda each: (each.notice.notice_start_on, each.supply_id))

    def _awarded(self, clocks: Clocks) -> Iterator[Supply]:
        for supply in self.read(Supply):
            award = supply.award
            if award is None or not self._holds(award.awarded_on, clocks):
                continue
            if award.voided_on is None or award.voided_on > clocks.on:
                yield supply

    def _holds(self, day: date, clocks: Clocks) -> bool:
        return self.since <= day <= clocks.on

    def _noticed(self, supply: Supply, adds: Decimal) -> OverviewPart:
        return OverviewPart(
            thing="listing",
            thing_id=supply.listing_id,
            adds=adds,
            about_on=supply.notice.notice_start_on,
            event_id=self.cause(Listing, supply.listing_id, "notice"),
        )

    def _won(self, supply: Supply, adds: Decimal) -> OverviewPart:
        return OverviewPart(
            thing="supply",
            thing_id=supply.supply_id,
            adds=adds,
            about_on=supply.award.awarded_on if supply.award else None,
            event_id=self.cause(Supply, supply.supply_id, "award"),
        )
