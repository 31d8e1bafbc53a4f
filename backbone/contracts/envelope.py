"""The envelope of every event, CloudEvents 1.0, as JSON Schema and around a sample."""

from __future__ import annotations

from typing import Any

from ..messages.fields import MOMENT_PATTERN
from .read import Json

ATTRIBUTES: dict[str, str] = {
    "id": "The id of the event; with the source it is its identity.",
    "source": "Who says it: /townships/<code>, or /services/<name>.",
    "type": "What happened.",
    "subject": "The id of the thing that it is about.",
    "datacontenttype": "The form of the data: application/json.",
    "dataschema": "The version of the event type, on what services announce.",
    "correlationid": "The id that all events of one chain share.",
    "causationid": "The id of the event before this one.",
    "causationsource": "The source of the event before this one.",
    "causationtype": "The type of the event before this one.",
    "traceparent": "The trace that it belongs to, as W3C Trace Context has it; handed on.",
    "tracestate": "What tracing systems add to it; handed on.",
}
LONG = {"tracestate": 512}  # characters, where it is not 200
REQUIRED = ["specversion", "id", "source", "type", "time", "data"]


def envelope_schema() -> Json:
    texts = {
        name: {
            "type": "string",
            "minLength": 1,
            "maxLength": LONG.get(name, 200),
            "description": meaning,
        }
        for name, meaning in ATTRIBUTES.items()
    }
    return {
        "type": "object",
        "required": REQUIRED,
        "properties": {
            "specversion": {"const": "1.0"},
            **texts,
            "time": {
                "type": "string",
                "pattern": MOMENT_PATTERN,
                "description": "When it happened, with its offset.",
            },
            "data": {"description": "The fields of the event type."},
        },
    }


def event_of(type_: str, source: str, data: Any, dataschema: str | None = None) -> Json:
    """A whole event around a sample of its data."""
    named = {"dataschema": dataschema} if dataschema else {}
    return {
        "specversion": "1.0",
        "id": "2023-000231",
        "source": source,
        "type": type_,
        "time": "2023-08-01T09:30:00+08:00",
        **named,
        "data": data,
    }
