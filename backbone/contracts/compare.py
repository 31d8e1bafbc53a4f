"""What breaks for whom between two releases of the contracts.

What is sent to us may be taken more widely than before, what we say may be said more narrowly. The
other way round somebody breaks: whoever sends what is refused now, or reads what is not there any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .read import Json

FORMS = ("pattern", "format")
PYTHON: dict[str, Any] = {"string": str, "integer": int, "number": (int, float)}
LEAST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
MOST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


@dataclass(frozen=True, order=True)
class Break:
    """Something that works before and not after; `whom` is who notices."""

    where: str
    what: str
    whom: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. This breaks {self.whom}."


def breaks(before: Json, after: Json) -> list[Break]:
    """Between two AsyncAPI documents, or two of `rpc.json`."""
    found = _of_calls if "services" in before else _of_events
    return sorted(found(before, after))


def _of_events(before: Json, after: Json) -> Iterator[Break]:
    yield from _moved(before["channels"], after["channels"])
    old_envelope, new_envelope = _envelope(before), _envelope(after)
    publisher, hearer = ("envelope", "whoever publishes"), ("envelope", "whoever hears")
    yield from _lost(old_envelope, new_envelope, *publisher, "is refused now")
    yield from _lost(new_envelope, old_envelope, *hearer, "may be said now")
    receivers = _hearers(before)
    for name, old in before["components"]["messages"].items():
        is_reported = any(
            each["action"] == "receive" and "reply" in each for each in receivers[name]
        )
        new = after["components"]["messages"].get(name)
        whom = "whoever publishes it" if is_reported else "whoever hears it"
        if new is None:
            yield Break(name, "it is gone", whom)
        elif is_reported:
            yield from _lost(_data(old), _data(new), f"{name} data", whom, "is refused now")
        elif _version(old) == _version(new):
            yield from _lost(_data(new), _data(old), f"{name} data", whom, "may be said now")


def _moved(before: Json, after: Json) -> Iterator[Break]:
    """Exchanges, routing keys and queues that are not where they were."""
    for name, old in before.items():
        was, now = _place(old), _place(after[name]) if name in after else None
        if now and was != now:
            yield Break(name, f"it was {was} and is {now}", "whoever publishes or hears there")
        elif now is None and old["bindings"]["amqp"]["is"] == "queue":
            yield Break(name, "the queue is gone", "whoever watches or empties it")


def _place(channel: Json) -> str:
    amqp = channel["bindings"]["amqp"]
    if amqp["is"] == "queue":
        return f"the queue {amqp['queue']['name']}"
    return f"{channel['address']} on the exchange {amqp['exchange']['name']}"


def _envelope(document: Json) -> Json:
    envelope: Json = document["components"]["schemas"]["envelope"]
    return envelope


def _of_calls(before: Json, after: Json) -> Iterator[Break]:
    gone = before["errors"].keys() - after["errors"].keys()
    yield from (Break(f"error {name}", "it is gone", "whoever catches it") for name in gone)
    now = _methods(after)
    for name, old in _methods(before).items():
        if name not in now:
            yield Break(name, "it is gone", "whoever calls it")
            continue
        request, reply = now[name]["request"], now[name]["reply"]
        yield from _lost(
            old["request"], request, f"{name} request", "whoever calls it", "is refused now"
        )
        yield from _lost(
            reply, old["reply"], f"{name} reply", "whoever reads it", "may be answered now"
        )


def _methods(document: Json) -> dict[str, Json]:
    services = document["services"] | {"every service": document["every_service"]}
    return {
        f"{service}.{method}": said
        for service, each in services.items()
        for method, said in each["methods"].items()
    }


def _hearers(document: Json) -> Mapping[str, list[Json]]:
    """The operations of each message."""
    found: dict[str, list[Json]] = {name: [] for name in document["components"]["messages"]}
    for operation in document["operations"].values():
        for message in operation["messages"]:
            found[message["$ref"].rpartition("/")[2]].append(operation)
    return found


def _own(message: Json) -> Json:
    properties: Json = message["payload"]["allOf"][1]["properties"]
    return properties


def _data(message: Json) -> Json:
    data: Json = _own(message)["data"]
    return data


def _version(message: Json) -> Any:
    return _own(message).get("dataschema")


def _lost(wide: Json, narrow: Json, where: str, whom: str, how: str) -> Iterator[Break]:
    """Everything that `wide` takes and `narrow` does not."""
    choices = _choices(narrow)
    for choice in _choices(wide):
        alike = [each for each in choices if _is_of_type(choice, each)] or choices
        tries = [[*_lost_of_one(choice, each, where, whom, how)] for each in alike]
        yield from min(tries, key=len)


def _choices(schema: Json) -> list[Json]:
    if "anyOf" in schema:
        return [one for each in schema["anyOf"] for one in _choices(each)]
    if "const" in schema:
        return [{"enum": [schema["const"]]}]
    kinds = schema.get("type")
    if isinstance(kinds, list):
        return [schema | {"type": kind} | _values_of(schema, kind) for kind in kinds]
    return [schema]


def _values_of(schema: Json, kind: str) -> Json:
    if "enum" not in schema:
        return {}
    return {"enum": [each for each in schema["enum"] if (each is None) == (kind == "null")]}


def _lost_of_one(wide: Json, narrow: Json, where: str, whom: str, how: str) -> Iterator[Break]:
    def no(what: str) -> Break:
        return Break(where, f"{what} {how}", whom)

    if not _is_of_type(wide, narrow):
        yield no(f"a value that is {wide.get('type', 'of any type')}")
        return
    if "enum" in narrow:
        gone = [each for each in wide.get("enum", ["another value"]) if each not in narrow["enum"]]
        yield from (no(f"the value {each}") for each in gone)
    if not _has_form(wide, narrow):
        yield no("a text of another form")
    bounds = _bounds(_lengths(wide) | wide, narrow)
    yield from (no(f"a value with another {name}") for name in bounds)
    yield from _lost_fields(wide, narrow, where, whom, how)
    for name, mark in (("items", "[]"), ("additionalProperties", ".*")):
        if isinstance(narrow.get(name), dict):
            inner = wide.get(name, {})
            yield from _lost(inner or {}, narrow[name], where + mark, whom, how)


def _is_of_type(wide: Json, narrow: Json) -> bool:
    """Whether all that `wide` takes is of the type of `narrow`; an enumeration says its values alone."""
    kind = narrow.get("type")
    if kind is None or "enum" in narrow:
        return True
    if "enum" in wide:
        return all(isinstance(each, PYTHON.get(kind, ())) for each in wide["enum"])
    return wide.get("type") == kind or (wide.get("type"), kind) == ("integer", "number")


def _has_form(wide: Json, narrow: Json) -> bool:
    """Whether all texts that `wide` takes have a form that `narrow` takes."""
    if "enum" in wide and "format" not in narrow:
        pattern = narrow.get("pattern", "")
        return all(re.search(pattern, each) for each in wide["enum"] if isinstance(each, str))
    return all(narrow.get(each) in (None, wide.get(each)) for each in FORMS)


def _lengths(schema: Json) -> Json:
    """Of an enumeration of texts, the bounds of their lengths."""
    lengths = [len(each) for each in schema.get("enum", ()) if isinstance(each, str)]
    return {"minLength": min(lengths), "maxLength": max(lengths)} if lengths else {}


def _bounds(wide: Json, narrow: Json) -> Iterator[str]:
    """The bounds that are narrower."""
    for name in (*LEAST, *MOST):
        if name in narrow:
            is_least = name in LEAST
            bound = wide.get(name)
            if bound is None or (bound < narrow[name] if is_least else bound > narrow[name]):
                yield name


def _lost_fields(wide: Json, narrow: Json, where: str, whom: str, how: str) -> Iterator[Break]:
    needed = set(narrow.get("required", ())) - set(wide.get("required", ()))
    yield from (Break(where, f"a thing without {name} {how}", whom) for name in sorted(needed))
    pairs = [each for each in narrow.get("allOf", ()) if each not in wide.get("allOf", ())]
    yield from (Break(where, f"a thing with another choice of fields {how}", whom) for _ in pairs)
    known = narrow.get("properties", {})
    for name, part in wide.get("properties", {}).items():
        if name in known:
            yield from _lost(part, known[name], f"{where}.{name}", whom, how)
        elif narrow.get("additionalProperties") is False:
            yield Break(where, f"a thing with {name} {how}", whom)
