"""The facts that notify announces."""

from __future__ import annotations

from dataclasses import dataclass

from .delivery import DeliveryState
from .rules import Severity
from .subscription import Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertRaised:
    """`notify.alert_raised`: there is something to know, whether or not anybody subscribed."""

    alert_id: str
    kind: str
    severity: Severity
    township: str | None
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDue:
    """`notify.delivery_due`: a message is to be sent now. Heard by notify itself."""

    delivery_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettled:
    """`notify.delivery_settled`: delivered, failed or given up; it will not be tried again."""

    delivery_id: str
    alert_id: str
    channel: Channel
    state: DeliveryState


EMITTED = (AlertRaised, DeliveryDue, DeliverySettled)
