"""What notify announces about alerts."""

from __future__ import annotations

from backbone.records import record

from .alert import Alert
from .rules import Severity


@record
class AlertRaised:
    """`notify.alert_raised`: there is something to know, whether or not anybody subscribed."""

    alert_id: str
    kind: str
    severity: Severity
    township: str | None
    subject: str


def alert_raised_of(alert: Alert) -> AlertRaised:
    return AlertRaised(
        alert_id=alert.alert_id,
        kind=alert.kind,
        severity=alert.severity,
        township=alert.township,
        subject=alert.subject,
    )


EMITTED = (AlertRaised,)
