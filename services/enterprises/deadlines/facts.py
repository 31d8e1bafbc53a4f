"""The facts of deadlines: what is due of a firm soon, and what of that does not hold any more."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from backbone.records import record

from ..honours.honours import FirmHonours, Level
from ..profile.firm_profile import FirmProfile
from ..profile.rules import CapitalStanding
from . import told
from .told import CapitalStep, DeadlinesTold


@record
class HonourDue:
    """`enterprises.honour_due`: an honour ends soon, or its re-check is due or overdue. `days_left` is
    below 0 for what is overdue."""

    deadline_id: str
    enterprise_id: str
    township: str
    honour: str
    honour_level: Level
    year: int
    due: str
    due_on: date
    days_left: int


@record
class HonourDueLifted:
    """`enterprises.honour_due_lifted`: it is not due on that day any more: it was prolonged, granted anew,
    re-checked or withdrawn."""

    deadline_id: str
    enterprise_id: str
    township: str
    honour: str
    honour_level: Level
    year: int
    due: str
    due_on: date


@record
class CapitalDue:
    """`enterprises.capital_due`: subscribed capital has to be paid soon, should have been, or its term has
    to be adjusted. `unpaid` is in `currency`; none if that is not known."""

    deadline_id: str
    enterprise_id: str
    township: str
    level: CapitalStep
    due_on: date
    days_left: int
    unpaid: Decimal | None
    currency: str | None
    source: str


@record
class CapitalDueLifted:
    """`enterprises.capital_due_lifted`: it was paid, or is due on another day, or by another rule."""

    deadline_id: str
    enterprise_id: str
    township: str
    level: CapitalStep
    due_on: date


EMITTED = (HonourDue, HonourDueLifted, CapitalDue, CapitalDueLifted)


def honour_due_of(firm: DeadlinesTold, due: told.HonourDue, today: date) -> HonourDue:
    days_left = (due.due_on - today).days
    return HonourDue(**_of_honour(firm, due), days_left=days_left)


def honour_lifted_of(firm: DeadlinesTold, due: told.HonourDue) -> HonourDueLifted:
    return HonourDueLifted(**_of_honour(firm, due))


def capital_due_of(
    firm: DeadlinesTold, due: told.CapitalDue, standing: CapitalStanding
) -> CapitalDue:
    return CapitalDue(
        **_of_capital(firm, due),
        days_left=(due.due_on - standing.on).days,
        unpaid=standing.unpaid,
        currency=standing.subscribed.currency if standing.subscribed else None,
        source=standing.term.source,
    )


def capital_lifted_of(firm: DeadlinesTold, due: told.CapitalDue) -> CapitalDueLifted:
    return CapitalDueLifted(**_of_capital(firm, due))


def _of_honour(firm: DeadlinesTold, due: told.HonourDue) -> dict[str, Any]:
    return {
        "deadline_id": f"{firm.enterprise_id}:{due.honour}:{due.level}:{due.year}:{due.due}",
        "enterprise_id": firm.enterprise_id,
        "township": firm.township,
        "honour": due.honour,
        "honour_level": due.level,
        "year": due.year,
        "due": due.due,
        "due_on": due.due_on,
    }


def _of_capital(firm: DeadlinesTold, due: told.CapitalDue) -> dict[str, Any]:
    return {
        "deadline_id": f"{firm.enterprise_id}:capital",
        "enterprise_id": firm.enterprise_id,
        "township": firm.township,
        "level": due.level,
        "due_on": due.due_on,
    }


def honours_told(
    before: DeadlinesTold,
    firm: FirmHonours,
    today: date,
    rules: told.DeadlineRules = told.IN_FORCE,
    *,
    tells: bool = True,
) -> tuple[DeadlinesTold, list[HonourDue | HonourDueLifted]]:
    """What is to be told of the honours of a firm by that day, and what was told once it is. Without `tells`
    only what does not hold any more."""
    held = before.honours
    lifted = {each for each in held if not told.honour_holds(firm, each, today, rules)}
    new = {*told.honours_near(firm, today, rules)} - {*held} if tells else set()
    gone = [honour_lifted_of(before, each) for each in sorted(lifted)]
    come = [honour_due_of(before, each, today) for each in sorted(new)]
    return before.with_honours(lifted, new), [*gone, *come]


def capital_told(
    before: DeadlinesTold,
    profile: FirmProfile,
    today: date,
    rules: told.DeadlineRules = told.IN_FORCE,
    *,
    tells: bool = True,
) -> tuple[DeadlinesTold, list[CapitalDue | CapitalDueLifted]]:
    """The same of its capital."""
    standing, found = told.capital_of(profile, today, rules)
    lifted = {each for each in before.capital if not any(map(each.is_of, found))}
    new = told.capital_near(found, today, rules) - {*before.capital} if tells else set()
    gone = [capital_lifted_of(before, each) for each in sorted(lifted)]
    come = [capital_due_of(before, each, standing) for each in sorted(new)]
    return before.with_capital(lifted, new), [*gone, *come]
