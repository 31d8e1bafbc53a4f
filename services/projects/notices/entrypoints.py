"""Printed notices: held to the law before they are published, or after somebody else has published them."""

from __future__ import annotations

from typing import Any

from backbone import query

from . import schemas
from .check import checked, rules_day
from .earliest import earliest, step_as_dict


class Notices:
    """Checks a draft, or a notice as it is printed. Nothing is kept of it."""

    store: Any  # within a handler, the unit of work

    @query(schemas.CheckNotice, answers=schemas.Checked)
    def check_notice(self, request: dict[str, Any]) -> Any:
        """The figures that follow from a printed notice, and what each rule says of it."""
        plot = request["draft"]
        return checked(plot, request["moment"], rules_day(plot, request["on"], self.store.today))

    @query(schemas.EarliestDates, answers=schemas.Steps)
    def earliest_dates(self, request: dict[str, Any]) -> Any:
        """The earliest lawful day of each step of a draft, and whether the planned ones hold."""
        today = self.store.today
        on = request["on"] or today
        return {
            "rules_of": on,
            "steps": [step_as_dict(each) for each in earliest(request["draft"], on, today)],
        }
