"""What calls about an alarm of operations give."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validates_schema

from backbone.messages.contract import Contract
from park.fields import Moment, Reference, Text

from ..alerts.rules import Severity


class Alarm(Contract):
    alarm_id = Reference(required=True, longest=100)
    alarm = Reference(required=True, longest=100)
    where = Text(required=True, longest=500)
    started_at = Moment(required=True)


class RaiseAlarm(Alarm):
    level = fields.Enum(Severity, by_value=True, required=True)
    summary = Text(required=True, longest=500)
    runbook = Text(load_default=None, allow_none=True)


class EndAlarm(Alarm):
    ended_at = Moment(required=True)

    @validates_schema
    def ends_after_it_started(self, data: dict[str, Any], **_: Any) -> None:
        """Nothing is over before it began."""
        if data["ended_at"] < data["started_at"]:
            raise ValidationError("Give a moment from started_at on.", "ended_at")
