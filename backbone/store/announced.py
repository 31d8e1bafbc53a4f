"""What a service announced, as it keeps it for some days; and what it heard, as its histories say it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from ..messages.outgoing import OutgoingMessage
from .differences import kinds_of
from .repository import Repository

LOOK_AT_MOST = 200  # things of one call: each costs a read of its history


def announced(
    repository: Repository, since: datetime, limit: int, cursor: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """Facts that were published since a moment (aware), oldest first, and where the next page begins."""
    start = f"({cursor}" if cursor else f"{int(since.timestamp() * 1000)}-0"
    entries = repository.call("xrange", repository.announced, min=start, count=limit)
    found = [_told(position.decode(), OutgoingMessage.of(entry)) for position, entry in entries]
    return found, found[-1]["position"] if len(found) == limit else None


def kept_since(repository: Repository) -> datetime | None:
    """When the oldest fact that is kept was published."""
    first = repository.call("xrange", repository.announced, count=1)
    return _moment(first[0][0].decode()) if first else None


def messages(repository: Repository, positions: list[str]) -> list[OutgoingMessage]:
    """The facts at these positions, as they were published; those that are kept no more are left out."""
    found = (repository.call("xrange", repository.announced, each, each) for each in positions)
    return [OutgoingMessage.of(entry) for some in found for _, entry in some]


def _told(position: str, message: OutgoingMessage) -> dict[str, Any]:
    event, at = orjson.loads(message.body), _moment(position)
    return {
        "position": position,
        "id": event["id"],
        "type": event["type"],
        "about": event.get("subject"),
        "published_at": at,
        "due_at": at + timedelta(seconds=message.delay_s),
    }


def _moment(position: str) -> datetime:
    return datetime.fromtimestamp(int(position.partition("-")[0]) / 1000, UTC)


def heard(
    repository: Repository, source: str, since: datetime, cursor: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """The facts of a service because of which things were changed after a moment (aware), and where the
    next page begins. A kind of thing of which no history is kept says nothing."""
    kind, _, inner = (cursor or "").partition(" ")
    found: list[dict[str, Any]] = []
    looked = 0
    for each in (kept for kept in kinds_of(repository) if kept.name >= kind):
        after: str | None = inner if each.name == kind and inner else None
        while True:
            if looked >= LOOK_AT_MOST:
                return found, f"{each.name} {after or ''}"
            start = after or repository.cursor_after(since, "updated_at")
            page = repository.page(each.type, {}, "updated_at", LOOK_AT_MOST - looked, start)
            looked += len(page.found)
            for identity in (each.id_of(stored.thing) for stored in page.found):
                found += _because_of(repository, each, identity, source, since)
            after = page.cursor
            if after is None:
                break
    return found, None


def _because_of(
    repository: Repository, kind: Any, identity: str, source: str, since: datetime
) -> Iterator[dict[str, Any]]:
    for change in repository.history(kind.type, identity):
        by, at = change["by"], datetime.fromisoformat(change["at"])
        if at > since and by["source"] == source:
            yield {
                "id": by["id"],
                "type": by["type"],
                "at": at,
                "thing": kind.name,
                "thing_id": identity,
            }
