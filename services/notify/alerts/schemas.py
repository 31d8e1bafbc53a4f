"""What calls about alerts ask for."""

from __future__ import annotations

from marshmallow import fields, validate

from backbone.contract import Contract


class Acknowledge(Contract):
    """`by` is a role or a desk."""

    alert_id = fields.Str(required=True)
    by = fields.Str(required=True, validate=validate.Length(1, 80))


class Explain(Contract):
    alert_id = fields.Str(required=True)
