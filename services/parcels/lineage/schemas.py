"""A question about the lineage of a parcel."""

from __future__ import annotations

from marshmallow import fields

from backbone.messages.contract import Contract


class LineageOf(Contract):
    parcel_id = fields.String(required=True)
