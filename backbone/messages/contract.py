"""Input held against a marshmallow schema: every problem with its field, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import marshmallow
from marshmallow import fields

from ..errors import Invalid, Reason
from .quick_schema import UNKNOWN, QuickSchema

MOST_TOLD = 20  # reasons; a sender can be wrong in more ways than an answer can hold
LONGEST_NAME = 100  # characters, likewise
MOMENT = "Give a moment with its offset: 2023-08-01T09:30:00+08:00."
OBJECT = "Give one JSON object."
# what marshmallow says where a field has no words of its own
SENTENCES = {
    "Missing data for required field.": "It is missing, and required.",
    "Field may not be null.": "It may not be null.",
    "Invalid input type.": OBJECT,
    "Invalid type.": OBJECT,
    "Not a valid mapping type.": OBJECT,
    "Not a valid list.": "Give a list.",
    "Not a valid string.": "Give a text.",
    "Not a valid integer.": "Give a whole number.",
    "Not a valid datetime.": MOMENT,
    "Not a valid aware datetime.": MOMENT,
}


class Contract(QuickSchema):
    """What a message's data, or the arguments of a call, have to be. Fields that it does not name are
    refused."""

    class Meta:
        unknown = marshmallow.RAISE


class Fact(Contract):
    """A fact of a service, as far as the listener reads it: fields that it does not name are left out,
    so that the owner of the fact may add some."""

    class Meta:
        unknown = marshmallow.EXCLUDE


def load(schema: marshmallow.Schema, data: Any, path: str = "data") -> Any:
    """The data as the contract reads it, or `Invalid` with one reason per field, for the first
    twenty. `path` is where the data stand in the input, empty if they are all of it."""
    if not isinstance(data, dict):
        raise Invalid([Reason("INVALID", OBJECT, field=path)])
    try:
        return schema.load(data)
    except marshmallow.ValidationError as problem:
        raise Invalid(_reasons(path, problem.normalized_messages(), schema)) from problem


def arguments(
    schema: marshmallow.Schema, args: Sequence[Any], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """What a call gave, as its contract reads it; each argument comes by its name. Raises `Invalid`."""
    if args:
        raise Invalid([Reason("INVALID", "Give every argument by its name.", field="args")])
    loaded: dict[str, Any] = load(schema, kwargs, path="")
    return loaded


def _reasons(path: str, messages: Any, schema: Any) -> Iterator[Reason]:
    wrong = iter(sorted(_wrong(path, messages, schema), key=_unknown_last))
    for where, message, place in islice(wrong, MOST_TOLD):
        yield Reason("INVALID", _sentence(message, place), field=where)
    if more := sum(1 for _ in wrong):
        yield Reason("INVALID", f"{more:,} more things are wrong.", field=path or None)


def _unknown_last(wrong: tuple[str, Any, Any]) -> str:
    """What is wrong with known fields in their order, then unknown fields by name."""
    return wrong[0] if wrong[1] == UNKNOWN else ""


def _wrong(path: str, messages: Any, place: Any) -> Iterator[tuple[str, Any, Any]]:
    """Where, marshmallow's message, and the schema or the field that the messages are about."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            where = path if name == "_schema" else f"{path}.{_short(name)}".removeprefix(".")
            yield from _wrong(where, inner, _inside(place, name))
        return
    for message in messages:
        yield path, message, place


def _short(name: Any) -> str:
    name = str(name)
    return name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"


def _inside(place: Any, name: Any) -> Any:
    """The field of that name; for a name that the schema does not have, the schema and the name."""
    if isinstance(place, fields.List):
        return place.inner
    if isinstance(place, fields.Nested):
        place = place.schema
    if not isinstance(place, marshmallow.Schema):
        return None
    known = {field.data_key or key: field for key, field in place.load_fields.items()}
    return known.get(name) or (known, _short(name))


def _sentence(message: Any, place: Any) -> str:
    if message == UNKNOWN and isinstance(place, tuple):
        known, name = place
        near = " or ".join(difflib.get_close_matches(name, known))
        return f"There is no such field. {f'Did you mean {near}?' if near else _list(known)}"
    return SENTENCES.get(message, str(message))


def _list(known: Any) -> str:
    return f"There are {', '.join(known)}." if known else "There are none."
