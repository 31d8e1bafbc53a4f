"""A thing's history: one change after the other, each as short as it can be read without a key to it.

A change is an entry of the Redis list `{service}:changes:<kind>:<id>`, a JSON array:

    [version, at, [source, id, type of the cause], changed fields, [names of the facts], caller]

The caller is left out where there is none that is known: of an event, and of a call that does not say
as which user of the broker it was sent. It stands last, where a version that knows no callers reads past
it; whatever is added comes behind it, and never into what is there. For some days callers were written as
the fourth of the cause, and are read there, too.

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


NOBODY: dict[str, str | None] = {"source": None, "id": None, "type": None, "caller": None}


class Change(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """What one commit changed of a thing: `at` is an ISO moment, `changed` the fields that differ
    from the version before, `facts` what was announced with it."""

    version: int
    at: str
    by: tuple[str | None, ...]
    changed: dict[str, Any]  # or, to be written, the thing itself
    facts: list[str]
    caller: str | None = None

    def entry(self) -> bytes:
        """As it is kept."""
        said = msgspec.structs.astuple(self)
        return msgspec.json.encode(said if self.caller else said[:-1])

    def told(self) -> dict[str, Any]:
        """As a reader of the history sees it: version, at, by (source, id, type, caller), changed,
        facts."""
        said = msgspec.structs.asdict(self)
        caller = said.pop("caller")
        by = {"caller": caller} | dict(zip(NOBODY, self.by, strict=False))
        return {**said, "by": NOBODY | by}


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
    """Source, id and type of a cause."""
    return event.source, event.id, event.type


def caller_of(event: Event) -> str | None:
    """Of a call, the caller, if it is known."""
    return (event.publisher or None) if is_call(event) else None


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
