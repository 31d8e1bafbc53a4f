"""Why a plot is suspected of low efficiency, or idle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backbone.errors import Reason
from park.why.said import RuleOutcome, RuleSaid, said

from ..screening.criteria import Judgement, Verdict

OUTCOMES = {
    Verdict.LOW: RuleOutcome.BROKEN,
    Verdict.NOT_LOW: RuleOutcome.KEPT,
    Verdict.UNKNOWN: RuleOutcome.OPEN,
}


def rules_of(judgements: Iterable[Judgement], of: tuple[str, str] | None) -> Iterator[RuleSaid]:
    """What each criterion that is about the plot says of it: its figure and the bar. `of` names what the
    judgements are kept in, where that is another thing."""
    for each in judgements:
        if outcome := OUTCOMES.get(each.verdict):
            reason = Reason(each.kind.upper(), _sentence(each), "judgements", each.source)
            yield said(reason, outcome, each.source, of=of)


def _sentence(each: Judgement) -> str:
    if each.figure is None:
        why = each.reason.sentence if each.reason else f"it is {each.verdict}"
        return f"{each.place}: {why}"
    least = "at least " if each.figure_at_least else ""
    bar = f", the bar is {each.floor:f}" if each.floor is not None else ""
    return f"{each.place}: {least}{each.figure:f} {each.unit}{bar}: {each.verdict}."
