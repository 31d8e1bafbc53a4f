"""Contracts as pages in Markdown, for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .asyncapi import Sample
from .read import Json
from .refusals import refusals
from .service import ServiceContract

WRITTEN = "<!-- `make contracts` writes this page; what it says stands in the code. -->"


def service_page(
    contract: ServiceContract, sample: Sample, rules: Mapping[str, Mapping[str, str]]
) -> str:
    """All of one service. `rules` has for each of its things the codes of its rules with what each
    means."""
    said = contract.as_json()
    schemas = {f"{heard.source}.{heard.type}": heard.schema() for heard in contract.heard()}
    parts = [
        WRITTEN,
        f"# {said['service']}",
        said["meaning"],
        "## Hears",
        *(part for each in said["hears"] for part in _heard(each, sample, schemas)),
        "## Announces",
        *(part for each in said["announces"] for part in _announced(each, sample)),
        "## Answers",
        *_methods(contract, said["methods"]),
        "## Things",
        "As they stand in answers.",
        *(
            part
            for each in _things(said["methods"])
            for part in (f"### {each['title']}", fields_table(each))
        ),
        "## Says no",
        "Besides `INVALID` (a field of the contract), `NOT_FOUND` and the [codes of the envelope]"
        "(../../services/README.md#what-an-event-is-refused-for):",
        *_rules(rules),
    ]
    return "\n\n".join(parts) + "\n"


def fields_table(schema: Json) -> str:
    """The fields of an object and of what it holds, one row for each."""
    rows = [*_rows(schema, "")]
    if not rows:
        return "No fields."
    return "\n".join(["| Field | Form | Meaning | Example |", "| --- | --- | --- | --- |", *rows])


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; a cell keeps to one line."""
    lines = [[*head], ["---"] * len([*head]), *([*row] for row in rows)]
    return "\n".join(f"| {' | '.join(_cell(each) for each in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _heard(heard: Json, sample: Sample, schemas: Mapping[str, Any]) -> Iterator[str]:
    name = f"{heard['source']}.{heard['type']}"
    yield f"### `{name}`"
    yield f"{heard['meaning']} It waits in `{heard['queue']}`."
    if "properties" not in heard["data"]:
        yield "It is kept whatever its fields are."
        return
    yield fields_table(heard["data"])
    yield from _example(sample(heard["source"], heard["type"]))
    if told := [*refusals(schemas[name])]:
        yield (
            "A value that does not fit is refused with code `INVALID` and its field, with `data.` "
            "before it:"
        )
        yield table(("Field", "Sentence"), ((f"`{field}`", sentence) for field, sentence in told))


def _announced(fact: Json, sample: Sample) -> Iterator[str]:
    service, _, short = fact["type"].partition(".")
    yield f"### `{fact['type']}`"
    yield f"{fact['meaning']} Version {fact['version']}, `dataschema` `{fact['dataschema']}`."
    yield fields_table(fact["data"])
    yield from _example(sample(service, short))


def _example(data: Any) -> Iterator[str]:
    if data is not None:
        yield "A valid sample:"
        yield f"```json\n{json.dumps(data, ensure_ascii=False, indent=2)}\n```"


def _methods(contract: ServiceContract, methods: Iterable[Json]) -> Iterator[str]:
    calls = contract.calls()
    for method in methods:
        if method["for_operators"]:
            continue
        yield f"### `{contract.name}.{method['name']}`"
        kind = (
            "A write: it takes effect once for each `request_id`."
            if method["writes"]
            else "A read."
        )
        yield f"{method['meaning']} {kind} Answers {reply_words(method['reply'])}."
        yield fields_table(method["request"])
        if told := [*refusals(calls[method["name"]].contract)]:
            yield table(("Refused", "With"), ((f"`{field}`", said) for field, said in told))


def reply_words(schema: Json) -> str:
    """What a method answers, in words, with links to the things of the page."""
    if schema.get("type") == "array":
        return f"a list of {reply_words(schema['items'])}"
    if schema.get("title") == "Page":
        return f"a page, `items` and `cursor`, of {reply_words(schema['properties']['items']['items'])}"
    title = schema.get("title")
    return f"[{title}](#{title.lower()})" if title else _form(schema)


def _things(methods: Iterable[Json]) -> Iterator[Json]:
    """Each thing that an answer is made of, once, by name."""
    found: dict[str, Json] = {}
    for method in methods:
        if not method["for_operators"]:
            for schema in _whole_things(method["reply"]):
                found.setdefault(schema["title"], schema)
    return (found[title] for title in sorted(found))


def _whole_things(schema: Json) -> Iterator[Json]:
    if schema.get("type") == "array":
        yield from _whole_things(schema["items"])
    elif schema.get("title") == "Page":
        yield from _whole_things(schema["properties"]["items"])
    elif "title" in schema:
        yield schema


def _rules(rules: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    rows = [
        (thing, f"`{code}`", said) for thing, codes in rules.items() for code, said in codes.items()
    ]
    yield table(("Thing", "Code", "When"), rows) if rows else "No rule of its own."


def _rows(schema: Json, path: str) -> Iterator[str]:
    needed = schema.get("required", ())
    other = dict(pair for said in schema.get("allOf", ()) for pair in _pairs(said))
    for name, part in schema.get("properties", {}).items():
        else_ = f" (or `{path}{other[name]}`)" if name in other else " (optional)"
        label = f"`{path}{name}`" + ("" if name in needed else else_)
        example = part.get("examples", [""])[0]
        shown = f"`{json.dumps(example, ensure_ascii=False)}`" if example != "" else ""
        yield f"| {label} | {_cell(_form(part))} | {_cell(_meaning(part))} | {_cell(shown)} |"
        inner, mark = _inner(part)
        yield from _rows(inner, f"{path}{name}{mark}.")


def _pairs(said: Json) -> list[tuple[str, str]]:
    """Of two fields of which exactly one is given, each with the other one."""
    (one,), (another,) = (each["required"] for each in said["oneOf"])
    return [(one, another), (another, one)]


def _inner(schema: Json) -> tuple[Json, str]:
    """The fields within a field, and how the path to them reads."""
    for each in schema.get("anyOf", [schema]):
        if "properties" in each:
            return each, ""
        if isinstance(each.get("items"), dict):
            return _inner(each["items"])[0], "[]"
        if isinstance(each.get("additionalProperties"), dict):
            return _inner(each["additionalProperties"])[0], ".<id>"
    return {}, ""


def _meaning(schema: Json) -> str:
    unit = f" In {schema['x-unit']}." if "x-unit" in schema else ""
    words = ", ".join(f"`{value}` {word}" for value, word in schema.get("x-words", {}).items())
    return str(schema.get("description", "")) + unit + (f" {words}." if words else "")


def _form(schema: Json, has_words: bool = False) -> str:
    """The form of a value in a few words; the values of an enumeration, unless it has words."""
    has_words = has_words or "x-words" in schema
    if "anyOf" in schema:
        kinds = [_form(each, has_words) for each in schema["anyOf"]]
        if kinds[0] in ("number", "whole number") and "text" in kinds:
            kinds.remove("text")
        return " or ".join(dict.fromkeys(kinds))
    if "enum" in schema and has_words:
        return "text" if None not in schema["enum"] else "text or none"
    if "enum" in schema:
        return " or ".join(f"`{json.dumps(each)}`".replace('"', "") for each in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"list of {_form(schema['items'], has_words)}" if schema.get("items") else "list"
    if schema.get("format") == "date":
        return "day"
    if schema.get("format") == "date-time" or "T(" in schema.get("pattern", ""):
        return "moment"
    return FORMS.get(kind if isinstance(kind, str) else kind[0], str(kind))


FORMS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "object",
    "null": "none",
}
