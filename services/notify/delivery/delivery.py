"""A delivery: one alert on its way to one recipient, and honestly where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from backbone.records import record

from ..alerts.alert import Alert
from ..subscriptions.subscription import Channel, Subscription
from .message import ChannelError
from .rules import DeliveryRules

DELIVERIES = UUID("0b0d8a5e-5a0f-5b0e-8f3c-3d1f4b2c7a11")


class DeliveryState(StrEnum):
    PENDING = "pending"
    RETRYING = "retrying"
    DELIVERED = "delivered"
    FAILED = "failed"
    GIVEN_UP = "given_up"


OPEN = frozenset({DeliveryState.PENDING, DeliveryState.RETRYING})


@record
class Delivery:
    """`failed`: the channel said that no other try can help. `given_up`: every try was used up.
    `last_error` is a sentence without addresses or secrets."""

    delivery_id: str
    alert_id: str
    subscription_id: str
    recipient: str
    channel: Channel
    created_at: datetime
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    last_error: str | None = None
    next_try_at: datetime | None = None
    delivered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is to be tried."""
        return self.state in OPEN

    @property
    def spread(self) -> float:
        """The jitter of this delivery, in 0..1: each has its own, and keeps it."""
        return UUID(self.delivery_id).int % 1000 / 1000

    def tried(self, problem: ChannelError | None, rules: DeliveryRules, now: datetime) -> Delivery:
        """The delivery after one more try, which met `problem` or none."""
        tries = replace(self, attempts=self.attempts + 1, next_try_at=None)
        if problem is None:
            return replace(tries, state=DeliveryState.DELIVERED, last_error=None, delivered_at=now)
        failed = replace(tries, last_error=str(problem))
        if problem.permanent:
            return replace(failed, state=DeliveryState.FAILED)
        delay_s = rules.delay_s(failed.attempts, self.spread, problem.retry_after_s)
        if delay_s is None:
            return replace(failed, state=DeliveryState.GIVEN_UP)
        later = now + timedelta(seconds=delay_s)
        return replace(failed, state=DeliveryState.RETRYING, next_try_at=later)


def delivery_of(alert: Alert, subscription: Subscription, now: datetime) -> Delivery:
    """One alert for one subscription: always the same id, so that it exists once."""
    return Delivery(
        delivery_id=str(uuid5(DELIVERIES, f"{alert.alert_id} {subscription.subscription_id}")),
        alert_id=alert.alert_id,
        subscription_id=subscription.subscription_id,
        recipient=subscription.name,
        channel=subscription.channel,
        created_at=now,
    )
