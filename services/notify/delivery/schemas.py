"""What is heard about deliveries."""

from __future__ import annotations

from marshmallow import EXCLUDE, fields

from backbone.messages.contract import Contract


class DeliveryDue(Contract):
    class Meta:
        unknown = EXCLUDE

    delivery_id = fields.Str(required=True)
