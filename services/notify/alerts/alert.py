"""An alert: one thing that somebody should know, with the fact that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from backbone.errors import Invalid, Reason
from backbone.records import record

from .rules import AlertRules, Rule, Severity
from .trail import Hop
from .wording import fill, park_time, safe, words

ALERTS = UUID("0b0d8a5e-5a0f-5b0e-8f3c-3d1f4b2c7a10")


class AlertState(StrEnum):
    RAISED = "raised"
    NO_RECIPIENTS = "no_recipients"
    ACKNOWLEDGED = "acknowledged"


@record
class Alert:
    """`happened_at` is when the fact happened, `raised_at` when notify heard of it. `data` is what
    the rule keeps of the fact. `recipients` are ids of subscriptions."""

    alert_id: str
    kind: str
    severity: Severity
    township: str | None
    subject: str
    title: str
    text: str
    data: dict[str, Any]
    happened_at: datetime
    raised_at: datetime
    cause_event_id: str
    cause_type: str
    correlation_id: str | None
    recipients: tuple[str, ...] = ()
    state: AlertState = AlertState.NO_RECIPIENTS
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None

    @property
    def parcel_id(self) -> str | None:
        """The parcel that it is about, to list the alerts of one parcel."""
        return self.data.get("parcel_id")

    def with_recipients(self, subscription_ids: Iterable[str]) -> Alert:
        """The alert with these recipients beside those that it has."""
        recipients = tuple(sorted({*self.recipients, *subscription_ids}))
        if self.state is AlertState.ACKNOWLEDGED or not recipients:
            return replace(self, recipients=recipients)
        return replace(self, recipients=recipients, state=AlertState.RAISED)

    def acknowledged(self, by: str, now: datetime) -> Alert:
        """Somebody has taken it in hand; the first who says so stays."""
        if self.state is AlertState.ACKNOWLEDGED:
            return self
        return replace(self, state=AlertState.ACKNOWLEDGED, acknowledged_by=by, acknowledged_at=now)


def alert_of(
    rule: Rule, hop: Hop, data: Mapping[str, Any], rules: AlertRules, now: datetime
) -> Alert:
    """The alert that a fact raises, without recipients as yet.

    Raises `Invalid` when the fact lacks a field that makes the alert what it is.
    """
    happened_at = hop.time or now
    filled = words(data, rules.terms, park_time(happened_at).date())
    return Alert(
        alert_id=str(uuid5(ALERTS, once_key(rule, hop, data))),
        kind=rule.kind,
        severity=rule.severity_of(data),
        township=data.get("township"),
        subject=str(_given(rule, data, rule.subject)),
        title=" ".join(fill(rule.title, filled).split()),
        text=fill(rule.text_of(data), filled),
        data={name: safe(data[name], name) for name in rule.keep if name in data},
        happened_at=happened_at,
        raised_at=now,
        cause_event_id=hop.event_id,
        cause_type=hop.type,
        correlation_id=hop.correlation_id,
    )


def moment_of(rule: Rule, alert: Alert, data: Mapping[str, Any]) -> str:
    """Text that sorts the alerts about one thing as their facts happened."""
    if rule.order:
        return f"{int(_given(rule, data, rule.order)):012}"
    return alert.happened_at.astimezone(UTC).isoformat(timespec="microseconds")


def once_key(rule: Rule, hop: Hop, data: Mapping[str, Any]) -> str:
    """What makes two facts one alert: the kind, and the values that the rule names. Where it names
    none, a fact is one alert however often it is delivered."""
    if not rule.once_per:
        return f"{rule.kind}|{hop.event_id}"
    return "|".join([rule.kind, *(_same(_given(rule, data, name)) for name in rule.once_per)])


def _same(value: Any) -> str:
    """A value in one spelling: lists in any order, reasons by their code."""
    if isinstance(value, list | tuple):
        return ",".join(sorted({_same(item) for item in value}))
    return str(value.get("code", value) if isinstance(value, Mapping) else value)


def _given(rule: Rule, data: Mapping[str, Any], name: str) -> Any:
    if data.get(name) is None:
        sentence = f"A fact {rule.on} without {name} cannot be told to anybody."
        raise Invalid([Reason("FIELD_MISSING", sentence, field=f"data.{name}")])
    return data[name]
