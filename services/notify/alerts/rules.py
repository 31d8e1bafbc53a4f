"""Which fact becomes which alert, and in which words: `rulebook/alerts/<first day>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from backbone.records import record
from park.rulebook import Rulebook

FOLDER = Path(__file__).parents[1] / "rulebook" / "alerts"


class Severity(StrEnum):
    """How much it matters, the least first."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@record
class Also:
    """A sentence that an alert also says: where the fact gives `field`; with `value`, where it is that; with
    `absent`, where the fact does not give it."""

    field: str
    say: str
    value: bool | str | None = None
    absent: bool = False

    def fits(self, data: Mapping[str, Any]) -> bool:
        """Whether the fact calls for it."""
        given = data.get(self.field)
        if given is None or self.absent:
            return given is None and self.absent
        return self.value is None or given == self.value


@record
class Rule:
    """Facts of type `on` raise alerts of this kind. The file of the rules explains each field."""

    on: str
    kind: str
    severity: Severity
    subject: str
    keep: tuple[str, ...]
    title: str
    text: str
    once_per: tuple[str, ...] = ()
    order: str | None = None
    corrects: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    severity_by_level: Mapping[str, Severity] = field(default_factory=dict)
    also: tuple[Also, ...] = ()

    def text_of(self, data: Mapping[str, Any]) -> str:
        """The template of the text for this fact, with the sentences that it calls for."""
        return " ".join([self.text.strip(), *(each.say for each in self.also if each.fits(data))])

    def severity_of(self, data: Mapping[str, Any]) -> Severity:
        """How much this fact matters: a level may have a severity of its own."""
        return self.severity_by_level.get(str(data.get("level")), self.severity)


@dataclass(frozen=True, kw_only=True)
class AlertRules:
    """Which facts raise alerts, and in which words."""

    alerts: tuple[Rule, ...]
    terms: Mapping[str, str] = field(default_factory=dict)
    happened: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_fact(self) -> dict[str, Rule]:
        return {rule.on: rule for rule in self.alerts}

    def rule_for(self, fact: str) -> Rule | None:
        """The rule for facts of this type (`parcels.land_released`); most raise no alert."""
        return self._by_fact.get(fact)


ALERT_RULES = Rulebook(FOLDER, AlertRules)
KINDS = sorted({rule.kind for rules in ALERT_RULES.editions.values() for rule in rules.alerts})
