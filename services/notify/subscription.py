"""A subscription: which alerts a desk or an office wants, and by which channel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from backbone.errors import Reason
from park.townships import codes

from .alert import Alert
from .message import Target
from .rules import Severity

SUBSCRIPTIONS = UUID("0b0d8a5e-5a0f-5b0e-8f3c-3d1f4b2c7a12")


class Channel(StrEnum):
    LOG = "log"
    WEBHOOK = "webhook"
    EMAIL = "email"
    CHAT = "chat"


class SubscriptionState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What `name` (a role, such as "zone land desk") wants to be told.

    No townships or no kinds mean all of them. `address` is only to be shown, its secret parts are
    masked: `message.Target` has the real one.
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
        return (
            alert.severity.rank >= self.min_severity.rank
            and (not self.townships or alert.township in self.townships)
            and (not self.kinds or alert.kind in self.kinds)
        )

    def ended(self, now: datetime) -> Subscription:
        if self.state is SubscriptionState.ENDED:
            return self
        return replace(self, state=SubscriptionState.ENDED, ended_at=now)


def opened(
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


def target_of(request: dict[str, Any]) -> Target:
    """Where the messages are to go, with its secrets. Who gives no id of the subscription has one
    for each address, and changes its terms by subscribing that address again."""
    whose = f"{request['name']}|{request['channel']}|{request['address']}"
    identity = request["subscription_id"] or str(uuid5(SUBSCRIPTIONS, whose))
    return Target(subscription_id=identity, address=request["address"], secret=request["secret"])


def broken(subscription: Subscription, others: int, most: int, today: date) -> list[Reason]:
    """Every rule that stands against the subscription; `others` are active beside it."""
    found = (no_room(others, most), unknown_township(subscription, today))
    return [reason for reason in found if reason]


def no_room(others: int, most: int) -> Reason | None:
    """Policy `subscriptions.most_active`: every alert looks at every subscription."""
    if others < most:
        return None
    sentence = f"There are {others} subscriptions; end one of them first, or share one."
    return Reason("TOO_MANY_SUBSCRIPTIONS", sentence, field="subscription_id")


def unknown_township(subscription: Subscription, today: date) -> Reason | None:
    """Who mistypes a township would wait for its alerts in vain."""
    unknown = sorted(set(subscription.townships) - codes(today))
    if not unknown:
        return None
    sentence = f"There is no township {', '.join(unknown)}; give the 9-digit division code."
    return Reason("UNKNOWN_TOWNSHIP", sentence, field="townships")
