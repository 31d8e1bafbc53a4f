"""The honours of a firm: which it was granted, of which level and year, and until when each stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook, hold_within
from park.time import last_of_term

from ..firms.dated import Said, with_later
from ..rulebook import FOLDER


class Level(StrEnum):
    """Who grants it."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    MUNICIPAL = "municipal"
    COUNTY = "county"


@record
class HonourKind:
    """Without `valid_years` its term is not known."""

    name: str
    levels: tuple[Level, ...]
    source: str
    valid_years: int | None = None

    def __post_init__(self) -> None:
        hold_within(1, 100, valid_years=self.valid_years)


HonourKinds = Rulebook[dict[str, HonourKind]]
HONOUR_KINDS: HonourKinds = Rulebook(FOLDER / "honours", dict[str, HonourKind])


@record
class Honour:
    """An honour as it was granted. It stands up to `expires_on`, included, and no more from
    `withdrawn_on` on."""

    honour: str
    level: Level
    year: int
    granted_on: date
    expires_on: date | None = None
    recheck_due_on: date | None = None
    withdrawn_on: date | None = None
    said: Said

    @property
    def key(self) -> tuple[Any, ...]:
        return self.honour, self.level, self.year

    @property
    def kind(self) -> HonourKind | None:
        return self.kind_by(HONOUR_KINDS)

    def kind_by(self, kinds: HonourKinds) -> HonourKind | None:
        return kinds.on(self.granted_on).get(self.honour)

    @property
    def last_day(self) -> date | None:
        """Its last day: as it was reported, else by the term of its kind; none if neither is known. A
        term from 29 February on ends with the February of a year that has no such day."""
        return self.last_day_by(HONOUR_KINDS)

    def last_day_by(self, kinds: HonourKinds) -> date | None:
        kind = self.kind_by(kinds)
        if self.expires_on or kind is None or kind.valid_years is None:
            return self.expires_on
        return last_of_term(self.granted_on, 12 * kind.valid_years)

    def stands_on(self, day: date, kinds: HonourKinds = HONOUR_KINDS) -> bool:
        begun = self.granted_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)
        return begun and day <= (self.last_day_by(kinds) or date.max)


@record
class FirmHonours:
    enterprise_id: str
    township: str
    honours: tuple[Honour, ...] = ()

    def with_honour(self, honour: Honour) -> FirmHonours:
        return replace(self, honours=with_later(self.honours, honour))

    def standing_on(self, day: date, kinds: HonourKinds = HONOUR_KINDS) -> tuple[Honour, ...]:
        return tuple(each for each in self.honours if each.stands_on(day, kinds))


@record
class Deadline:
    """What is due of an honour. `inferred` says that the day follows from the term of its kind."""

    honour: str
    level: Level
    year: int
    due: str
    due_on: date
    days_left: int
    inferred: bool


def deadlines(
    firm: FirmHonours, day: date, until: date, kinds: HonourKinds = HONOUR_KINDS
) -> Iterable[Deadline]:
    """What is due up to `until` of each honour that stands on that day: its end, or its re-check, which
    may be overdue. An honour that was granted anew is due by the newer grant only."""
    for each in firm.standing_on(day, kinds):
        if any(_renews(other, each, day, kinds) for other in firm.honours):
            continue
        last_day = each.last_day_by(kinds)
        if last_day and last_day <= until:
            yield _deadline(each, "expiry", last_day, day, each.expires_on is None)
        if each.recheck_due_on and each.recheck_due_on <= until:
            yield _deadline(each, "recheck", each.recheck_due_on, day, False)


def _renews(newer: Honour, older: Honour, day: date, kinds: HonourKinds) -> bool:
    alike = (newer.honour, newer.level) == (older.honour, older.level)
    return alike and newer.year > older.year and newer.stands_on(max(day, newer.granted_on), kinds)


def _deadline(honour: Honour, due: str, due_on: date, day: date, inferred: bool) -> Deadline:
    return Deadline(
        honour=honour.honour,
        level=honour.level,
        year=honour.year,
        due=due,
        due_on=due_on,
        days_left=(due_on - day).days,
        inferred=inferred,
    )
