"""The questions for what is due, and for what became of it, as every service takes them."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from ..fields import Day, Flag, Moment, TownshipCode, WholeNumber, in_order
from .due import Asked, Place
from .outcome import PeriodAsked

MOST_DAYS = 3660
MOST_DUES = 500


class Cursor(fields.String):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        text = super()._deserialize(value, attr, data, **more)
        try:
            return Place.read(text)
        except ValueError:
            raise ValidationError("Give the cursor of the page before.") from None


class DuePageQuestion(Schema):
    """A page of it. `holder` is an office, a role or a team; a township has what is its own, and what it
    holds."""

    holder = fields.String(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)
    limit = WholeNumber(
        load_default=50,
        validate=validate.Range(1, MOST_DUES, error="Give a whole number from {min} to {max}."),
    )
    cursor = Cursor(load_default=None, allow_none=True)


class DueQuestion(DuePageQuestion):
    """`on` is the day from which days and lateness count, today if it is left out; what was on record at
    `known_at` counts, now if it is left out. `within_days` reaches ahead of `on`."""

    on = Day(load_default=None, allow_none=True)
    known_at = Moment(load_default=None, allow_none=True)
    late = Flag(load_default=False)
    within_days = WholeNumber(
        load_default=14,
        validate=validate.Range(0, MOST_DAYS, error="Give a whole number from {min} to {max}."),
    )


class PeriodQuestion(DuePageQuestion):
    """What became of all that was due from `from_on` to `to_on`, both included, by what is on record now."""

    from_on = Day(required=True)
    to_on = Day(required=True)

    @validates_schema
    def days_are_in_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "from_on", "to_on")


def asked(request: dict[str, Any], today: Any) -> Asked:
    """The question, asked on that day."""
    return Asked(**request | {"on": request["on"] or today})


def period_asked(request: dict[str, Any]) -> PeriodAsked:
    """The question for what became of what was due."""
    return PeriodAsked(**request)
