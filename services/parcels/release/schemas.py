"""The contract of a question about a release."""

from __future__ import annotations

from marshmallow import fields

from backbone.messages.contract import Contract


class ReleaseStanding(Contract):
    parcel_id = fields.String(required=True)
    case_id = fields.String(required=True)
