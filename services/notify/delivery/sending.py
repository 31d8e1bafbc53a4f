"""One try to send one delivery: the only effect of notify that leaves the store.

It happens before the commit, so a message goes out at least once: a crash in between sends it again
under the same id. What else changes meanwhile, another alert about the same firm, say, does not: all
but the delivery itself is only looked at.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol, TypeVar

from backbone import tracing
from backbone.errors import NotFound
from backbone.logs import log, trace
from backbone.store.unit_of_work import UnitOfWork

from ..alerts.alert import Alert
from ..alerts.audience import Audience
from ..subscriptions.subscription import Subscription, SubscriptionState
from ..subscriptions.target import Target
from .delivery import Delivery
from .facts import delivery_due_of, delivery_settled_of
from .message import ChannelError, Message
from .rules import DELIVERY_RULES

T = TypeVar("T")
SENT = ("alert_id", "kind", "severity", "township", "subject", "data", "happened_at")


class Sender(Protocol):
    """What sending needs of the channels."""

    def send(self, channel: str, target: Target, message: Message) -> None: ...

    def count(self, channel: str, state: str) -> None: ...


def deliver(store: UnitOfWork, channels: Sender, delivery: Delivery) -> None:
    """Send it, and record what came of it: settled, or due again later."""
    subscription = _seen(store, Subscription, delivery.subscription_id)
    current = replace(delivery, channel=subscription.channel)
    problem = _send(store, channels, current, subscription)
    tried = current.tried(problem, DELIVERY_RULES.on(store.today), store.now)
    channels.count(tried.channel, tried.state)
    store.save(tried)
    if tried.next_try_at:
        delay_s = (tried.next_try_at - store.now).total_seconds()
        store.announce_later(delivery_due_of(tried), delay_s)
    else:
        store.announce(delivery_settled_of(tried))


def _send(
    store: UnitOfWork, channels: Sender, delivery: Delivery, subscription: Subscription
) -> ChannelError | None:
    if subscription.state is SubscriptionState.ENDED:
        return ChannelError(True, "The subscription has ended.")
    target = _seen(store, Target, delivery.subscription_id)
    message = message_of(store, delivery)
    span = tracing.begin(f"send {delivery.channel}", "CLIENT", message.trace)
    message = replace(message, trace=tracing.trace_of(span, message.trace))
    problem = _sent(channels, delivery, target, message)
    if span:
        span.end(problem)
    return problem


def _sent(
    channels: Sender, delivery: Delivery, target: Target, message: Message
) -> ChannelError | None:
    try:
        channels.send(delivery.channel, target, message)
    except ChannelError as problem:
        return problem
    except Exception as defect:  # noqa: BLE001 - the delivery says so and is tried again; nothing stays pending
        return _unexpected(delivery, defect)
    return None


def _unexpected(delivery: Delivery, defect: Exception) -> ChannelError:
    """A defect of a channel, as a failure that may pass."""
    name = type(defect).__name__
    log.error("channel_failed", channel=delivery.channel, exception=trace(defect))
    return ChannelError(False, f"The channel failed unexpectedly ({name}).")


def message_of(store: UnitOfWork, delivery: Delivery) -> Message:
    """The alert as a message. One that comes late and was corrected meanwhile says so."""
    alert = _seen(store, Alert, delivery.alert_id)
    audience = store.look(Audience, alert.subject)
    corrected = bool(audience and audience.is_corrected(alert.alert_id))
    plain = store.dump(alert)
    prefix = "[corrected since 已更正] " if corrected else ""
    return Message(
        delivery_id=delivery.delivery_id,
        title=prefix + alert.title,
        text=f"{prefix}{alert.text}\n\n{alert.kind}, {alert.severity}, alert {alert.alert_id}",
        alert={name: plain[name] for name in SENT} | {"corrected": corrected},
        trace=store.cause.trace,
    )


def _seen(store: UnitOfWork, cls: type[T], identity: str) -> T:
    """As it stands now. Raises `NotFound`."""
    found = store.look(cls, identity)
    if found is None:
        raise NotFound.of_type(cls, "id")
    return found
