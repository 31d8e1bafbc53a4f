"""From a fact that was heard to the people who are to know: hop, alert, deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backbone.envelope import Event
from backbone.work import Work

from .alert import Alert, alert_of, moment_of
from .audience import Audience, Telling
from .delivery import delivery_of
from .facts import AlertRaised, DeliveryDue
from .rules import in_force
from .subscription import Subscription, SubscriptionState
from .trail import Hop


def hear(store: Work, event: Event) -> None:
    """Keep the fact as a hop of its trail, and raise its alert if there is a rule for it."""
    hop = hop_of(event)
    store.save(hop)
    policy = in_force(store.today)
    rule = policy.rule_for(event.type)
    if rule:
        alert = alert_of(rule, hop, event.data, policy, store.now)
        telling = Telling(
            alert_id=alert.alert_id,
            kind=alert.kind,
            moment=moment_of(rule, alert, event.data),
            cause=event.causation_id,
            corrects=rule.corrects,
        )
        tell(store, alert, telling)


def tell(store: Work, alert: Alert, telling: Telling) -> None:
    """Raise the alert once, for everyone who wants it and everyone who was told what it corrects.

    When a correction of it was heard first, the same people are told that too.
    """
    if store.get(Alert, alert.alert_id):
        return
    audience = store.get(Audience, alert.subject) or Audience(subject=alert.subject)
    earlier = audience.told_before(telling)
    told = [s for s in subscribers(store) if s.wants(alert) or s.subscription_id in earlier]
    store.announce(raised(alert))
    _tell(store, alert, told)
    for correction in audience.corrections_of(telling):
        _tell(store, store.require(Alert, correction), told)
    recipients = tuple(each.subscription_id for each in told)
    store.save(audience.told(replace(telling, recipients=recipients)))


def subscribers(store: Work) -> list[Subscription]:
    """Every active subscription; twice the policy's bound, for two may subscribe at once."""
    most = 2 * in_force(store.today).subscriptions.most_active
    return store.find(Subscription, limit=most, state=SubscriptionState.ACTIVE)


def raised(alert: Alert) -> AlertRaised:
    return AlertRaised(
        alert_id=alert.alert_id,
        kind=alert.kind,
        severity=alert.severity,
        township=alert.township,
        subject=alert.subject,
    )


def hop_of(event: Event) -> Hop:
    return Hop(
        event_id=event.id,
        type=event.type,
        source=event.source,
        time=event.time,
        subject=event.subject,
        correlation_id=event.correlation_id,
        causation_id=event.causation_id,
        causation_source=event.causation_source,
        causation_type=event.causation_type,
    )


def _tell(store: Work, alert: Alert, told: Iterable[Subscription]) -> None:
    """Send the alert to those who do not have it yet."""
    new = [each for each in told if each.subscription_id not in alert.recipients]
    store.save(alert.told_to(each.subscription_id for each in new))
    for subscription in new:
        delivery = delivery_of(alert, subscription, store.now)
        store.save(delivery)
        store.announce(DeliveryDue(delivery_id=delivery.delivery_id))
