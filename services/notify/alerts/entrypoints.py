"""What may be asked about alerts, and that somebody has taken one in hand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from backbone import Collection, command, query, reads

from . import schemas
from .alert import Alert
from .audience import Audience
from .rules import ALERT_RULES
from .trail import Hop, trail_of

TRAIL_DAYS = 730  # an alert can be explained for longer than a case takes from finding to listing
KEPT = (
    Collection(
        Alert,
        key="alert_id",
        filters=("township", "kind", "severity", "state", "subject", "parcel_id"),
        orders=("raised_at", "happened_at"),
    ),
    Collection(Audience, key="subject", history=False),
    Collection(Hop, key="event_id", lifetime_days=TRAIL_DAYS, history=False),
)


class Alerts:
    """The part of notify that answers for alerts."""

    store: Any

    get_alert, list_alerts, alert_history = reads(Alert)

    @command(schemas.Acknowledge, answers=Alert)
    def acknowledge(self, request: dict[str, Any]) -> Any:
        """Somebody has taken the alert in hand. Raises `NotFound`."""
        alert = self.store.require(Alert, request["alert_id"], "alert_id")
        acknowledged = alert.acknowledged(request["by"], self.store.now)
        self.store.save(acknowledged)
        return self.store.dump(acknowledged)

    @query(schemas.Explain, answers=schemas.Explanation)
    def explain(self, request: dict[str, Any]) -> Any:
        """Why the alert exists: the chain of events behind it, back to the township's. Raises
        `NotFound`."""
        alert = self.store.require(Alert, request["alert_id"], "alert_id")
        happened = ALERT_RULES.on(self.store.today).happened
        found = trail_of(
            alert.cause_event_id, lambda event_id: self.store.get(Hop, event_id), happened
        )
        return {"alert": self.store.dump(alert), **asdict(found)}
