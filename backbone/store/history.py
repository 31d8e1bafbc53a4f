"""A thing's history: one change after the other, each as short as it can be read without a key to it.

A change is an entry of the Redis list `{service}:changes:<kind>:<id>`, a JSON array:

    [version, at, [source, id, type of the cause], changed fields, [names of the facts], caller, time]

`at` is when it was kept, `time` when the event says that it was so. What is not known is left out at the
end: an event has no caller, a call no time, nor has a call a caller that does not say as which user of
the broker it was sent. Both stand last, where a version that knows none of them reads past them; whatever
is added comes behind them, and never into what is there. For some days callers were written as the fourth
of the cause, and are read there, too.

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
    caller: str | None = None
    time: str | None = None

    def entry(self) -> bytes:
        """As it is kept."""
        said: tuple[Any, ...] = self.version, self.at, self.by, self.changed, self.facts
        if self.caller or self.time:
            said += (self.caller, self.time) if self.time else (self.caller,)
        return msgspec.json.encode(said)

    def told(self) -> dict[str, Any]:
        """As a reader of the history sees it: version, at, by (source, id, type, caller, time),
        changed, facts."""
        said = msgspec.structs.asdict(self)
        by = {"caller": said.pop("caller"), "time": said.pop("time")}
        return {**said, "by": NOBODY | by | dict(zip(NOBODY, self.by, strict=False))}


class OldChange(msgspec.Struct, frozen=True, gc=False):
    """A change as an entry of a stream, which says it in the words in which it is told."""

    version: int
    at: str
    by: dict[str, str | None]
    changed: dict[str, Any]
    facts: list[str]


class Step(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """As much of a change as says what a thing was: by whom is not read, and the fields not yet."""

    version: int
    at: str
    by: msgspec.Raw
    changed: dict[str, msgspec.Raw]


_change = msgspec.json.Decoder(Change)
_step = msgspec.json.Decoder(Step)
_old_change = msgspec.json.Decoder(OldChange)


def cause_of(event: Event) -> tuple[str | None, ...]:
    """Source, id and type of a cause."""
    return event.source, event.id, event.type


def caller_of(event: Event) -> str | None:
    """Of a call, the caller, if it is known."""
    return (event.publisher or None) if is_call(event) else None


def time_of(event: Event) -> str | None:
    """Of an event, its own time, if it says one."""
    return event.time.isoformat() if event.time and not is_call(event) else None


def is_call(event: Event) -> bool:
    return event.source.startswith("/rpc/")


def read(entries: list[bytes] | Exception) -> list[dict[str, Any]]:
    """The changes of a list, as they are told. Raises what Redis answered instead of a list, or
    `msgspec.DecodeError` for what is no change."""
    if isinstance(entries, Exception):
        raise entries
    return [_change.decode(entry).told() for entry in entries]


def steps(entries: list[bytes] | Exception) -> list[tuple[str, dict[str, Any]]]:
    """Of each change of a list the moment, and its fields as JSON, of which the last alone is to be read.
    Raises as `read` does."""
    if isinstance(entries, Exception):
        raise entries
    return [(each.at, each.changed) for each in map(_step.decode, entries)]


def read_old(entries: list[tuple[bytes, dict[bytes, bytes]]] | Exception) -> list[dict[str, Any]]:
    """The changes of an earlier version's stream. Raises as `read` does, or `KeyError`."""
    if isinstance(entries, Exception):
        raise entries
    found = (_old_change.decode(fields[b"change"]) for _, fields in entries)
    return [{**msgspec.structs.asdict(each), "by": NOBODY | each.by} for each in found]


def merged(old: list[dict[str, Any]], changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Both, oldest first; a version before this one may have run again in between."""
    return sorted([*old, *changes], key=itemgetter("at", "version")) if old else changes
