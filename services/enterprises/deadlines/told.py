"""What was told of the deadlines of a firm, what is near, and what of the told does not hold any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook, hold_within

from ..honours.honours import HONOUR_KINDS, FirmHonours, HonourKinds, Level, deadlines
from ..profile.firm_profile import FirmProfile
from ..profile.rulebook import CAPITAL_TERMS, CapitalTerm
from ..profile.rules import CapitalStanding, capital_due, capital_standing
from ..rulebook import FOLDER


@record
class Ahead:
    """How many days ahead each kind of deadline is told."""

    expiry_days: int
    recheck_days: int
    honours_source: str
    capital_days: int
    capital_source: str

    def __post_init__(self) -> None:
        hold_within(0, 3660, expiry_days=self.expiry_days, recheck_days=self.recheck_days)
        hold_within(0, 3660, capital_days=self.capital_days)


AHEAD = Rulebook(FOLDER / "deadlines", Ahead)


@record
class DeadlineRules:
    """The rulebooks by which a deadline is near: the terms of honours and of capital, and how far ahead."""

    honours: HonourKinds = HONOUR_KINDS
    capital: Rulebook[CapitalTerm] = CAPITAL_TERMS
    ahead: Rulebook[Ahead] = AHEAD


IN_FORCE = DeadlineRules()


class CapitalStep(StrEnum):
    AHEAD = "ahead"
    OVERDUE = "overdue"
    ADJUST = "adjust"  # the term of an older company


STEPS = {
    "CAPITAL_UNPAID": CapitalStep.AHEAD,
    "CAPITAL_OVERDUE": CapitalStep.OVERDUE,
    "CAPITAL_TERM_TO_ADJUST": CapitalStep.ADJUST,
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class HonourDue:
    """`due` is the expiry or the re-check."""

    honour: str
    level: Level
    year: int
    due: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class CapitalDue:
    level: CapitalStep
    due_on: date

    def is_of(self, other: CapitalDue) -> bool:
        """Whether it is the same duty, ahead of its day or after it."""
        adjusts, adjusts_too = (e.level is CapitalStep.ADJUST for e in (self, other))
        return self.due_on == other.due_on and adjusts is adjusts_too


@record
class DeadlinesTold:
    """What was told of a firm and still holds, or has come since."""

    enterprise_id: str
    township: str
    honours: tuple[HonourDue, ...] = ()
    capital: tuple[CapitalDue, ...] = ()

    @classmethod
    def nothing(cls, enterprise_id: str) -> DeadlinesTold:
        """Of a firm of which nothing was told."""
        return cls(enterprise_id=enterprise_id, township=enterprise_id.partition("-")[0])

    def with_honours(self, lifted: set[HonourDue], new: set[HonourDue]) -> DeadlinesTold:
        return replace(self, honours=tuple(sorted({*self.honours} - lifted | new)))

    def with_capital(self, lifted: set[CapitalDue], new: set[CapitalDue]) -> DeadlinesTold:
        return replace(self, capital=tuple(sorted({*self.capital} - lifted | new)))


def honours_near(
    firm: FirmHonours, today: date, rules: DeadlineRules = IN_FORCE
) -> Iterator[HonourDue]:
    """What is due of the honours within the days of the rulebook, or overdue."""
    ahead = rules.ahead.on(today)
    days = {"expiry": ahead.expiry_days, "recheck": ahead.recheck_days}
    until = today + timedelta(days=max(days.values()))
    for each in deadlines(firm, today, until, rules.honours):
        if each.days_left <= days[each.due]:
            yield HonourDue(
                honour=each.honour,
                level=each.level,
                year=each.year,
                due=each.due,
                due_on=each.due_on,
            )


def honour_holds(
    firm: FirmHonours, told: HonourDue, today: date, rules: DeadlineRules = IN_FORCE
) -> bool:
    """Whether it is, or was, due on that day. An honour that simply ended is not taken back."""
    day = min(today, told.due_on) if told.due == "expiry" else today
    same = [each for each in firm.honours if each.key == (told.honour, told.level, told.year)]
    last_day = same[0].last_day_by(rules.honours) if same else None
    if told.due == "recheck" and last_day and last_day < today:
        day = last_day
    found = deadlines(firm, day, told.due_on, rules.honours)
    about = ("honour", "level", "year", "due", "due_on")
    return any(all(getattr(e, n) == getattr(told, n) for n in about) for e in found)


def capital_of(
    profile: FirmProfile, today: date, rules: DeadlineRules = IN_FORCE
) -> tuple[CapitalStanding, tuple[CapitalDue, ...]]:
    """How the capital stands, and all that is due of it, however far ahead."""
    standing = capital_standing(profile, today, rules.capital)
    found = (
        CapitalDue(level=STEPS[each.code], due_on=each.due_on)
        for each in capital_due(standing)
        if each.code in STEPS and each.due_on
    )
    return standing, tuple(found)


def capital_near(
    found: tuple[CapitalDue, ...], today: date, rules: DeadlineRules = IN_FORCE
) -> set[CapitalDue]:
    until = today + timedelta(days=rules.ahead.on(today).capital_days)
    return {each for each in found if each.due_on <= until}
