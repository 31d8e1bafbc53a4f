"""Subscribing, changing the terms, and ending it."""

from __future__ import annotations

from typing import Any

from backbone import Collection, command, reads
from park.rules import refuse

from . import schemas
from .active import active_subscriptions
from .rules import SUBSCRIPTION_RULES, no_room, unknown_township
from .subscription import Subscription, subscription_of
from .target import Target, target_of

KEPT = (
    Collection(
        Subscription,
        key="subscription_id",
        filters=("state", "channel", "townships", "kinds"),
    ),
    Collection(Target, key="subscription_id", history=False, hidden=("address", "secret")),
)


class Subscriptions:
    """The part of notify that answers for subscriptions."""

    store: Any
    channels: Any

    get_subscription, list_subscriptions, subscription_history = reads(Subscription)

    @command(schemas.Subscribe, answers=Subscription)
    def subscribe(self, request: dict[str, Any]) -> Any:
        """Subscribe `name` to the alerts that pass the filter; the same `subscription_id` again
        changes the terms. Raises `Invalid` for an address that cannot be used, `Refused` for terms
        against a rule."""
        target = target_of(request)
        shown = self.channels.accept(request["channel"], target)
        subscription = subscription_of(request, target, shown, self.store.now)
        self._check(subscription)
        self.store.save(subscription, target)
        return self.store.dump(subscription)

    def _check(self, subscription: Subscription) -> None:
        ids = {each.subscription_id for each in active_subscriptions(self.store)}
        others = len(ids - {subscription.subscription_id})
        most = SUBSCRIPTION_RULES.on(self.store.today).most_active
        refuse(no_room(others, most), unknown_township(subscription, self.store.today))

    @command(schemas.Unsubscribe, answers=Subscription)
    def unsubscribe(self, request: dict[str, Any]) -> Any:
        """Tell them nothing more, and forget the address. Raises `NotFound`."""
        subscription = self.store.require(
            Subscription, request["subscription_id"], "subscription_id"
        )
        ended = subscription.ended(self.store.now)
        self.store.save(ended, Target(subscription_id=ended.subscription_id))
        return self.store.dump(ended)
