"""What counts in the figures of the campaign: dated data, shown with each figure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..remediation.course import CLOSED, Stage
from ..rulebook import FOLDER
from .outcome import Outcome


class CountedDay(StrEnum):
    FIRST_ACCEPTANCE = "first_acceptance"
    LAST_ACCEPTANCE = "last_acceptance"


class Unit(StrEnum):
    FIRMS = "firms"
    CASES = "cases"


@record
class Counting:
    """`day` is the one on which a case counts, `stages` where it must stand to count today, and `unit`
    what is counted by way."""

    source: str
    day: CountedDay
    stages: tuple[Stage, ...]
    count_reopened: bool
    unit: Unit

    def day_of(self, outcome: Outcome) -> date:
        if self.day is CountedDay.FIRST_ACCEPTANCE:
            return outcome.first_accepted_on
        return outcome.accepted_on

    def is_in(self, outcome: Outcome, since: date, until: date) -> bool:
        """Whether the day of the case lies in the period, both days included."""
        return since <= self.day_of(outcome) <= until

    def stands(self, outcome: Outcome) -> bool:
        """Whether the case stands so that it counts."""
        open_again = outcome.stage not in CLOSED
        is_wanted = outcome.stage in self.stages or (self.count_reopened and open_again)
        return is_wanted and outcome.is_valid


COUNTING = Rulebook(FOLDER / "counting", Counting)
