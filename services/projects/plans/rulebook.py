"""What a county may change of plans: `rulebook/plans/<first day>.toml`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook, hold_within

from ..rulebook import FOLDER


@record
class PublishedBy:
    """The last day of each year on which its plan is in time."""

    month: int
    day: int
    source: str

    def of(self, year: int) -> date:
        return date(year, self.month, self.day)


@record
class PlanUse:
    """A use as a plan has it, and the uses of released land in it."""

    name: str
    target_uses: tuple[str, ...]


@record
class LiesAfter:
    """Days after which somebody is told that an offer plan waits."""

    submitted: int
    approved: int
    source: str

    def __post_init__(self) -> None:
        hold_within(0, 3660, submitted=self.submitted, approved=self.approved)


@record
class StockGoal:
    year: int
    share: Decimal


@record
class StockGoals:
    goals: tuple[StockGoal, ...]
    source: str

    def of(self, year: int) -> StockGoal | None:
        """The goal of the year; else the next one, or the last."""
        coming = [each for each in self.goals if each.year >= year]
        return next(iter((*coming, *self.goals[-1:])), None)


@record
class PlanBook:
    published_by: PublishedBy
    uses: dict[str, PlanUse]
    lies_after_days: LiesAfter
    stock: StockGoals


PLAN_BOOK = Rulebook(FOLDER / "plans", PlanBook)
