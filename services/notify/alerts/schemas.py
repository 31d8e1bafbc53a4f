"""What calls about alerts ask for, and what is explained."""

from __future__ import annotations

from typing import TypedDict

from marshmallow import fields

from backbone.messages.contract import Contract
from park.fields import Text

from .alert import Alert


class Acknowledge(Contract):
    """`by` is a role or a desk."""

    alert_id = fields.Str(required=True)
    by = Text(80, required=True)


class Explain(Contract):
    alert_id = fields.Str(required=True)


class Explanation(TypedDict):
    alert: Alert
    chain: list[dict[str, str]]
    complete: bool
