"""A fact on the wire: CloudEvents 1.0 in JSON, read in every form that a publisher may choose.

Forms: *structured* (the whole event in the body, `application/cloudevents+json` or
`application/json`) and *binary* (the data in the body, the attributes in headers that begin with
`ce-`, `cloudEvents_` or `cloudEvents:`). What can be read in two ways is refused. Between our own
services a fact is structured JSON under `application/json`, which any client reads.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

import msgspec
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.v1.event import CloudEvent

from ..errors import Invalid, Reason
from . import exact
from .ce_headers import ambiguous, attributes_of, each_of, one_each
from .moments import BAD_TIME, SPEC, moment
from .structured import LONGEST, StructuredEvent
from .trace import Trace, trace_in

STRUCTURED = ("application/cloudevents+json", "application/json", "text/json", "")
REQUIRED = ("specversion", "id", "source", "type")
LARGEST = 262_144  # bytes of an event; CloudEvents asks of everybody to take 65,536
COMPRESSIONS = ("gzip", "x-gzip", "deflate", "compress", "br", "zstd", "bzip2", "lz4", "snappy")


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One fact. `time` is aware; `source` + `id` is its identity.

    `correlation_id` is the same along the whole chain; `causation_*` name the event before this
    one. `traceparent` and `tracestate` are those of W3C Trace Context. `publisher` is who sent it: a
    service, or the code of an outside publisher.
    """

    id: str
    source: str
    type: str
    subject: str | None = None
    time: datetime | None = None
    data: Any = None
    correlation_id: str | None = None
    causation_id: str | None = None
    causation_source: str | None = None
    causation_type: str | None = None
    dataschema: str | None = None
    traceparent: str | None = None
    tracestate: str | None = None
    publisher: str = ""

    @property
    def identity(self) -> str:
        return f"{self.source} {self.id}"

    @property
    def trace(self) -> Trace:
        """The trace that it belongs to, as headers name it."""
        if self.traceparent is None:
            return {}
        state = {"tracestate": self.tracestate} if self.tracestate else {}
        return {"traceparent": self.traceparent, **state}


OPTIONAL = {
    "subject": "subject",
    "correlationid": "correlation_id",
    "causationid": "causation_id",
    "causationsource": "causation_source",
    "causationtype": "causation_type",
    "dataschema": "dataschema",
}
KEPT = ("id", "source", "type", *OPTIONAL)
EXTENSION = re.compile(r"[a-z0-9]{1,20}")


CORE = (*REQUIRED, "datacontenttype", "dataschema", "subject", "time")


def encode(event: Event) -> bytes:
    """The structured JSON form. Data must be JSON-able."""
    return msgspec.json.encode(_structured(event, event.data))


def encode_binary(event: Event, prefix: str = "ce-") -> tuple[bytes, dict[str, str]]:
    """The binary form: the body, and the headers under `prefix`."""
    named = msgspec.to_builtins(_structured(event))
    del named["datacontenttype"]
    return msgspec.json.encode(event.data), {prefix + name: named[name] for name in named}


def _structured(event: Event, data: Any = msgspec.UNSET) -> StructuredEvent:
    return StructuredEvent(
        "1.0",
        event.id,
        event.source,
        event.type,
        "application/json",
        event.subject,
        event.correlation_id,
        event.causation_id,
        event.causation_source,
        event.causation_type,
        event.dataschema,
        event.traceparent,
        event.tracestate,
        event.time,  # type: ignore[arg-type]  # msgspec writes it as RFC 3339
        data,
    )


def decode(
    body: bytes,
    content_type: str | None,
    headers: Mapping[str, Any],
    publisher: str = "",
    content_encoding: str | None = None,
) -> Event:
    """Read an event in any form, or raise `Invalid` with the attribute that is wrong."""
    attributes = _attributes(body, content_type, headers, content_encoding)
    with suppress(msgspec.ValidationError):  # the quick way, see `structured.py`
        return _event_of(msgspec.convert(attributes, StructuredEvent), publisher)
    return _event(attributes, publisher)


