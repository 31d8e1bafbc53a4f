"""What a receipt says, as the contracts describe it; `backbone.inbox.outcomes` writes it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypedDict

from .read import Json
from .said import schema_of_type
from .words import Words

SOMETIMES = ("reasons", "first", "note")


class Outcome(StrEnum):
    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class Receipt(TypedDict):
    """`reasons` come with a refusal, `first` with a duplicate, a `note` now and then."""

    outcome: Outcome
    event_id: str | None
    event_source: str | None
    event_type: str
    routing_key: str
    body_sha256: str
    received_by: str
    received_at: str
    reasons: list[dict[str, str]]
    first: dict[str, Any]
    note: str


def receipt_schema(words: Words) -> Json:
    found = words.into(schema_of_type(Receipt))
    found["required"] = [name for name in found["required"] if name not in SOMETIMES]
    return found
