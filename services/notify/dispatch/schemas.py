"""What is heard of the other services."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema


class AnyFact(Schema):
    """A fact of any service, whatever it holds: a new one is kept for the trail as well."""

    class Meta:
        unknown = INCLUDE