def _attributes(
    body: bytes, content_type: str | None, headers: Mapping[str, Any], encoding: str | None
) -> dict[str, Any]:
    """The attributes and the data, from where the publisher wrote them. A body that is a whole event
    may have them copied in headers."""
    kind = _kind(content_type)
    named = attributes_of(headers) if headers else {}
    is_binary = _may_be_binary(kind, named)
    if not is_binary and kind not in STRUCTURED:
        raise _unsupported(kind)
    content = _json(body, encoding=encoding) if body or not is_binary else None
    if is_binary:
        one_each(headers)
    if is_binary and not (kind in STRUCTURED and _is_whole(content)):
        return named | {"data": content}
    if not isinstance(content, dict):
        raise _invalid(
            "NOT_A_CLOUDEVENT", "The body must be one JSON object, a CloudEvent.", "body"
        )
    if is_binary:
        _copied(named, content)
    return content


def _kind(content_type: str | None) -> str:
    return (content_type or "").split(";")[0].strip().lower()


def _may_be_binary(kind: str, named: Mapping[str, Any]) -> bool:
    """`application/cloudevents…` is the structured form by its name; without one of the attributes
    that every event has there is no binary form."""
    has_some = not named.keys().isdisjoint(REQUIRED)
    return has_some and not kind.startswith("application/cloudevents")


def _is_whole(content: Any) -> bool:
    return isinstance(content, dict) and all(name in content for name in REQUIRED)


def _copied(named: Mapping[str, Any], content: Mapping[str, Any]) -> None:
    """Raise `Invalid` if a header says something else than the body, which is a whole event."""
    differing = [
        name
        for name in (*KEPT, "specversion")
        if name in named and named[name] != content.get(name)
    ]
    if "time" in named and moment(named["time"]) != moment(content.get("time")):
        differing.append("time")
    if differing:
        raise Invalid(ambiguous(name, "the body and a header differ") for name in differing)


def _unsupported(kind: str) -> Invalid:
    return _invalid(
        "UNSUPPORTED_CONTENT_TYPE",
        f"The content type {kind[:60]!r} is not read here; send application/cloudevents+json or "
        "application/json, with the attributes in the body; or the data alone, with the attributes "
        "in ce- headers.",
        "content_type",
    )


def _event_of(wire: StructuredEvent, publisher: str) -> Event:
    return Event(
        id=wire.id,
        source=wire.source,
        type=wire.type,
        subject=wire.subject,
        time=moment(wire.time),
        data=None if wire.data is msgspec.UNSET else wire.data,
        correlation_id=wire.correlationid,
        causation_id=wire.causationid,
        causation_source=wire.causationsource,
        causation_type=wire.causationtype,
        dataschema=wire.dataschema,
        traceparent=wire.traceparent,
        tracestate=wire.tracestate if wire.traceparent else None,
        publisher=publisher,
    )


def _json(text: bytes, field: str = "body", encoding: str | None = None) -> Any:
    try:
        return exact.loads(text)
    except exact.Twice as problem:
        twice = f"{str(problem)[:60]!r} is there twice in one object of the {field}"
        raise Invalid([ambiguous(field, twice)]) from problem
    except exact.TooDeep as problem:
        raise _invalid("TOO_DEEP", f"In the {field} {problem}.", field) from problem
    except exact.NotJson as problem:
        sentence = f"The {field} must be JSON in UTF-8 ({problem})."
        way = exact.compression(text) or (encoding if encoding in COMPRESSIONS else None)
        if way:
            field = "content_encoding"
            sentence = f"Send the body as JSON, without content_encoding: {way} is not read here."
        raise _invalid("NOT_JSON", sentence, field) from problem


