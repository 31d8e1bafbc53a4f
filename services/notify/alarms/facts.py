"""What notify announces about the alarms of operations. It hears of it itself, and tells people."""

from __future__ import annotations

from datetime import datetime

from backbone.records import record

from ..alerts.rules import Severity


@record
class AlarmRaised:
    """`notify.alarm_raised`: an alert of Prometheus fires. `level` is how much it matters, `where` the
    labels that say which process, queue or feed it is about."""

    alarm_id: str
    alarm: str
    level: Severity
    summary: str
    where: str
    started_at: datetime
    runbook: str | None = None


@record
class AlarmOver:
    """`notify.alarm_over`: an alert of Prometheus that fired does so no longer."""

    alarm_id: str
    alarm: str
    where: str
    started_at: datetime
    ended_at: datetime


EMITTED = (AlarmRaised, AlarmOver)
