"""What a contract promises: the indicators of its notice and its own; it promises no less than the notice."""

from __future__ import annotations

from collections.abc import Iterator

from backbone.errors import Reason

from ..listings.notice import Comparison, Indicator, Indicators
from .indicators import Canonical, IndicatorForms, in_one_form


def promised(noticed: Indicators, agreed: Indicators, forms: IndicatorForms) -> Indicators:
    """Those of the notice and those of the contract; a figure of the contract takes the place of the
    notice's figure of the same indicator."""
    own = [in_one_form(each, forms) for each in agreed]
    kept = (n for n in noticed if not any(_replaces(o, in_one_form(n, forms)) for o in own))
    return tuple(dict.fromkeys((*kept, *agreed)))


def promises_below_notice(
    noticed: Indicators, agreed: Indicators, forms: IndicatorForms
) -> Iterator[Reason]:
    """Who bid for the land counted on the figures of the notice: the contract may ask for more, not less."""
    for indicator in noticed:
        bar = in_one_form(indicator, forms)
        for each in agreed:
            own = in_one_form(each, forms)
            if _replaces(own, bar) and not _as_strict(own, bar):
                yield _below(indicator, each)


def _replaces(own: Canonical, bar: Canonical) -> bool:
    """Whether it is the same figure, from the same side; a range is two figures. One exact figure is from
    both sides."""
    same = (own.code, own.check_stage, own.unit) == (bar.code, bar.check_stage, bar.unit)
    return same and own.op in (bar.op, Comparison.EQUAL)


def _as_strict(own: Canonical, bar: Canonical) -> bool:
    """Whether whoever meets the contract's figure meets the notice's, in as many years running."""
    return bar.met_by(own.exactly) and own.years_running >= bar.years_running


def _below(noticed: Indicator, agreed: Indicator) -> Reason:
    right = "that figure" if noticed.op is Comparison.EQUAL else "that or a stricter figure"
    return Reason(
        "PROMISE_BELOW_NOTICE",
        f"{noticed.code}: the notice asks for {told(noticed)}, the contract for {told(agreed)}; give "
        f"{right}, or leave it out and the notice's holds.",
        field="indicators",
        source="the notice",
    )


def told(indicator: Indicator) -> str:
    """An indicator as a sentence has it: `>= 30 万元/亩 (full_capacity)`."""
    years = f" in {indicator.years_running} years running" if indicator.years_running > 1 else ""
    stage = indicator.check_stage.value
    return f"{indicator.op.value} {indicator.value:f} {indicator.unit}{years} ({stage})"
