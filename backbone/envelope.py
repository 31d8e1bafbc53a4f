"""A fact on the wire: CloudEvents 1.0 in JSON, read in every form that a publisher may choose.

Forms: *structured* (the whole event in the body, `application/cloudevents+json` or
`application/json`) and *binary* (the data in the body, the attributes in headers that begin with
`ce-`, `cloudEvents_` or `cloudEvents:`). Between our own services a fact is structured JSON under
`application/json`, which any client reads.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
import orjson
from cloudevents.core.exceptions import CloudEventValidationError
from cloudevents.core.v1.event import CloudEvent

from .errors import Invalid, Reason

PREFIXES = ("ce-", "cloudevents_", "cloudevents:")
STRUCTURED = ("application/cloudevents+json", "application/json", "text/json", "")
REQUIRED = ("specversion", "id", "source", "type")
LARGEST = 262_144  # bytes of an event; CloudEvents asks of everybody to take 65,536
LONGEST = 200  # characters of an attribute; what an event leads to repeats several of them
SPEC = "https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md"


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One fact. `time` is aware; `source` + `id` is its identity.

    `correlation_id` is the same along the whole chain; `causation_*` name the event before this
    one. `publisher` is who said it: a service, or the code of an outside publisher.
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
    publisher: str = ""

    @property
    def identity(self) -> str:
        return f"{self.source} {self.id}"


OPTIONAL = {
    "subject": "subject",
    "correlationid": "correlation_id",
    "causationid": "causation_id",
    "causationsource": "causation_source",
    "causationtype": "causation_type",
}
KEPT = ("id", "source", "type", *OPTIONAL)
Text = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Wire(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """An event under the names that CloudEvents gives to its attributes. What reads as one has
    nothing wrong with it; nearly all that comes does."""

    specversion: Literal["1.0"]
    id: Text
    source: Text
    type: Text
    datacontenttype: Literal["application/json"] | None = None
    subject: Text | None = None
    correlationid: Text | None = None
    causationid: Text | None = None
    causationsource: Text | None = None
    causationtype: Text | None = None
    time: Moment | None = None
    data: Any = msgspec.UNSET


_read = msgspec.json.Decoder(Wire).decode
UNREAD = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)


def encode(event: Event) -> bytes:
    """The structured JSON form. Data must be JSON-able."""
    return msgspec.json.encode(_wire(event, event.data))


def encode_binary(event: Event, prefix: str = "ce-") -> tuple[bytes, dict[str, str]]:
    """The binary form: the body, and the headers under `prefix`."""
    named = msgspec.to_builtins(_wire(event))
    del named["datacontenttype"]
    return msgspec.json.encode(event.data), {prefix + name: named[name] for name in named}


def _wire(event: Event, data: Any = msgspec.UNSET) -> Wire:
    return Wire(
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
        event.time,
        data,
    )


def decode(
    body: bytes, content_type: str | None, headers: Mapping[str, Any], publisher: str = ""
) -> Event:
    """Read an event in any form, or raise `Invalid` with the attribute that is wrong."""
    attributes = _from_headers(headers)
    kind = (content_type or "").split(";")[0].strip().lower()
    if attributes and kind != "application/cloudevents+json":
        attributes["data"] = _json(body) if body else None
        with suppress(*UNREAD):
            return _unwired(msgspec.convert(attributes, Wire), publisher)
    elif kind in STRUCTURED:
        with suppress(*UNREAD):
            return _unwired(_read(body), publisher)
        attributes = _json(body)
    else:
        raise _invalid(
            "UNSUPPORTED_CONTENT_TYPE",
            f"The content type {kind[:60]!r} is not read here; send application/cloudevents+json or "
            "application/json, with the attributes in the body; or the data alone, with the attributes "
            "in ce- headers.",
            "content_type",
        )
    if not isinstance(attributes, dict):
        raise _invalid(
            "NOT_A_CLOUDEVENT", "The body must be one JSON object, a CloudEvent.", "body"
        )
    return _event(attributes, publisher)


def _unwired(wire: Wire, publisher: str) -> Event:
    return Event(
        id=wire.id,
        source=wire.source,
        type=wire.type,
        subject=wire.subject,
        time=wire.time,
        data=None if wire.data is msgspec.UNSET else wire.data,
        correlation_id=wire.correlationid,
        causation_id=wire.causationid,
        causation_source=wire.causationsource,
        causation_type=wire.causationtype,
        publisher=publisher,
    )


def _json(text: bytes, field: str = "body") -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as problem:
        raise _invalid(
            "NOT_JSON",
            f"The {field} must be JSON in UTF-8 ({problem.msg} at character {problem.pos}).",
            field,
        ) from problem


def _from_headers(headers: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in headers.items():
        for prefix in PREFIXES:
            if name.lower().startswith(prefix):
                found[name[len(prefix) :].lower()] = value
    for body in ("data", "data_base64"):  # no attributes: in the binary form the body is the data
        found.pop(body, None)
    return found


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
    attributes["time"] = time = _time(attributes.get("time"))
    present = {name: value for name, value in attributes.items() if value is not None}
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
    )


def _check(attributes: dict[str, Any]) -> None:
    """Raise `Invalid` with what CloudEvents has against these, or that they are too long."""
    try:
        CloudEvent(attributes)  # it also adds the present time where there is none
    except CloudEventValidationError as problem:
        raise Invalid(_reasons(problem)) from problem
    if long := [name for name in KEPT if len(str(attributes.get(name, ""))) > LONGEST]:
        sentence = f"It is longer than the {LONGEST} characters that it may have at most."
        raise Invalid(Reason("BAD_ATTRIBUTE", sentence, field=name) for name in long)


def _data(attributes: dict[str, Any]) -> Any:
    data = attributes.pop("data", None)
    encoded = attributes.pop("data_base64", None)
    if encoded is None:
        return data
    try:
        return _json(base64.b64decode(encoded, validate=True), "data_base64")
    except (binascii.Error, TypeError, ValueError) as problem:
        raise _invalid(
            "BAD_BASE64", "data_base64 must be Base64 of JSON.", "data_base64"
        ) from problem


def _time(value: Any) -> datetime | None:
    """RFC 3339 text, milliseconds since 1970 (AMQP's timestamp), or none. A time without an offset
    is refused: nobody could say which moment it is."""
    if value is None:
        return None
    try:
        if isinstance(value, int):
            return datetime.fromtimestamp(value / 1000, UTC)
        time = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    except (TypeError, ValueError, OverflowError, OSError) as problem:
        raise _invalid(
            "BAD_TIME", "time must read like 2023-08-01T09:30:00+08:00 (RFC 3339).", "time"
        ) from problem
    if time.tzinfo is None:
        if isinstance(value, datetime):  # AMQP's own timestamp type, which is in UTC
            return time.replace(tzinfo=UTC)
        raise _invalid(
            "BAD_TIME", "time must carry its offset, as in 2023-08-01T09:30:00+08:00.", "time"
        )
    return time


def told(body: bytes, headers: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The id and the source that a broken event gives itself, where they can be read."""
    attributes: Any = _from_headers(headers)
    if not attributes:
        with suppress(orjson.JSONDecodeError):
            attributes = orjson.loads(body)
    if not isinstance(attributes, dict):
        return None, None
    found = (attributes.get(name) for name in ("id", "source"))
    event_id, source = (each if isinstance(each, str) and each else None for each in found)
    return event_id and event_id[:200], source and source[:200]


RIGHT = {
    "specversion": 'specversion must be "1.0".',
    "datacontenttype": "datacontenttype must be a media type, such as application/json.",
    "dataschema": "dataschema must be a URI.",
    "time": "time must read like 2023-08-01T09:30:00+08:00 (RFC 3339).",
}
TEXTS = ("id", "source", "type", "subject")


def _reasons(problem: CloudEventValidationError) -> list[Reason]:
    return [
        Reason("BAD_ATTRIBUTE", _right(name), field=name, source=SPEC) for name in problem.errors
    ]


def _right(name: str) -> str:
    if name in TEXTS:
        return f"{name} must be a text, and not an empty one."
    return RIGHT.get(
        name,
        "The name of an attribute is 1 to 20 lower-case letters and digits, and its value a text, a "
        "whole number, true or false.",
    )


def _invalid(code: str, sentence: str, field: str) -> Invalid:
    return Invalid([Reason(code, sentence, field=field, source=SPEC)])
