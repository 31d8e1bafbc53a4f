"""From a fact that was heard to the people who are to know: hop, alert, deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from backbone.messages.envelope import Event
from backbone.store.unit_of_work import UnitOfWork

from ..alerts.alert import Alert, alert_of, moment_of
from ..alerts.audience import Audience, Telling
from ..alerts.facts import alert_raised_of
from ..alerts.rules import ALERT_RULES, Rule
from ..alerts.trail import Hop
from ..delivery.delivery import delivery_of
from ..delivery.facts import delivery_due_of
from ..subscriptions.active import active_subscriptions
from ..subscriptions.subscription import Subscription


def dispatch(store: UnitOfWork, event: Event) -> None:
    """Keep the fact as a hop of its trail, and raise its alert if there is a rule for it.

    Raises `Invalid` when the fact lacks a field that makes the alert what it is.
    """
    hop = hop_of(event)
    store.save(hop)
    rules = ALERT_RULES.on(store.today)
    rule = rules.rule_for(event.type)
    if rule:
        alert = alert_of(rule, hop, event.data, rules, store.now)
        raise_alert(store, alert, telling_of(rule, alert, event))


def raise_alert(store: UnitOfWork, alert: Alert, telling: Telling) -> None:
    """Raise the alert once, for everyone who wants it and everyone who was told what it takes back
    or puts in doubt.

    When what follows it was heard first, the same people are told that too.
    """
    if store.get(Alert, alert.alert_id):
        return
    audience = store.get(Audience, alert.subject) or Audience(subject=alert.subject)
    earlier = audience.recipients_before(telling)
    active = active_subscriptions(store)
    concerned = [s for s in active if s.wants(alert) or s.subscription_id in earlier]
    store.announce(alert_raised_of(alert))
    _queue_deliveries(store, alert, concerned)
    for later in audience.followers_of(telling):
        _queue_deliveries(store, store.require(Alert, later), concerned)
    recipients = tuple(each.subscription_id for each in concerned)
    store.save(audience.with_telling(replace(telling, recipients=recipients)))


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


def telling_of(rule: Rule, alert: Alert, event: Event) -> Telling:
    """How the alert stands among the others about the same thing, without recipients as yet."""
    return Telling(
        alert_id=alert.alert_id,
        kind=alert.kind,
        moment=moment_of(rule, alert, event.data),
        cause=event.causation_id,
        corrects=rule.corrects,
        concerns=rule.concerns,
    )


def _queue_deliveries(store: UnitOfWork, alert: Alert, concerned: Iterable[Subscription]) -> None:
    """A delivery for each subscription that does not have the alert yet."""
    new = [each for each in concerned if each.subscription_id not in alert.recipients]
    store.save(alert.with_recipients(each.subscription_id for each in new))
    for subscription in new:
        delivery = delivery_of(alert, subscription, store.now)
        store.save(delivery)
        store.announce(delivery_due_of(delivery))
