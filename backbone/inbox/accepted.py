"""Whether an event that was refused was accepted since under the same id, when, and what was announced of it.

The mark that says "done" tells the first; when, follows from how long it is still kept; and what followed are
the facts that name the event as their cause, as long as they are kept (`ANNOUNCED_DAYS`)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import orjson

from ..messages.outgoing import OutgoingMessage
from ..store.repository import Repository

LOOK_AT_MOST = 2_000  # facts that were published from then on
APART = timedelta(seconds=5)  # clocks differ


def accepted_since(
    repository: Repository,
    refusal: dict[str, Any],
    sources: Iterable[str],
    queues: Iterable[str],
    lifetime: timedelta,
) -> dict[str, Any] | None:
    """When an event of the id of the refusal was accepted, with the note of its receipt and the facts that
    followed; none if it was not, or that is forgotten. It is one of these sources, came by one of these
    queues, and is remembered for `lifetime`. No moment is told if that is another one than it was then."""
    event_id, among = refusal["event_id"], [*queues]
    if event_id is None:  # it could not be read
        return None
    for source in sources:
        for queue in among:
            mark = repository.mark(queue, f"{source} {event_id}")
            if (said := repository.call("get", mark)) is None:
                continue
            now = datetime.now(UTC)
            left = timedelta(milliseconds=repository.call("pttl", mark))
            at = now + left - lifetime
            fits = datetime.fromisoformat(refusal["received_at"]) - APART < at < now + APART
            return {
                "accepted_at": at if fits else None,
                "note": msgspec.json.decode(said).get("note"),
                "facts": _facts(repository, at, event_id, source) if fits else [],
            }
    return None


def _facts(
    repository: Repository, since: datetime, event_id: str, source: str
) -> list[dict[str, Any]]:
    """The facts of which the event is the cause: of each its type and what it is about."""
    start = f"{int((since - APART).timestamp() * 1000)}-0"
    entries = repository.call("xrange", repository.announced, min=start, count=LOOK_AT_MOST)
    events = (orjson.loads(OutgoingMessage.of(entry).body) for _, entry in entries)
    return [
        {"type": each["type"], "about": each.get("subject")}
        for each in events
        if (each.get("causationid"), each.get("causationsource")) == (event_id, source)
    ]
