"""What every service answers to operators.

Written by `tenglong contracts write`; change the contracts, not this file.
"""
# mypy: no-warn-return-any

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, NotRequired, TypedDict

from ..values import LEFT_OUT, Day, Figure, Moment
from ..service import Service


class Discarded(TypedDict):
    discarded: str  # The id of the message that was given up.


class Edited(TypedDict):
    edited: str  # The id that the message had before its body was replaced.
    parked_id: str  # The id of a parked message.


class ParkedListed(TypedDict):
    attempts: int  # How often it was tried. (tries)
    cause: str  # The code of the reason, or the name of the error, for which it was parked.
    content_type: str | None  # The content type of the message.
    event_id: str | None  # The id of the event, as its publisher gave it; none if it could not be read.
    event_source: str | None  # The source of the event, as its publisher gave it; none if it could not be read.
    exchange: str  # The exchange to which the message was published.
    line_id: str | None  # The line of messages of one subject in which it stands; none if it holds up no other.
    parked_at: datetime  # When the message was set aside.
    parked_id: str  # The id of a parked message.
    queue: str  # The queue from which the message was taken.
    replays: int  # How often an operator sent it back to its queue. (times)
    routing_key: str  # The routing key under which the message came.
    sentence: str  # Why the message was parked.


class Replayed(TypedDict):
    replayed: str  # The id of the message that was sent back to its queue.


class ParkedShown(TypedDict):
    attempts: int  # How often it was tried. (tries)
    body: str  # The bytes of the message, in Base64.
    cause: str  # The code of the reason, or the name of the error, for which it was parked.
    content_type: str | None  # The content type of the message.
    event_id: str | None  # The id of the event, as its publisher gave it; none if it could not be read.
    event_source: str | None  # The source of the event, as its publisher gave it; none if it could not be read.
    exchange: str  # The exchange to which the message was published.
    headers: dict[str, Any]  # The headers of the message.
    line_id: str | None  # The line of messages of one subject in which it stands; none if it holds up no other.
    parked_at: datetime  # When the message was set aside.
    parked_id: str  # The id of a parked message.
    queue: str  # The queue from which the message was taken.
    replays: int  # How often an operator sent it back to its queue. (times)
    routing_key: str  # The routing key under which the message came.
    sentence: str  # Why the message was parked.
    text: str  # The bytes of the message as text; what is none is replaced.


class EveryService(Service):
    """What every service answers to operators."""

    name = "every_service"

    def describe(
        self,
        *,
        timeout: float | None = None,
    ) -> dict[str, Any]:
        """The contract of this service: what it hears, announces and answers, field by field."""
        return self._ask(
            "describe",
            dict[str, Any],
            {
            },
            timeout,
        )

    def discard_parked(
        self,
        *,
        parked_id: str,
        by: str,
        reason: str,
        timeout: float | None = None,
    ) -> Discarded:
        """Give a parked message up. `by` and `reason` stay on record; an outside publisher is told.

        parked_id: The id of a parked message.
        by: Who does it, a role or a desk; it stays on record.
        reason: Why it is done; it stays on record.
        """
        return self._ask(
            "discard_parked",
            Discarded,
            {
                "parked_id": parked_id,
                "by": by,
                "reason": reason,
            },
            timeout,
        )

    def edit_parked(
        self,
        *,
        parked_id: str,
        body: str,
        by: str,
        reason: str,
        timeout: float | None = None,
    ) -> Edited:
        """Replace the body of a parked message, which keeps its place. `by`, `reason` and the old bytes stay on record.

        parked_id: The id of a parked message.
        body: The new body of the message, as text.
        by: Who does it, a role or a desk; it stays on record.
        reason: Why it is done; it stays on record.
        """
        return self._ask(
            "edit_parked",
            Edited,
            {
                "parked_id": parked_id,
                "body": body,
                "by": by,
                "reason": reason,
            },
            timeout,
        )

    def list_parked(
        self,
        *,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[ParkedListed]:
        """What is set aside for a person, oldest first, without the bytes.

        limit: How many things are wanted at most.
        """
        return self._ask(
            "list_parked",
            list[ParkedListed],
            {
                "limit": limit,
            },
            timeout,
        )

    def parked_audit(
        self,
        *,
        limit: int = LEFT_OUT,
        timeout: float | None = None,
    ) -> list[dict[str, str]]:
        """What was done with parked messages, newest first.

        limit: How many things are wanted at most.
        """
        return self._ask(
            "parked_audit",
            list[dict[str, str]],
            {
                "limit": limit,
            },
            timeout,
        )

    def replay_parked(
        self,
        *,
        parked_id: str,
        by: str,
        timeout: float | None = None,
    ) -> Replayed:
        """Send a parked message back to its queue as it was. `by` stays on record.

        parked_id: The id of a parked message.
        by: Who does it, a role or a desk; it stays on record.
        """
        return self._ask(
            "replay_parked",
            Replayed,
            {
                "parked_id": parked_id,
                "by": by,
            },
            timeout,
        )

    def show_parked(
        self,
        *,
        parked_id: str,
        timeout: float | None = None,
    ) -> ParkedShown:
        """One parked message with its bytes, headers and cause.

        parked_id: The id of a parked message.
        """
        return self._ask(
            "show_parked",
            ParkedShown,
            {
                "parked_id": parked_id,
            },
            timeout,
        )
