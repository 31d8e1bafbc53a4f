"""Input held against a marshmallow schema: every problem with its field, and what would be right."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

import marshmallow
from marshmallow import fields

from ..errors import Invalid, Reason

MOST_TOLD = 20  # reasons; a sender can be wrong in more ways than an answer can hold
LONGEST_NAME = 100  # characters, likewise
MOMENT = "Give a moment with its offset: 2023-08-01T09:30:00+08:00."
OBJECT = "Give one JSON object."
UNKNOWN = "Unknown field."  # marshmallow's words
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


class Contract(marshmallow.Schema):
    """A marshmallow schema that loads what has nothing wrong with it by asking its fields alone.
    marshmallow keeps books of what is wrong as it goes; so it comes in when something is."""

    class Meta:
        unknown = marshmallow.RAISE

    def _deserialize(self, data: Any, *, unknown: Any, **more: Any) -> Any:  # type: ignore[override]  # its own arguments are passed on
        if type(data) is dict and unknown != marshmallow.INCLUDE and not more.get("partial"):
            with suppress(marshmallow.ValidationError):
                return self._plainly(data, knows_all=unknown == marshmallow.RAISE)
        return super()._deserialize(data, unknown=unknown, **more)

    def _plainly(self, data: dict[str, Any], *, knows_all: bool) -> dict[str, Any]:
        loaded, absent, missing = {}, 0, marshmallow.missing
        for key, name, field, is_straight in self._in_order:
            value = data.get(key, missing)
            if is_straight and value is not missing and value is not None:
                value = field._deserialize(value, key, data)
                for validate in field.validators:
                    validate(value)
            else:
                absent += value is missing
                value = field.deserialize(value, key, data)
            if value is not missing:
                loaded[name] = value
        if knows_all and len(self._in_order) - absent < len(data):
            raise marshmallow.ValidationError(UNKNOWN)
        return loaded

    def _init_fields(self) -> None:
        super()._init_fields()
        # under which key each comes, under which it is loaded, and whether it is straight
        self._in_order = [
            (field.data_key or name, field.attribute or name, field, _is_straight(field))
            for name, field in self.load_fields.items()
        ]


class Fact(Contract):
    """A fact of a service, as far as the listener reads it: fields that it does not name are left out,
    so that the owner of the fact may add some."""

    class Meta:
        unknown = marshmallow.EXCLUDE


def _is_straight(field: Any) -> bool:
    """Whether it reads what is there as marshmallow's own fields do: it deserializes it and asks each
    validator."""
    ways = ("deserialize", "_validate", "_validate_all", "_validate_missing")
    as_all = all(getattr(type(field), way) is getattr(fields.Field, way) for way in ways)
    return as_all and not field.pre_load and not field.post_load


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
    for where, said, place in islice(wrong, MOST_TOLD):
        yield Reason("INVALID", _sentence(said, place), field=where)
    if more := sum(1 for _ in wrong):
        yield Reason("INVALID", f"{more:,} more things are wrong.", field=path or None)


def _unknown_last(wrong: tuple[str, Any, Any]) -> str:
    """What is wrong with known fields in their order, then unknown fields by name."""
    return wrong[0] if wrong[1] == UNKNOWN else ""


def _wrong(path: str, messages: Any, place: Any) -> Iterator[tuple[str, Any, Any]]:
    """Where, what is said of it, and the schema or the field that the messages are about."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            where = path if name == "_schema" else f"{path}.{_short(name)}".removeprefix(".")
            yield from _wrong(where, inner, _inside(place, name))
        return
    for said in messages:
        yield path, said, place


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


def _sentence(said: Any, place: Any) -> str:
    if said == UNKNOWN and isinstance(place, tuple):
        known, name = place
        near = " or ".join(difflib.get_close_matches(name, known))
        return f"There is no such field. {f'Did you mean {near}?' if near else _list(known)}"
    return SENTENCES.get(said, str(said))


def _list(known: Any) -> str:
    return f"There are {', '.join(known)}." if known else "There are none."
