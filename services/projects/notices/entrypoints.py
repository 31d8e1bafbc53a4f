"""Printed notices: held to the law before they are published, or after somebody else has published them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from backbone import query

from ..listings.listing import Listing
from . import schemas
from .check import checked, rules_day
from .earliest import earliest, step_as_dict
from .interrupted import Interruptions
from .printed import Printed


class Notices:
    """Checks a draft, or a notice as it is printed. Nothing is kept of it."""

    store: Any  # within a handler, the unit of work

    @query(schemas.CheckNotice, answers=schemas.Checked)
    def check_notice(self, request: dict[str, Any]) -> Any:
        """The figures that follow from a printed notice, and what each rule says of it."""
        plot = self._of_land(request["draft"], request["listing_id"])
        return checked(plot, request["moment"], rules_day(plot, request["on"], self.store.today))

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

    def _of_land(self, plot: Printed, listing_id: str | None) -> Printed:
        """The draft with the day from which the land of that listing is free."""
        if listing_id is None or plot.released_on:
            return plot
        listing: Listing = self.store.require(Listing, listing_id, "listing_id")
        return replace(plot, released_on=listing.release.free_on if listing.release else None)
