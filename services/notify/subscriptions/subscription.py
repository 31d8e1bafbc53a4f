"""A subscription: which alerts a desk or an office wants, and by which channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from backbone.records import record

from ..alerts.alert import Alert
from ..alerts.rules import Severity
from .target import Target


class Channel(StrEnum):
    LOG = "log"
    WEBHOOK = "webhook"
    EMAIL = "email"
    CHAT = "chat"


class SubscriptionState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


@record
class Subscription:
    """What `name` (a role, such as "zone land desk") wants to be told.

    No townships or no kinds mean all of them. `address` is only to be shown, its secret parts are
    masked: `target.Target` has the real one.
    """

    subscription_id: str
    name: str
    townships: tuple[str, ...]
    kinds: tuple[str, ...]
    min_severity: Severity
    channel: Channel
    address: str
    since: datetime
    state: SubscriptionState = SubscriptionState.ACTIVE
    ended_at: datetime | None = None

    def wants(self, alert: Alert) -> bool:
        """Whether the alert passes the filter. One that names no township is for those who want
        all of them."""
        is_of_theirs = not self.townships or alert.township in self.townships
        return is_of_theirs and self.wants_such(alert.kind, alert.severity)

    def wants_such(self, kind: str, severity: Severity) -> bool:
        """Whether alerts of that kind, so grave, pass the filter, of whatever township they are."""
        is_wanted = not self.kinds or kind in self.kinds
        return is_wanted and severity.rank >= self.min_severity.rank

    def ended(self, now: datetime) -> Subscription:
        if self.state is SubscriptionState.ENDED:
            return self
        return replace(self, state=SubscriptionState.ENDED, ended_at=now)


def subscription_of(
    request: dict[str, Any], target: Target, shown_address: str, now: datetime
) -> Subscription:
    """The subscription that was asked for; `shown_address` is its address without secrets."""
    return Subscription(
        subscription_id=target.subscription_id,
        name=request["name"],
        townships=tuple(sorted(set(request["townships"]))),
        kinds=tuple(sorted(set(request["kinds"]))),
        min_severity=Severity(request["min_severity"]),
        channel=Channel(request["channel"]),
        address=shown_address,
        since=now,
    )