def _event(attributes: dict[str, Any], publisher: str) -> Event:
    """The event that these are, though not as everybody writes it; or `Invalid` with what is wrong."""
    data = _data(attributes)
    missing = [name for name in REQUIRED if not attributes.get(name)]
    if missing:
        raise Invalid(
            Reason(
                "MISSING_ATTRIBUTE",
                f"A CloudEvent has {', '.join(REQUIRED)}; {name} is missing.",
                field=name,
                source=SPEC,
            )
            for name in missing
        )
    time = moment(attributes.get("time"))
    present = {name: value for name, value in attributes.items() if value is not None}
    present |= {"time": time} if time else {}
    _check(present)
    optional = {
        attribute: str(present[name]) for name, attribute in OPTIONAL.items() if name in present
    }
    return Event(
        id=str(present["id"]),
        source=str(present["source"]),
        type=str(present["type"]),
        time=time,
        data=data,
        publisher=publisher,
        **optional,
        **trace_in(attributes),
    )


def _check(attributes: dict[str, Any]) -> None:
    """Raise `Invalid` with what CloudEvents has against these, or that they are too long."""
    try:
        CloudEvent(attributes)  # it also adds the present time where there is none
    except CloudEventValidationError as problem:
        raise Invalid(_reasons(problem.errors)) from problem
    if odd := [name for name, value in attributes.items() if not _may_extend(name, value)]:
        raise Invalid(_reasons(odd))
    if long := [name for name in KEPT if len(str(attributes.get(name, ""))) > LONGEST]:
        sentence = f"It is longer than the {LONGEST} characters that it may have at most."
        raise Invalid(Reason("BAD_ATTRIBUTE", sentence, field=name) for name in long)


def _may_extend(name: str, value: Any) -> bool:
    return name in CORE or (EXTENSION.fullmatch(name) is not None and isinstance(value, str | int))


def _data(attributes: dict[str, Any]) -> Any:
    data = attributes.pop("data", None)
    encoded = attributes.pop("data_base64", None)
    if encoded is None:
        return data
    if data is not None:
        raise Invalid([ambiguous("data_base64", "data and data_base64 are both there")])
    try:
        return _json(base64.b64decode(encoded, validate=True), "data_base64")
    except (binascii.Error, TypeError, ValueError) as problem:
        raise _invalid(
            "BAD_BASE64", "data_base64 must be Base64 of JSON.", "data_base64"
        ) from problem


def claimed_identity(
    body: bytes, content_type: str | None, headers: Mapping[str, Any]
) -> tuple[str | None, str | None]:
    """The id and the source that a broken event gives itself, where they can be read. An attribute with
    two values is left out."""
    kind, content = _kind(content_type), _legible(body)
    is_binary = kind not in STRUCTURED or _may_be_binary(kind, attributes_of(headers))
    has_body = kind in STRUCTURED and (not is_binary or _is_whole(content))

    def only(name: str) -> str | None:
        ways = [value for _, each, value in each_of(headers) if each == name and is_binary]
        ways += [content.get(name)] if has_body else []
        agreed = ways[0] if ways and all(way == ways[0] for way in ways) else None
        return agreed[:LONGEST] if isinstance(agreed, str) and agreed else None

    return only("id"), only("source")


def _legible(body: bytes) -> dict[str, Any]:
    """What a body says once, if it is an object."""
    twice: list[str] = []
    try:
        content = exact.loads(body)
    except exact.NotJson:
        return {}
    except exact.TooDeep as problem:
        content = problem.value
    except exact.Twice as problem:
        content, twice = problem.value, problem.names
    if not isinstance(content, dict):
        return {}
    return {name: value for name, value in content.items() if name not in twice}


RIGHT = {
    "specversion": 'specversion must be "1.0".',
    "datacontenttype": "datacontenttype must be a media type, such as application/json.",
    "dataschema": "dataschema must be a URI.",
    "time": BAD_TIME,
}
TEXTS = ("id", "source", "type", "subject")


def _reasons(names: Iterable[str]) -> list[Reason]:
    return [Reason("BAD_ATTRIBUTE", _right(name), field=name[:60], source=SPEC) for name in names]


def _right(name: str) -> str:
    if name in TEXTS:
        return f"{name} must be a text in UTF-8, and not an empty one."
    return RIGHT.get(
        name,
        "The name of an attribute is 1 to 20 lower-case letters and digits, and its value a text, a "
        "whole number, true or false.",
    )


def _invalid(code: str, sentence: str, field: str) -> Invalid:
    return Invalid([Reason(code, sentence, field=field, source=SPEC)])
