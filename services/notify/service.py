"""notify: who is told what, when and how."""

from __future__ import annotations

from backbone import Store

from .alarms import entrypoints as alarms
from .alerts import entrypoints as alerts
from .alerts.facts import EMITTED as ALERT_FACTS
from .channels import Channels
from .delivery import entrypoints as delivery
from .delivery.facts import EMITTED as DELIVERY_FACTS
from .dispatch.entrypoints import Dispatch
from .feeds import entrypoints as feeds
from .heartbeat.entrypoints import Heartbeats
from .subscriptions import entrypoints as subscriptions
from .verdicts import entrypoints as verdicts


class NotifyService(
    Dispatch,
    alerts.Alerts,
    alarms.Alarms,
    subscriptions.Subscriptions,
    delivery.Deliveries,
    verdicts.Verdicts,
    Heartbeats,
):
    """Raises alerts from what the other services say, and brings them to those who subscribed."""

    name = "notify"

    store = Store(
        *alerts.KEPT,
        *subscriptions.KEPT,
        *delivery.KEPT,
        *feeds.KEPT,
        emits=(*ALERT_FACTS, *DELIVERY_FACTS, *feeds.EMITTED, *alarms.EMITTED),
    )
    channels = Channels()
