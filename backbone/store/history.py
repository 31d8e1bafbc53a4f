"""A thing's history: one change after the other, each as short as it can be read without a key to it.

A change is an entry of the Redis list `{service}:changes:<kind>:<id>`, a JSON array:

    [version, at, [source, id, type of the cause, caller, time], changed fields, [names of the facts]]

`at` is when it was kept, `time` when the event says that it was so. Both caller and time are left out
where there is neither: an event has no caller, and a call no time; nor has a call a caller that does not
say as which user of the broker it was sent.

Stores of earlier versions have a stream per thing, `{service}:history:<kind>:<id>`, of which the
first entry alone takes 4 KiB. It stays as it is and is read with the list; only the list is written,
so that a version before this one can still run beside it on the same store.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import msgspec

from ..messages.envelope import Event

OLD_FORM = "history"
FORM = "changes"


NOBODY: dict[str, str | None] = dict.fromkeys(("source", "id", "type", "caller", "time"))


class Change(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What one commit changed of a thing: `at` is an ISO moment, `changed` the fields that differ
    from the version before, `facts` what was announced with it."""

    version: int
    at: str
    by: tuple[str | None, ...]
    changed: dict[str, Any]  # or, to be written, the thing itself
    facts: list[str]

    def entry(self) -> bytes:
        """As it is kept."""
        return msgspec.json.encode(self)

    def told(self) -> dict[str, Any]:
        """As a reader of the history sees it: version, at, by (source, id, type, caller, time),
        changed, facts."""
        return {
            **msgspec.structs.asdict(self),
            "by": NOBODY | dict(zip(NOBODY, self.by, strict=False)),
        }


class OldChange(msgspec.Struct, frozen=True, gc=False):
    """A change as an entry of a stream, which says it in the words in which it is told."""

    version: int
    at: str
    by: dict[str, str | None]
    changed: dict[str, Any]
    facts: list[str]


_change = msgspec.json.Decoder(Change)
_old_change = msgspec.json.Decoder(OldChange)


def cause_of(event: Event) -> tuple[str | None, ...]:
    """Source, id and type of a cause; of a call, its caller, too, if it is known, and of an event its
    own time."""
    said = event.source, event.id, event.type
    if is_call(event):
        return (*said, event.publisher) if event.publisher else said
    return (*said, None, event.time.isoformat()) if event.time else said


def is_call(event: Event) -> bool:
    return event.source.startswith("/rpc/")


def read(entries: list[bytes] | Exception) -> list[dict[str, Any]]:
    """The changes of a list, as they are told. Raises what Redis answered instead of a list, or
    `msgspec.DecodeError` for what is no change."""
    if isinstance(entries, Exception):
        raise entries
    return [_change.decode(entry).told() for entry in entries]


def read_old(entries: list[tuple[bytes, dict[bytes, bytes]]] | Exception) -> list[dict[str, Any]]:
    """The changes of an earlier version's stream. Raises as `read` does, or `KeyError`."""
    if isinstance(entries, Exception):
        raise entries
    found = (_old_change.decode(fields[b"change"]) for _, fields in entries)
    return [{**msgspec.structs.asdict(each), "by": NOBODY | each.by} for each in found]


def merged(old: list[dict[str, Any]], changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Both, oldest first; a version before this one may have run again in between."""
    return sorted([*old, *changes], key=itemgetter("at", "version")) if old else changes
