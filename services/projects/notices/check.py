"""One plot of a notice, held to all rules: the figures that follow, and each rule's answer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from ..clauses.check import findings_of
from ..findings import Finding
from .printed import Printed, derived
from .rulebook import NOTICE_LAW, Moment, NoticeLaw, Severity
from .rules import day_in_park, findings, how_the_bond_was_made


def checked(
    plot: Printed, moment: Moment, on: date, beside: tuple[Finding, ...] = ()
) -> dict[str, Any]:
    """The answer about one plot, under the rules of a day; `beside` is what is known of its land."""
    law = NOTICE_LAW.on(on)
    found = (*findings(plot, on), *beside, *findings_of(plot.conditions, on))
    answers = [_answer(each, law, moment) for each in found]
    return {
        "rules_of": on,
        "moment": moment.value,
        "bars": any(each["severity"] == Severity.BAR for each in answers),
        "derived": asdict(derived(plot)),
        "bond_made": how_the_bond_was_made(plot, on),
        "findings": answers,
    }


def rules_day(plot: Printed, on: date | None, today: date) -> date:
    """The day whose rules judge the plot: the one that was asked, the first of its notice, or today."""
    return on or day_in_park(plot.begins) or today


def _answer(found: Finding, law: NoticeLaw, moment: Moment) -> dict[str, Any]:
    severities = law.severity_of(found.outcome)
    return {
        "code": found.code,
        "outcome": found.outcome.value,
        "sentence": found.sentence,
        "field": found.field,
        "source": found.source,
        "computed": found.computed,
        "severity": severities[moment].value,
        "severities": {each.value: weight.value for each, weight in severities.items()},
    }
