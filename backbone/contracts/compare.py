"""What breaks for whom between two releases of the contracts.

What is sent to us may be taken more widely than before, what we say may be said more narrowly. The
other way round somebody breaks: whoever sends what is refused now, or reads what is not there any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .read import Json

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


def _of_calls(before: Json, after: Json) -> Iterator[Break]:
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
        tries = [[*_lost_of_one(choice, each, where, whom, how)] for each in choices]
        yield from min(tries, key=len)


def _choices(schema: Json) -> list[Json]:
    if "anyOf" in schema:
        return [one for each in schema["anyOf"] for one in _choices(each)]
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

    if narrow.get("type") not in (None, wide.get("type")) and "enum" not in narrow:
        yield no(f"a value that is {wide.get('type', 'of any type')}")
        return
    if "enum" in narrow:
        gone = [each for each in wide.get("enum", ["another value"]) if each not in narrow["enum"]]
        yield from (no(f"the value {each}") for each in gone)
    if narrow.get("pattern") not in (None, wide.get("pattern")):
        yield no("a text of another form")
    yield from (no(f"a value with another {name}") for name in _bounds(wide, narrow))
    yield from _lost_fields(wide, narrow, where, whom, how)
    if isinstance(narrow.get("items"), dict):
        yield from _lost(wide.get("items", {}), narrow["items"], f"{where}[]", whom, how)


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
