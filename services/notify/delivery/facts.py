"""What notify announces about deliveries."""

from __future__ import annotations

from backbone.records import record

from ..subscriptions.subscription import Channel
from .delivery import Delivery, DeliveryState


@record
class DeliveryDue:
    """`notify.delivery_due`: a message is to be sent now. Heard by notify itself."""

    delivery_id: str


@record
class DeliverySettled:
    """`notify.delivery_settled`: delivered, failed or given up; it will not be tried again."""

    delivery_id: str
    alert_id: str
    channel: Channel
    state: DeliveryState


def delivery_due_of(delivery: Delivery) -> DeliveryDue:
    return DeliveryDue(delivery_id=delivery.delivery_id)


def delivery_settled_of(delivery: Delivery) -> DeliverySettled:
    return DeliverySettled(
        delivery_id=delivery.delivery_id,
        alert_id=delivery.alert_id,
        channel=delivery.channel,
        state=delivery.state,
    )


EMITTED = (DeliveryDue, DeliverySettled)
