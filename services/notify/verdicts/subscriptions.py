"""Of which facts subscriptions would be told, by any rules of alerts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from park.rulebook import Rulebook
from park.verdicts.compared import Ruling, Rulings

from ..alerts.rules import AlertRules, Rule, Severity
from ..subscriptions.subscription import Subscription


def by_alert_rules(
    subscriptions: Iterable[Subscription], rules: Rulebook[AlertRules], on: date
) -> Rulings:
    """Of each fact that raises an alert, and each of its levels with a severity of its own, whether the
    subscription is told of it where it is of one of its townships."""
    facts = [each for rule in rules.on(on).alerts for each in _facts(rule)]
    return {
        (each.subscription_id, fact): Ruling(says=_told(each, kind, severity))
        for each in subscriptions
        for fact, kind, severity in facts
    }


def _facts(rule: Rule) -> Iterator[tuple[str, str, Severity]]:
    yield rule.on, rule.kind, rule.severity
    for level, severity in rule.severity_by_level.items():
        yield f"{rule.on} {level}", rule.kind, severity


def _told(subscription: Subscription, kind: str, severity: Severity) -> str:
    if subscription.wants_such(kind, severity):
        return f"told ({severity})"
    return "not told"
