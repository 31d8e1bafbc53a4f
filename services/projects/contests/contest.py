"""A contest [大赛], or another meeting at which talents and investors are found: where it is held, what
it costs, and what may be won.

Nothing is written over: each report of a contest is one more, and the last one stands.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook, hold_within

from ..leads.lead import Stage
from ..rulebook import FOLDER


class GuestsKind(StrEnum):
    EXACT = "exact"
    AT_LEAST = "at_least"  # 100余人


@record
class ContestBook:
    remind_days: int
    landed: tuple[Stage, ...]
    contest_kinds: dict[str, str]

    def __post_init__(self) -> None:
        hold_within(0, 3660, remind_days=self.remind_days)


CONTEST_BOOK = Rulebook(FOLDER / "contests", ContestBook)


@record
class ContestRound:
    """A round [赛程] in one of the cities."""

    contest_round: str
    city: str
    held_on: date | None = None


@record
class ContestPrize:
    """`settle_within_months`: its condition is that the winner settles here by then, counted from the day on
    which it was won."""

    prize: str
    prize_cny: Decimal | None = None
    settle_within_months: int | None = None
    prize_condition: str | None = None


@record
class ContestReport:
    """`cost_cny` is what it cost in all, prizes included; none while that is not known."""

    name: str
    contest_kind: str
    contest_year: int
    begins_on: date
    cities: tuple[str, ...]
    contest_rounds: tuple[ContestRound, ...] = ()
    contest_tracks: tuple[str, ...] = ()
    prizes: tuple[ContestPrize, ...] = ()
    guests: int | None = None
    guests_kind: GuestsKind = GuestsKind.EXACT
    cost_cny: Decimal | None = None
    document: str
    known_at: datetime

    def prize(self, name: str | None) -> ContestPrize | None:
        return next((each for each in self.prizes if each.prize == name), None)


@record
class Contest:
    """`contest_reports` are all that was said of it, in the order in which it became known."""

    contest_id: str
    contest_reports: tuple[ContestReport, ...] = ()

    @property
    def contest_kind(self) -> str:
        return self.contest_reports[-1].contest_kind

    @property
    def contest_year(self) -> int:
        return self.contest_reports[-1].contest_year

    @property
    def last(self) -> ContestReport:
        return self.contest_reports[-1]

    def known(self, known_at: datetime) -> ContestReport | None:
        said = (each for each in reversed(self.contest_reports) if each.known_at <= known_at)
        return next(said, None)

    def with_report(self, report: ContestReport) -> Contest:
        if self.contest_reports and replace(self.last, known_at=report.known_at) == report:
            return self
        return replace(self, contest_reports=(*self.contest_reports, report))
