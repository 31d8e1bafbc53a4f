"""What calls about alerts ask for."""

from __future__ import annotations

from marshmallow import fields

from backbone.messages.contract import Contract
from park.fields import Text


class Acknowledge(Contract):
    """`by` is a role or a desk."""

    alert_id = fields.Str(required=True)
    by = Text(80, required=True)


class Explain(Contract):
    alert_id = fields.Str(required=True)
