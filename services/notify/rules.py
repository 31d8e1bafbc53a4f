"""Which fact becomes which alert, and how messages are sent: `policy/<first day>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from park import dated

FOLDER = Path(__file__).parent / "policy"


class Severity(StrEnum):
    """How much it matters, the least first."""

    INFO = "info"
    WARNING = "warning"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return list(Severity).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Facts of type `on` raise alerts of this kind. The policy file explains each field."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryPolicy:
    """How often and how soon a message is tried again."""

    delays_s: tuple[int, ...]
    jitter: float
    longest_delay_s: int

    def delay_s(self, tries: int, spread: float, asked_s: float = 0) -> int | None:
        """Seconds to the next try after `tries` failed ones, or none when there is no next try.

        `spread` in 0..1 is the jitter; `asked_s` is the patience that the channel asked for.
        """
        if tries > len(self.delays_s):
            return None
        own = self.delays_s[tries - 1] * (1 + self.jitter * spread)
        return round(max(own, min(asked_s, self.longest_delay_s)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionPolicy:
    most_active: int


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Everything of notify that may change without a change of code."""

    delivery: DeliveryPolicy
    subscriptions: SubscriptionPolicy
    alerts: tuple[Rule, ...]
    terms: Mapping[str, str] = field(default_factory=dict)
    happened: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _by_fact(self) -> dict[str, Rule]:
        return {rule.on: rule for rule in self.alerts}

    def rule_for(self, fact: str) -> Rule | None:
        """The rule for facts of this type (`parcels.land_released`); most raise no alert."""
        return self._by_fact.get(fact)


def read(text: str) -> Policy:
    """A policy file. Raises `msgspec.ValidationError` naming the entry that cannot be read."""
    values: dict[str, Any] = tomllib.loads(text)
    return msgspec.convert(values, Policy)


POLICIES = dated.load(FOLDER, read)
KINDS = sorted({rule.kind for policy in POLICIES.values() for rule in policy.alerts})


def in_force(day: date) -> Policy:
    """The policy of that day in the park; before the first one, the first one."""
    return dated.in_force(POLICIES, day)
