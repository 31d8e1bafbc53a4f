"""An entry in a contest [参赛项目]: its result, the application and the project that came of it, and when its
winner is to settle.

A person is an id that the talent office gave; no name is kept. Each report is one more, and the last one
stands; what follows from the contest and the project is found anew when one of them changes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook
from park.time import months_later

from ..pipeline.project import StageEntry
from .contest import CONTEST_BOOK, ContestBook, ContestReport

DAY = timedelta(days=1)


class SettlementLevel(StrEnum):
    """What somebody is told of a winner who is to settle."""

    DUE = "due"
    MISSED = "missed"


@record
class EntryReport:
    """What is known of an entry. `revoked`: there was none after all."""

    contest_track: str | None = None
    contest_round: str | None = None
    city: str | None = None
    person_id: str | None = None
    enterprise_id: str | None = None
    contest_rank: int | None = None
    prize: str | None = None
    won_on: date | None = None
    talent_application_id: str | None = None
    project_id: str | None = None
    township: str | None = None
    evidence_ids: tuple[str, ...]
    revoked: bool = False
    known_at: datetime


@record
class SettlementTold:
    """What was told last: how the settlement by that day stood."""

    settlement_level: SettlementLevel
    settle_by_on: date


@record
class ContestEntry:
    """`entry_reports` are all that was said of it. `settle_by_on` is the last day on which its winner settles
    in time, `settled_on` the day on which the project landed; `settlement_no` counts what was told of it."""

    contest_entry_id: str
    contest_id: str
    entry_reports: tuple[EntryReport, ...]
    settle_by_on: date | None = None
    settled_on: date | None = None
    settlement_told: SettlementTold | None = None
    settlement_no: int = 0

    @property
    def last(self) -> EntryReport:
        return self.entry_reports[-1]

    @property
    def project_id(self) -> str | None:
        return self.last.project_id

    @property
    def talent_application_id(self) -> str | None:
        return self.last.talent_application_id

    @property
    def prize(self) -> str | None:
        return self.last.prize

    @property
    def in_time(self) -> bool:
        """Nothing is due of it: it has no such condition, or was there by the day."""
        if self.settle_by_on is None:
            return True
        return self.settled_on is not None and self.settled_on <= self.settle_by_on

    @property
    def due_from(self) -> date:
        """The day from which somebody is reminded."""
        return self.due_from_by(CONTEST_BOOK)

    def due_from_by(self, rules: Rulebook[ContestBook]) -> date:
        if self.settle_by_on is None:
            return date.max
        return self.settle_by_on - rules.on(self.settle_by_on).remind_days * DAY

    @property
    def settlement_look_on(self) -> date:
        """The first day on which there is something to tell; the last day there is, without any."""
        if self.in_time or self.settle_by_on is None:
            return date.max
        if self.settlement_told == self.settlement(self.settle_by_on + DAY):
            return date.max
        if self.settlement_told == self.settlement(self.settle_by_on):
            return self.settle_by_on + DAY
        return self.due_from

    def settlement(
        self, today: date, rules: Rulebook[ContestBook] = CONTEST_BOOK
    ) -> SettlementTold | None:
        """What there is to tell of it on a day."""
        by = self.settle_by_on
        if self.in_time or by is None or today < self.due_from_by(rules):
            return None
        level = SettlementLevel.DUE if today <= by else SettlementLevel.MISSED
        return SettlementTold(settlement_level=level, settle_by_on=by)

    def holds_no_longer(self, today: date, rules: Rulebook[ContestBook] = CONTEST_BOOK) -> bool:
        """What was told is not so, by what is known now. What was due and is missed takes nothing back, nor
        does another day that is missed, too."""
        told, now = self.settlement_told, self.settlement(today, rules)
        if told is None or now is None:
            return told is not None
        is_missed = now.settlement_level is SettlementLevel.MISSED
        return told.settlement_level is SettlementLevel.MISSED and not is_missed

    def with_told(self, told: SettlementTold | None) -> ContestEntry:
        return replace(self, settlement_told=told, settlement_no=self.settlement_no + 1)

    def known(self, known_at: datetime) -> EntryReport | None:
        said = (each for each in reversed(self.entry_reports) if each.known_at <= known_at)
        return next(said, None)

    def with_report(self, report: EntryReport) -> ContestEntry:
        if replace(self.last, known_at=report.known_at) == report:
            return self
        return replace(self, entry_reports=(*self.entry_reports, report))

    def seen(
        self,
        contest: ContestReport,
        path: tuple[StageEntry, ...],
        rules: Rulebook[ContestBook] = CONTEST_BOOK,
    ) -> ContestEntry:
        """With what follows from the contest and from the stages of its project."""
        landed = None if self.last.revoked else landed_on(path, rules)
        return replace(self, settle_by_on=settle_by(contest, self.last), settled_on=landed)


def settle_by(contest: ContestReport, report: EntryReport) -> date | None:
    """The last day on which the winner settles in time; none without a prize that asks for it."""
    prize = contest.prize(report.prize)
    if report.revoked or prize is None or report.won_on is None:
        return None
    months = prize.settle_within_months
    return None if months is None else months_later(report.won_on, months)


def landed_on(
    path: tuple[StageEntry, ...], rules: Rulebook[ContestBook] = CONTEST_BOOK
) -> date | None:
    """The first day on which the project was there, by the rules of that day."""
    days = [each for each in path if each.stage in rules.on(each.entered_on).landed]
    return days[0].entered_on if days else None
