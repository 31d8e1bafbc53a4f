"""The contract of one report: the same for every contestant."""

from __future__ import annotations

from marshmallow import RAISE, Schema, fields, validate


class PlotReport(Schema):
    class Meta:
        unknown = RAISE

    plot_id = fields.Str(required=True, validate=validate.Length(min=1, max=40))
    area_m2 = fields.Decimal(required=True, validate=validate.Range(min=0, min_inclusive=False))
    land_use = fields.Str(required=True, validate=validate.OneOf(["industrial", "commercial"]))
    in_zone = fields.Bool(required=True)
    surveyed_on = fields.Date(required=True)
