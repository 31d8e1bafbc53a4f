"""The contracts of honours: what townships report, and what may be asked."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import fields, validate, validates_schema

from backbone.messages.contract import Contract
from park.fields import Day, Id, Text, TownshipCode, WholeNumber, in_order

from .honours import Deadline, Level

YEARS = validate.Range(2000, 2100, error="Give a whole number from {min} to {max}.")
DAYS = validate.Range(0, 3660, error="Give a whole number from {min} to {max}.")


class HonourReported(Contract):
    """An honour of one level and year; a later report of it takes the place of the one before."""

    enterprise_id = Id(required=True)
    honour = Text(60, required=True)
    level = fields.Enum(Level, by_value=True, required=True)
    year = WholeNumber(required=True, validate=YEARS)
    granted_on = Day(required=True)
    expires_on = Day(load_default=None, allow_none=True)
    recheck_due_on = Day(load_default=None, allow_none=True)
    withdrawn_on = Day(load_default=None, allow_none=True)
    on = Day(required=True, data_key="reported_on")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        for last in ("expires_on", "recheck_due_on", "withdrawn_on"):
            in_order(data, "granted_on", last)


class HonoursAsked(Contract):
    enterprise_id = fields.String(required=True)
    on = Day(load_default=None, allow_none=True)


class ExpiringAsked(Contract):
    """`honour` is one kind; without it, all."""

    within_days = WholeNumber(load_default=180, validate=DAYS)
    township = TownshipCode(load_default=None, allow_none=True)
    honour = Text(60, load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class CountsAsked(Contract):
    township = TownshipCode(load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)


class HonourHeld(TypedDict):
    """`honour_name` is none of an honour that is not in the list."""

    honour: str
    honour_name: str | None
    level: Level
    year: int
    granted_on: date
    expires_on: date | None
    inferred: bool
    recheck_due_on: date | None
    withdrawn_on: date | None
    stands: bool


class HonoursOf(TypedDict):
    enterprise_id: str
    on: date
    honours: list[HonourHeld]


class FirmDeadline(TypedDict):
    enterprise_id: str
    township: str
    deadline: Deadline


class HonoursExpiring(TypedDict):
    """The earliest first; what is overdue has days_left below 0."""

    on: date
    until: date
    deadlines: list[FirmDeadline]


class HonourCount(TypedDict):
    """How many firms have the honour on the day; a firm that was granted it twice counts once."""

    honour: str
    level: Level
    firms: int


class HonourCounts(TypedDict):
    on: date
    honour_counts: list[HonourCount]
