"""A question about the totals of the register."""

from __future__ import annotations

from marshmallow import fields, validate

from backbone.messages.contract import Contract
from park.fields import Day, Tuple

from .totals import By, ZoneBy


class TotalsAsked(Contract):
    """`by` are the words to group by, all into one group if there are none; with `zone` only parcels
    count that lie in the zone by that reading."""

    by = Tuple(
        fields.Enum(By, by_value=True), load_default=(By.TOWNSHIP,), validate=validate.Length(max=5)
    )
    on = Day(load_default=None, allow_none=True)
    zone = fields.Enum(ZoneBy, by_value=True, load_default=None, allow_none=True)
