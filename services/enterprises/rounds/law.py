"""The dated data of rounds: who may take which step, who is evaluated, how long a publicity lasts, and
what follows a grade."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..firms.enterprise import Scale
from ..rulebook import FOLDER


class Grade(StrEnum):
    """A 优先发展, B 提升发展, C 调控帮扶, D 倒逼整治; the best first."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class TenantRule(StrEnum):
    """What becomes of a firm that holds no land: it is evaluated itself, takes the grade of the holder
    of its plot, or is left out."""

    EVALUATED = "evaluated"
    FOLLOWS_HOLDER = "follows_holder"
    LEFT_OUT = "left_out"


class Sharing(StrEnum):
    """Several holders of one plot: their figures are added up and the result is shared, or not."""

    MERGED = "merged"
    APART = "apart"


class FigureSource(StrEnum):
    """Where a figure of the round comes from. Those of statistics judge no firm, and are not here."""

    TAX = "tax"
    DECLARED = "declared"
    DESK = "desk"
    REGISTER = "register"  # the area of the plots on which the firm has premises


@record
class Group:
    """Which firms a group has. `least_mu` itself is in it, `below_mu` is not."""

    tenants: TenantRule
    source: str
    scale: Scale | None = None
    least_mu: Decimal | None = None
    below_mu: Decimal | None = None
    only_tenants: bool = False


@record
class Counting:
    """How long something is published, and whether its first day counts."""

    days: int
    both_ends: bool
    place: str
    source: str

    def last(self, first: date, days: int | None = None) -> date:
        """The last day of a publicity that begins on `first`, of so many days."""
        return first + timedelta(days=(days or self.days) - self.both_ends)


@record
class Publicity:
    """The counting rules that places publish, and the place whose rule is used here."""

    in_force: str
    rules: tuple[Counting, ...]

    def __post_init__(self) -> None:
        """Raises `ValueError` for a place of which no rule stands here."""
        if self.in_force not in {rule.place for rule in self.rules}:
            raise ValueError(f"in_force names {self.in_force}; no rule is of there.")

    @property
    def rule(self) -> Counting:
        return next(rule for rule in self.rules if rule.place == self.in_force)


@record
class Exclusion:
    """Why a firm may be left out by the desk, and whether a document must say so."""

    sentence: str
    source: str
    needs_document: bool = False


@record
class Procedure:
    """How a round is run. `roles` has for each step those that may take it. Of two figures of one name that
    of the source which stands first in `sources` is used."""

    source: str
    roles: Mapping[str, tuple[str, ...]]
    sharing: Sharing
    sharing_source: str
    sources: tuple[FigureSource, ...]
    sources_source: str
    groups: Mapping[str, Group]
    areas: Publicity
    grades: Publicity
    exclusions: Mapping[str, Exclusion]


@record
class Policy:
    """What follows a grade. `confirmed` is false for what no source was read for."""

    lever: str
    grades: tuple[Grade, ...]
    measure: str
    place: str
    since: date
    until: date | None = None
    amount: Decimal | None = None
    unit: str | None = None
    source: str
    confirmed: bool


@record
class Policies:
    """What is known of policies, and the places whose policies are in force here."""

    in_force: tuple[str, ...]
    policies: tuple[Policy, ...]

    def of(self, grade: Grade, day: date) -> tuple[Policy, ...]:
        """Those in force on that day for firms of that grade."""
        return tuple(
            each
            for each in self.policies
            if each.place in self.in_force
            and grade in each.grades
            and each.since <= day
            and (each.until is None or day <= each.until)
        )


PROCEDURE = Rulebook(FOLDER / "rounds", Procedure)
POLICIES = Rulebook(FOLDER / "grade_policies", Policies)
