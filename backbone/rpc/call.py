"""What a method takes and what it answers, as the contracts say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypedDict

from marshmallow import Schema, fields, validate

from ..messages.contract import Contract
from ..messages.fields import Moment, WholeNumber
from ..store.collection import Collection

MOST_LISTED = 200


class ReadRequest(Contract):
    """What a read asks for."""


class GetRequest(ReadRequest):
    as_of = Moment(load_default=None)


class ListRequest(ReadRequest):
    filter = fields.Dict(keys=fields.Str(), load_default=dict)
    order = fields.Str(load_default="key")
    limit = WholeNumber(
        load_default=50,
        validate=validate.Range(1, MOST_LISTED, error="Give a whole number from {min} to {max}."),
    )
    cursor = fields.Str(load_default=None, allow_none=True)


class ChangedBy(TypedDict):
    """The event or the call behind a change. `time` is the event's own: when it says that it was so."""

    source: str
    id: str
    type: str
    caller: str | None
    time: datetime | None


class Change(TypedDict):
    """One change of a thing: the fields that changed, and the facts that tell of it."""

    version: int
    at: datetime
    by: ChangedBy
    changed: dict[str, Any]
    facts: list[str]


@dataclass(frozen=True)
class Call:
    """What a method takes and answers. A read of a `kind` takes besides the key that the service
    gives to that kind, or has its filters and orders."""

    contract: Schema
    answers: Any = Any
    writes: bool = False
    kind: type | None = None

    @property
    def lists(self) -> bool:
        return isinstance(self.contract, ListRequest)

    def taken(self, collections: Mapping[type, Collection]) -> Schema:
        """The contract of its arguments, in a service that keeps these things."""
        if self.kind is None or self.lists:
            return self.contract
        return of_one(type(self.contract), collections[self.kind].key)


@cache
def of_one(request: type[Schema], key: str) -> Schema:
    """A request that names one thing by its key."""
    identity = fields.Str(required=True, validate=validate.Length(min=1, error="Give a text."))
    return request.from_dict({key: identity}, name=f"{request.__name__}By_{key}")()


def page_of(cls: type) -> Any:
    """The type of one page of a list."""
    fields_of: dict[str, Any] = {"items": list[cls], "cursor": str | None}  # type: ignore[valid-type]
    return TypedDict("Page", fields_of)  # type: ignore[operator]  # made for any kind
