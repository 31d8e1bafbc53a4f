"""What calls about subscriptions ask for."""

from __future__ import annotations

from marshmallow import fields, validate

from backbone.messages.contract import Contract
from park.fields import Text, TownshipCode

from ..alerts.rules import KINDS, Severity
from .subscription import Channel

SUBSCRIPTION_ID = validate.Regexp(
    r"[a-z0-9][a-z0-9._-]{2,63}\Z",
    error="Use 3 to 64 lower-case letters, digits, dots, dashes or underscores: zone-land-desk.",
)
AT_MOST = validate.Length(max=200)  # kinds there are fewer


class Subscribe(Contract):
    """`name` is a role, not a person. No townships or no kinds mean all of them. `address` is what
    the channel takes: a word (log), a URL (webhook), an e-mail address, an apprise URL (chat)."""

    subscription_id = fields.Str(load_default=None, validate=SUBSCRIPTION_ID)
    name = Text(80, required=True)
    townships = fields.List(TownshipCode(), load_default=list, validate=AT_MOST)
    kinds = fields.List(
        fields.Str(validate=validate.OneOf(KINDS)), load_default=list, validate=AT_MOST
    )
    min_severity = fields.Enum(Severity, by_value=True, load_default=Severity.INFO)
    channel = fields.Enum(Channel, by_value=True, required=True)
    address = fields.Str(load_default="", validate=validate.Length(max=500))
    secret = fields.Str(load_default=None, allow_none=True, validate=validate.Length(max=200))


class Unsubscribe(Contract):
    subscription_id = fields.Str(required=True)
