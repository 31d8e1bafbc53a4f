"""Which value a code has: a small function for each rule, which answers with its reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from decimal import ROUND_HALF_UP, Context, Decimal

from backbone.errors import Reason
from backbone.records import record
from park.units import tidy

from .kinds import CodeRule, Kind
from .marks import Mark

WAN = Decimal(10_000)
SHOWN, EXACTLY = Decimal("0.000001"), Context(prec=60, rounding=ROUND_HALF_UP)


@record
class Judgement:
    """`value` is none where there is no code; `reason` says why, in either case. `figures` are those that
    led to it."""

    value: str | None
    reason: Reason
    figures: dict[str, Decimal] = field(default_factory=dict)
    level: str | None = None


def judged(kind: Kind, mark: Mark, mean: Decimal | None) -> Judgement:
    """The value that a mark comes to under the rules of `kind`; `mean` is that of its industry."""
    if mark.value is None and not mark.figures:
        said = Reason(
            "CODE_WITHDRAWN", "What the code stood on was taken back.", source=kind.source
        )
        return Judgement(value=None, reason=said)
    if kind.rule is not CodeRule.GIVEN and not {*kind.figures} <= mark.figures.keys():
        others = f"It stands on other figures than {' and '.join(kind.figures)}."
        reason = Reason("FIGURES_OF_CODE", others, source=kind.source)
        return Judgement(value=None, reason=reason, figures=dict(mark.figures))
    return RULES[kind.rule](kind, mark, mean)


def given(kind: Kind, mark: Mark, _: Decimal | None) -> Judgement:
    """The value was decided elsewhere: a grade by its round (浙政发〔2018〕5号)."""
    if kind.valued(mark.value) is None:
        known = ", ".join(each.value for each in kind.values)
        said = f"The {kind.title} has the values {known}; what came is none of them."
        return Judgement(value=None, reason=Reason("CODE_VALUE_UNKNOWN", said))
    when = f" on {mark.decided_on}" if mark.decided_on else ""
    said = f"Decided for {mark.period} by {mark.source}{when}."
    return Judgement(value=mark.value, reason=Reason("CODE_GIVEN", said, source=kind.source))


def within(kind: Kind, mark: Mark, _: Decimal | None) -> Judgement:
    """The best value all of whose bars the figures keep."""
    return _first_kept(kind, mark.figures)


def carbon(kind: Kind, mark: Mark, mean: Decimal | None) -> Judgement:
    """L and K of DB33/T 1347-2023, compared as they are and rounded only to be shown. A value added of
    nought or less has no L, and without the industry's mean there is no K."""
    added, emission = mark.figures["value_added_cny"], mark.figures["emission_tco2"]
    if added <= 0:
        said = "Without a value added above nought there is no carbon code."
        reason = Reason("NO_VALUE_ADDED", said, source=kind.source)
        return Judgement(value=None, reason=reason, figures=dict(mark.figures))
    intensity = emission * WAN / added
    found: dict[str, Decimal] = {**mark.figures, "intensity_l": _shown(intensity)}
    level = next(
        (e.level for e in kind.levels if e.at_most is None or intensity <= e.at_most), None
    )
    if mean is None:
        said = f"The mean of the industry in {mark.period} is not known yet."
        reason = Reason("NO_INDUSTRY_MEAN", said, source=kind.source)
        return Judgement(value=None, reason=reason, figures=found, level=level)
    ratio = intensity / mean
    judgement = _first_kept(kind, {**mark.figures, "ratio_k": ratio})
    figures = found | {"industry_mean": mean, "ratio_k": _shown(ratio)}
    return Judgement(value=judgement.value, reason=judgement.reason, figures=figures, level=level)


RULES: dict[CodeRule, Callable[[Kind, Mark, Decimal | None], Judgement]] = {
    CodeRule.GIVEN: given,
    CodeRule.WITHIN: within,
    CodeRule.CARBON: carbon,
}


def falls(kind: Kind, value: str | None, previous: str | None) -> bool:
    """Whether it is worse than that of the period before."""
    now, before = kind.rank(value), kind.rank(previous)
    return now is not None and before is not None and before < now


def _first_kept(kind: Kind, figures: Mapping[str, Decimal]) -> Judgement:
    found = next(
        each
        for each in kind.values
        if all(figures[name] <= bar for name, bar in each.at_most.items())
    )
    barred = sorted({name for each in kind.values for name in each.at_most})
    said = ", ".join(f"{name} is {_plain(figures[name])}" for name in barred)
    bars = ", ".join(f"{name} at most {bar}" for name, bar in found.at_most.items())
    sentence = f"{said}; {found.value} takes {bars or 'what is over the other bars'}."
    reason = Reason("CODE_BY_FIGURES", sentence, source=kind.source)
    return Judgement(value=found.value, reason=reason, figures=dict(figures))


def _shown(figure: Decimal) -> Decimal:
    return figure.quantize(SHOWN, context=EXACTLY)


def _plain(figure: Decimal) -> str:
    return f"{tidy(_shown(figure)):f}"
