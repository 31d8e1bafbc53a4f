"""The kinds of code that a firm has, and their values: dated data, `rulebook/codes/<first day>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER

RATIO, CARBON_FIGURES = "ratio_k", ("emission_tco2", "value_added_cny")


class CodeRule(StrEnum):
    """How the value of a code is found; the rulebook explains each."""

    GIVEN = "given"
    WITHIN = "within"
    CARBON = "carbon"


class Span(StrEnum):
    """What a figure of a code is about."""

    YEAR = "year"
    DAY = "day"


@record
class CodeValue:
    """`at_most` has the bar of each figure; a value without any takes what is left."""

    value: str
    colour: str
    words: str
    at_most: Mapping[str, Decimal] = field(default_factory=dict)
    consequences: tuple[str, ...] = ()


@record
class Level:
    """How much carbon a firm emits for its value added, beside all industry."""

    level: str
    at_most: Decimal | None = None


@record
class Kind:
    """`values` stand best first. `mark` is the letter of the kind in a printed code. `tells_falls` is false
    where whoever decides the value tells of a fall already."""

    mark: str
    title: str
    rule: CodeRule
    period: Span
    source: str
    confirmed: bool
    values: tuple[CodeValue, ...]
    figures: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    tells_falls: bool = True

    def __post_init__(self) -> None:
        barred = {name for each in self.values for name in each.at_most}
        known = {*self.figures, *({RATIO} if self.rule is CodeRule.CARBON else ())}
        if unknown := sorted(barred - known):
            raise ValueError(f"no figure of this code is called {', '.join(unknown)}")
        if self.rule is not CodeRule.GIVEN and (not self.values or self.values[-1].at_most):
            raise ValueError("the last value takes what is left; give it no at_most")
        if self.rule is CodeRule.CARBON and not {*CARBON_FIGURES} <= {*self.figures}:
            raise ValueError(f"a carbon code needs the figures {' and '.join(CARBON_FIGURES)}")

    def valued(self, value: str | None) -> CodeValue | None:
        return next((each for each in self.values if each.value == value), None)

    def rank(self, value: str | None) -> int | None:
        """0 is the best; none of what is no value of this kind."""
        known = self.valued(value)
        return self.values.index(known) if known else None


CODES = Rulebook(FOLDER / "codes", dict[str, Kind])


def first_day(on: date) -> date:
    """The day of the rulebook that is in force on that day."""
    begun = [first for first in CODES.editions if first <= on]
    return max(begun, default=min(CODES.editions))
