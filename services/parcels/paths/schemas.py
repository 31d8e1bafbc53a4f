"""A question about the path of a case."""

from __future__ import annotations

from marshmallow import fields

from backbone.messages.contract import Contract


class CasePath(Contract):
    case_id = fields.String(required=True)
