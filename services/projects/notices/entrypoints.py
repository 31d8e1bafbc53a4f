"""Printed notices: held to the law before they are published, or after somebody else has published them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from backbone import query

from ..findings import Finding
from ..listings.listing import Listing
from ..listings.rules import follows_the_last_offering
from ..supply.supply import Supply, last_ended_on, supply_id_of
from . import schemas
from .check import checked, rules_day
from .earliest import earliest, step_as_dict
from .interrupted import Interruptions
from .printed import Printed
from .rules import day_in_park


class Notices:
    """Checks a draft, or a notice as it is printed. Nothing is kept of it."""

    store: Any  # within a handler, the unit of work

    @query(schemas.CheckNotice, answers=schemas.Checked)
    def check_notice(self, request: dict[str, Any]) -> Any:
        """The figures that follow from a printed notice, and what each rule says of it."""
        plot = self._of_land(request["draft"], request["listing_id"])
        on = rules_day(plot, request["on"], self.store.today)
        beside = self._beside(plot, request["listing_id"])
        return checked(plot, request["moment"], on, beside)

    @query(schemas.EarliestDates, answers=schemas.Steps)
    def earliest_dates(self, request: dict[str, Any]) -> Any:
        """The earliest lawful day of each step of a draft, and whether the planned ones hold."""
        today = self.store.today
        on = request["on"] or today
        plot = self._of_land(request["draft"], request["listing_id"])
        course = Interruptions(
            supplements=request["supplements"], suspensions=request["suspensions"]
        )
        steps = [step_as_dict(each) for each in earliest(plot, on, today, course)]
        return {"rules_of": on, "steps": steps}

    def place_on(self, on: date) -> str:
        """The place of our land by its name in the tables of places. The service says."""
        return ""

    def _of_land(self, plot: Printed, listing_id: str | None) -> Printed:
        """The draft with the place of the land of that listing, and the day from which it is free."""
        if listing_id is None:
            return plot
        listing: Listing = self.store.require(Listing, listing_id, "listing_id")
        free_on = listing.release.free_on if listing.release else None
        place = plot.place or self.place_on(day_in_park(plot.begins) or self.store.today)
        return replace(plot, released_on=plot.released_on or free_on, place=place)

    def _beside(self, plot: Printed, listing_id: str | None) -> tuple[Finding, ...]:
        """What is known of the land of that listing: when its last offering ended."""
        if listing_id is None:
            return ()
        listing: Listing = self.store.require(Listing, listing_id, "listing_id")
        ended_on = last_ended_on(listing, self.store.get(Supply, supply_id_of(listing)))
        begins_on = day_in_park(plot.begins)
        return (follows_the_last_offering(begins_on, ended_on, "published_on"),)
