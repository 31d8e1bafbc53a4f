"""How a part of a JSON Schema reads as a type of Python, for what is given and for what is answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
DAY, MOMENT, FIGURE = "2023-08-01", "2023-08-01T09:30:00+08:00", "12.5"
WORDS = ("some text", "a")
IS_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
PLAIN = {"integer": "int", "number": "float", "boolean": "bool", "null": "None"}
UNIONS = ("anyOf", "oneOf")
# what is said of a part and does not make it another type
SAID = re.compile(
    r"^(description|x-.*|(min|max)(Items|Length|Properties)|(exclusive)?(Min|Max)imum)$", re.I
)


def parts(schema: Json) -> Iterable[Json]:
    """A schema and each one within it, those within a thing before it; a property knows if its text is
    a moment."""
    for name in ("items", "additionalProperties"):
        if isinstance(schema.get(name), dict):
            yield from parts(schema[name])
    for name in UNIONS:
        for each in schema.get(name, ()):
            yield from parts(each)
    for each in schema.get("properties", {}).values():
        yield from parts(each)
    yield schema


def bare(schema: Any) -> Any:
    """A schema without what is said of its parts: two of one shape are one type."""
    if isinstance(schema, list):
        return [bare(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: bare(each) for name, each in schema.items() if not _is_said(name, each)}
    if "properties" in schema:
        found["properties"] = {name: bare(each) for name, each in schema["properties"].items()}
    return found | {"moment": is_moment(schema)}


def _is_said(name: str, value: Any) -> bool:
    return name in ("examples", "properties") or (
        bool(SAID.match(name)) and not isinstance(value, dict)
    )


def is_moment(schema: Json) -> bool:
    """Whether the example of a field is a moment. A contract of answers says of a text only its
    example."""
    return any(
        isinstance(each, str) and IS_MOMENT.match(each) for each in schema.get("examples", ())
    )


def given_text(schema: Json) -> str:
    """The type of a text that is given: what its form takes is tried."""
    if schema.get("format") == "date":
        return "Day"
    if _takes(schema, *WORDS):
        return "str"
    if _takes(schema, MOMENT):
        return "Day | Moment" if _takes(schema, DAY) else "Moment"
    return "Figure" if _takes(schema, FIGURE) else "str"


def answered_text(schema: Json, moment: bool) -> str:
    """The type of a text that is answered."""
    if schema.get("format") == "date":
        return "date"
    if _takes(schema, FIGURE) and not _takes(schema, *WORDS):
        return "Decimal"
    return "datetime" if moment else "str"


def _takes(schema: Json, *texts: str) -> bool:
    return any(re.search(schema.get("pattern", ""), each) for each in texts)


def union(kinds: Iterable[str], *, given: bool = False) -> str:
    """Each kind once, nothing last. Of what is given, digits as text beside a whole number are only the
    leniency of the wire, and a figure may be a whole number anyway."""
    found = list(dict.fromkeys(part for kind in kinds for part in kind.split(" | ")))
    if given and "Figure" in found:
        found = [each for each in found if each not in ("int", "float")]
    if given and "int" in found:
        found = [each for each in found if each != "str"]
    return " | ".join(sorted(found, key=lambda each: each == "None"))


def literal(values: Iterable[Any]) -> str:
    """One of some values."""
    values = list(values)
    some = ", ".join(repr(each) for each in values if each is not None)
    return union([f"Literal[{some}]"] + ["None"] * (None in values))
