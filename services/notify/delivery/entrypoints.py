"""Sending what is due, and what may be asked about it."""

from __future__ import annotations

from typing import Any

from backbone import Collection, hears, reads
from backbone.messages.envelope import Event

from . import schemas
from .delivery import Delivery
from .sending import Sender, deliver

KEPT = (
    Collection(
        Delivery,
        key="delivery_id",
        filters=("alert_id", "subscription_id", "channel", "state"),
        orders=("created_at",),
    ),
)


class Deliveries:
    """The part of notify that answers for deliveries."""

    store: Any
    channels: Sender

    get_delivery, list_deliveries, delivery_history = reads(Delivery)

    @hears("notify", "delivery_due", schemas.DeliveryDue, lane="deliveries")
    def deliver(self, event: Event) -> None:
        """Send one message now; a lane of its own, so that a slow channel holds up no alert."""
        delivery = self.store.require(Delivery, event.data["delivery_id"], "data.delivery_id")
        if delivery.is_open:
            deliver(self.store, self.channels, delivery)
