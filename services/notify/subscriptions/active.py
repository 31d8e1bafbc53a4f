"""Who is subscribed now."""

from __future__ import annotations

from backbone.store.unit_of_work import UnitOfWork

from .rules import SUBSCRIPTION_RULES
from .subscription import Subscription, SubscriptionState


def active_subscriptions(store: UnitOfWork) -> list[Subscription]:
    """Every active subscription; twice the rule's bound, for two may subscribe at once."""
    most = 2 * SUBSCRIPTION_RULES.on(store.today).most_active
    return store.find(Subscription, limit=most, state=SubscriptionState.ACTIVE)
