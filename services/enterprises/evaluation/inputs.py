"""Indicators from what firms report. What is of several firms is a ratio of sums, and never a sum of
ratios."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from backbone.records import record
from park.rulebook import Rulebook

from ..rulebook import FOLDER
from .terms import refusal

Figures = Mapping[str, Decimal]


@record
class Ratio:
    above: str
    below: str
    size: Decimal
    unit: str


@record
class Inputs:
    """`also` are other forms of an input, `indicators` what is made of them, `words` what tables of
    figures call both."""

    also: dict[str, dict[str, str]]
    indicators: dict[str, Ratio]
    words: dict[str, str]

    @property
    def names(self) -> frozenset[str]:
        ratios = self.indicators.values()
        return frozenset(self.also) | {name for each in ratios for name in (each.above, each.below)}

    def inputs_in(self, figures: Figures) -> dict[str, Decimal]:
        """The inputs among the figures, each in our form."""
        found = {
            form["is"]: figures[name] * Decimal(form["times"])
            for name, form in self.also.items()
            if name in figures
        }
        ours = self.names - set(self.also)
        return found | {name: figures[name] for name in ours if name in figures}

    def indicator(self, code: str, inputs: Figures) -> Decimal | None:
        """The indicator; none if an input lacks, or if what it would be divided by is not above 0."""
        ratio = self.indicators.get(code)
        if ratio is None or ratio.above not in inputs or inputs.get(ratio.below, 0) <= 0:
            return None
        return inputs[ratio.above] / ratio.size / inputs[ratio.below]


INPUTS = Rulebook(FOLDER / "indicators", Inputs)


def inputs_of(data_year: int | None) -> Inputs:
    """Those of the last day of the year; without a year, the newest."""
    return INPUTS.on(date(data_year or date.max.year, 12, 31))


def added_up(
    of_firms: Iterable[Figures], inputs: Inputs, field: str = "figures"
) -> dict[str, Decimal]:
    """The inputs of several firms in one sum; raises `Invalid` for what is a ratio already."""
    total: dict[str, Decimal] = {}
    for figures in of_firms:
        if ratios := sorted(set(figures) - inputs.names):
            raise refusal(
                "RATIOS_DO_NOT_ADD_UP",
                f"{', '.join(ratios)}: a ratio of several firms is the ratio of their sums; give what "
                f"it is made of instead: tax_cny and land_mu.",
                field,
            )
        for name, value in inputs.inputs_in(figures).items():
            total[name] = total.get(name, Decimal(0)) + value
    return total
