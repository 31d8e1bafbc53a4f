"""Alarms: an alert of Prometheus reaches people the way that every other alert does."""

from __future__ import annotations

from typing import Any

from backbone import command

from . import facts, schemas

EMITTED = facts.EMITTED


class Alarms:
    """The part of notify that is told what Prometheus wakes operations for."""

    store: Any  # within a handler, the unit of work

    @command(schemas.RaiseAlarm, answers=facts.AlarmRaised)
    def raise_alarm(self, request: dict[str, Any]) -> Any:
        """Have whoever subscribed told that an alarm of operations was raised. Raised again with the same
        `started_at` it is one alert."""
        raised = facts.AlarmRaised(**request)
        self.store.announce(raised)
        return self.store.dump(raised)

    @command(schemas.EndAlarm, answers=facts.AlarmOver)
    def end_alarm(self, request: dict[str, Any]) -> Any:
        """Have whoever was told of an alarm of operations told that it is over."""
        over = facts.AlarmOver(**request)
        self.store.announce(over)
        return self.store.dump(over)
