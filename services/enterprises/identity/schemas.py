"""The contracts of identities: what townships report of codes and names, and what may be asked."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from marshmallow import fields, post_load, validate, validates_schema

from backbone.messages.contract import Contract
from park.codes import clean
from park.fields import Day, Flag, Id, Reference, Text, WholeNumber, in_order

from .codes import CodeKind

LIMIT = validate.Range(1, 200, error="Give a whole number from {min} to {max}.")


class CodeReported(Contract):
    """A code of the firm, from `valid_from` to `valid_to`, both included. With `mistyped` it never was
    its own, and needs no days."""

    enterprise_id = Id(required=True)
    kind = fields.Enum(CodeKind, by_value=True, required=True)
    value = Reference(40, required=True)
    valid_from = Day(load_default=None, allow_none=True)
    valid_to = Day(load_default=None, allow_none=True)
    mistyped = Flag(load_default=False)
    on = Day(required=True, data_key="reported_on")

    @validates_schema
    def hold_order(self, data: dict[str, Any], **_: Any) -> None:
        in_order(data, "valid_from", "valid_to")

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"value": code_as_written(data["value"], data["kind"])}


def code_as_written(text: str, kind: CodeKind | None) -> str:
    """The code as its standard writes it; the dash of an organisation code is left out."""
    code = clean(text)
    return code.replace("-", "") if kind is CodeKind.ORGANISATION_CODE else code


class NameReported(Contract):
    enterprise_id = Id(required=True)
    name = Text(200, required=True)
    valid_from = Day(required=True)
    on = Day(required=True, data_key="reported_on")


class FindEnterprise(Contract):
    """`code` or a part of `name` is given, or both: then the firms that fit both."""

    code = Reference(40, load_default=None, allow_none=True)
    name = Text(200, load_default=None, allow_none=True)
    on = Day(load_default=None, allow_none=True)
    limit = WholeNumber(load_default=50, validate=LIMIT)


class FoundFirm(TypedDict):
    """A firm that fits. `matched` is the code, masked, or the name that was asked for; `on_that_day`
    says whether it was the firm's own on the day."""

    enterprise_id: str
    township: str
    name_now: str | None
    matched: str
    matched_as: str
    valid_from: date | None
    valid_to: date | None
    mistyped: bool
    on_that_day: bool


class FoundFirms(TypedDict):
    """`held_by` is the one firm that had the code on the day; none if nobody had it, or several did:
    then `question` says so. `firms_found` counts all that fit."""

    on: date
    held_by: str | None
    question: str | None
    firms_found: int
    found_firms: list[FoundFirm]
