"""The question for what two rulebooks make of the same things, as every service takes it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from ..fields import Day, Text, WholeNumber
from .editions import EditionAsked

MOST_THINGS = 200


class EditionGiven(Schema):
    """An edition that is kept, by a day on which it is in force; or that one with `changes`; or a whole
    `edition`, as its file would have it. Loads to `EditionAsked`."""

    first_day = Day(load_default=None, allow_none=True)
    edition = fields.Dict(keys=fields.Str(), load_default=None, allow_none=True)
    changes = fields.Dict(keys=fields.Str(), load_default=dict)

    @validates_schema
    def give_one(self, data: dict[str, Any], **_: Any) -> None:
        if data["edition"] is not None and data["changes"]:
            raise ValidationError("Give a whole edition, or changes of one, not both.", "changes")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> EditionAsked:
        return EditionAsked(**data)


class RulesQuestion(Schema):
    """`after` is the changed edition. Without `before`, the rulebook as it is is compared with the one in
    which `after` has the place of the edition of its first day, or a place beside the others; with `before`,
    the one edition alone with the other alone."""

    topic = Text(50, required=True)
    before = fields.Nested(EditionGiven, load_default=None, allow_none=True)
    after = fields.Nested(EditionGiven, required=True)
    limit = WholeNumber(
        load_default=100,
        validate=validate.Range(1, MOST_THINGS, error="Give a whole number from {min} to {max}."),
    )
    cursor = fields.String(load_default=None, allow_none=True)
