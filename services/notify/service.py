"""notify: who is told what, when and how."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from backbone import Kept, Store, command, hears, query, reads
from backbone.envelope import Event
from backbone.errors import Refused

from . import facts, schemas
from .alert import Alert
from .audience import Audience
from .channels import Channels
from .delivery import Delivery
from .message import Target
from .rules import in_force
from .sending import deliver
from .subscription import Subscription, broken, opened, target_of
from .telling import hear, subscribers
from .trail import Hop, trail

TRAIL_DAYS = 730  # an alert can be explained for longer than a case takes from finding to listing


class NotifyService:
    """Raises alerts from what the other services say, and brings them to those who subscribed."""

    name = "notify"

    store = Store(
        Kept(
            Alert,
            key="alert_id",
            filters=("township", "kind", "severity", "state", "subject", "parcel_id"),
            orders=("raised_at", "happened_at"),
        ),
        Kept(
            Subscription,
            key="subscription_id",
            filters=("state", "channel", "townships", "kinds"),
        ),
        Kept(
            Delivery,
            key="delivery_id",
            filters=("alert_id", "subscription_id", "channel", "state"),
            orders=("created_at",),
        ),
        Kept(Target, key="subscription_id", history=False),
        Kept(Audience, key="subject", history=False),
        Kept(Hop, key="event_id", lifetime_days=TRAIL_DAYS, history=False),
        emits=facts.EMITTED,
    )
    channels = Channels()

    get_alert, list_alerts, alert_history = reads(Alert)
    get_subscription, list_subscriptions, subscription_history = reads(Subscription)
    get_delivery, list_deliveries, delivery_history = reads(Delivery)

    @hears("parcels", "#", schemas.AnyFact)
    def hear_parcels(self, event: Event) -> None:
        """Land was reported, remediated, released, blocked or revoked."""
        hear(self.store, event)

    @hears("enterprises", "#", schemas.AnyFact)
    def hear_enterprises(self, event: Event) -> None:
        """A firm was registered, or its standing changed."""
        hear(self.store, event)

    @hears("projects", "#", schemas.AnyFact)
    def hear_projects(self, event: Event) -> None:
        """A lead was registered; a listing was drafted, matched, published or withdrawn."""
        hear(self.store, event)

    @hears("notify", "delivery_due", schemas.DeliveryDue, lane="deliveries")
    def deliver(self, event: Event) -> None:
        """Send one message now; a lane of its own, so that a slow channel holds up no alert."""
        delivery = self.store.require(Delivery, event.data["delivery_id"], "data.delivery_id")
        if not delivery.settled:
            deliver(self.store, self.channels, delivery)

    @command(schemas.Subscribe)
    def subscribe(self, request: dict[str, Any]) -> Any:
        """Tell `name` the alerts that pass the filter; the same id again changes the terms."""
        target = target_of(request)
        shown = self.channels.accept(request["channel"], target)
        subscription = opened(request, target, shown, self.store.now)
        self._check(subscription)
        self.store.save(subscription, target)
        return self.store.dump(subscription)

    def _check(self, subscription: Subscription) -> None:
        ids = {each.subscription_id for each in subscribers(self.store)}
        others = len(ids - {subscription.subscription_id})
        most = in_force(self.store.today).subscriptions.most_active
        reasons = broken(subscription, others, most, self.store.today)
        if reasons:
            raise Refused(reasons)

    @command(schemas.Unsubscribe)
    def unsubscribe(self, request: dict[str, Any]) -> Any:
        """Tell them nothing more, and forget the address."""
        subscription = self.store.require(
            Subscription, request["subscription_id"], "subscription_id"
        )
        ended = subscription.ended(self.store.now)
        self.store.save(ended, Target(subscription_id=ended.subscription_id))
        return self.store.dump(ended)

    @command(schemas.Acknowledge)
    def acknowledge(self, request: dict[str, Any]) -> Any:
        """Somebody has taken the alert in hand."""
        alert = self.store.require(Alert, request["alert_id"], "alert_id")
        acknowledged = alert.acknowledged(request["by"], self.store.now)
        self.store.save(acknowledged)
        return self.store.dump(acknowledged)

    @query(schemas.Explain)
    def explain(self, request: dict[str, Any]) -> Any:
        """Why the alert exists: the chain of events behind it, back to the township's."""
        alert = self.store.require(Alert, request["alert_id"], "alert_id")
        happened = in_force(self.store.today).happened
        found = trail(
            alert.cause_event_id, lambda event_id: self.store.get(Hop, event_id), happened
        )
        return {"alert": self.store.dump(alert), **asdict(found)}
