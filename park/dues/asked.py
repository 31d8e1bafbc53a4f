"""The question for what is due, as every service takes it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from ..fields import Day, Flag, TownshipCode, WholeNumber
from .due import Asked, Place

MOST_DAYS = 3660
MOST_DUES = 500


class Cursor(fields.String):
    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        text = super()._deserialize(value, attr, data, **more)
        try:
            return Place.read(text)
        except ValueError:
            raise ValidationError("Give the cursor of the page before.") from None


class DueQuestion(Schema):
    """`on` is the day from which days and lateness count, today if it is left out; what is on record now
    counts. `within_days` reaches ahead of it. `holder` is an office, a role or a team; a township has what is
    its own, and what it holds."""

    on = Day(load_default=None, allow_none=True)
    holder = fields.String(load_default=None, allow_none=True)
    township = TownshipCode(load_default=None, allow_none=True)
    late = Flag(load_default=False)
    within_days = WholeNumber(
        load_default=14,
        validate=validate.Range(0, MOST_DAYS, error="Give a whole number from {min} to {max}."),
    )
    limit = WholeNumber(
        load_default=50,
        validate=validate.Range(1, MOST_DUES, error="Give a whole number from {min} to {max}."),
    )
    cursor = Cursor(load_default=None, allow_none=True)


def asked(request: dict[str, Any], today: Any) -> Asked:
    """The question, asked on that day."""
    return Asked(**request | {"on": request["on"] or today})
