"""A service's things in Redis: documents with a version, their indexes and their history.

Keys of the service `parcels`, all under one hash tag:

    {parcels}:parcel:<id>            "<version> <JSON>"
    {parcels}:index:parcel:<order>[:<filter>=<value>]   sorted set of "<sort key>US<id>"
    {parcels}:totals:parcel          hash: how many there are, and their sums (`totals.py`)
    {parcels}:changes:parcel:<id>    list: what changed, when, by which event (`history.py`)
    {parcels}:history:parcel:<id>    stream: the same, as versions before this one kept it
    {parcels}:done:<digest>          the mark that a message or a request was done, with its answer
    {parcels}:refused:<digest>       what the receipt of a refused event said (`inbox/refused.py`)
    {parcels}:outbox                 stream: facts to be published
    {parcels}:announced              stream: facts that were, for some days
    {parcels}:parked…                messages that wait for a person
    {parcels}:relay…                 the lease of the relay, and its tokens
    {parcels}:timers…                the lease of the timers, and its tokens
    {parcels}:birth                  when the store was new, and its id (`host/birth.py`)
    {parcels}:probe                  written now and then to see whether Redis takes writes
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from ..errors import Damaged, Invalid, Reason
from ..plain import digest_of
from . import atomic, history
from .collection import SEPARATOR, Collection, Versioned, filterable, sortable
from .redis import NO_ANSWER, reaching_redis
from .sentinel import Witness

T = TypeVar("T")
SCAN_AT_ONCE = 200
SCAN_AT_MOST = 2000
# what reading a document raises that is none; NO_ANSWER if its key holds a list, say
UNREADABLE = (ValueError, KeyError, TypeError, msgspec.DecodeError, NO_ANSWER)


NOTHING = (0, "", b"")  # where no document is
LAST = f"{SEPARATOR}\U0010ffff"  # sorts after every id


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `cursor` opens the next one, and is none on the last."""

    found: list[Versioned]
    cursor: str | None

    @property
    def items(self) -> list[Any]:
        """The things themselves."""
        return [stored.thing for stored in self.found]


class Repository:
    """What one service keeps: reads, and the keys that a commit writes."""

    def __init__(
        self,
        service: str,
        redis: Any,
        collections: Iterable[Collection],
        witness: Witness | None = None,
    ) -> None:
        self.service = service
        self._root = f"{{{service}}}:"
        self.redis = redis
        self.collections = {each.type: each for each in collections}
        self.atomic = atomic.Atomic(redis, witness)
        # told what each commit of this process leaves in the outbox: the entry before it, and it
        self.on_posted: Callable[[bytes, Sequence[atomic.Entry]], None] = lambda *_: None

    # --- keys

    def key(self, *parts: str) -> str:
        return self._root + ":".join(parts)

    def document(self, collection: Collection, identity: str) -> str:
        return self.key(collection.name, identity)

    def mark(self, *parts: str) -> str:
        return self.key("done", digest_of(*parts))

    @property
    def outbox(self) -> str:
        return self.key("outbox")

    @property
    def announced(self) -> str:
        return self.key("announced")

    # --- reads

    def call(self, command: str, *args: Any, **options: Any) -> Any:
        """One Redis command; `Unavailable` when Redis does not answer."""
        with reaching_redis():
            return getattr(self.redis, command)(*args, **options)

    def load(self, cls: type, identity: str) -> Versioned:
        with self._reading(cls, identity):
            raw = self.call("get", self.document(self.collections[cls], identity))
        return self.stored(cls, identity, raw)

    def stored(self, cls: type, identity: str, raw: bytes | None) -> Versioned:
        """What Redis holds under a document's key, read. Raises `Damaged` for what is no document."""
        if raw is None:
            return Versioned()
        with self._reading(cls, identity):
            version, updated_at, document = _parts(raw)
            return Versioned(version, self.collections[cls].decoder.decode(document), updated_at)

    @contextmanager
    def _reading(self, cls: type, identity: str, key: str | None = None) -> Iterator[None]:
        """What goes wrong within is said of this thing and its key."""
        try:
            yield
        except UNREADABLE as problem:
            if isinstance(problem, NO_ANSWER) and not str(problem).startswith("WRONGTYPE "):
                raise
            collection = self.collections[cls]
            kind, key = (
                collection.name.replace("_", " "),
                key or self.document(collection, identity),
            )
            raise Damaged(kind, identity, key, problem) from problem

    def page(
        self,
        cls: type,
        filters: Mapping[str, Any],
        order: str = "key",
        limit: int = 50,
        cursor: str | None = None,
    ) -> Page:
        """Things that match every filter, in order (`-area_m2` is descending), one page at a time.

        Walks the smallest index that fits and looks at the rest of the filters in the documents. A
        page can hold fewer than `limit` things and still have a cursor: the walk of one call is
        bounded.
        """
        collection = self.collections[cls]
        name, descending = order.removeprefix("-"), order.startswith("-")
        index = self._smallest(collection, name, filters)
        after = _open(cursor, f"{order} {sorted(filters.items())}")
        found: list[Versioned] = []
        scanned = 0
        for member, stored in self._walk(collection, index, after, descending):
            if len(found) == limit or scanned == SCAN_AT_MOST:
                return Page(found, _seal(after, f"{order} {sorted(filters.items())}"))
            after, scanned = member, scanned + 1
            if stored.version and fits(stored.thing, filters):
                found.append(stored)
        return Page(found, None)

    def cursor_after(self, moment: datetime, order: str) -> str:
        """Where the page of all things begins of which `order`, a moment, is later than this one."""
        return _seal(f"{sortable(moment)}{LAST}", f"{order} []")

    def beside(self, cls: type, identity: str, most: int) -> list[str]:
        """Ids of the kind on either side of this one in their order, so many at most on each; none of a kind
        that is not listed."""
        index, place = self.key("index", self.collections[cls].name, "key"), SEPARATOR + identity
        found = [
            *self.call("zrevrangebylex", index, f"({place}", "-", start=0, num=most),
            *self.call("zrangebylex", index, f"[{place}", "+", start=0, num=most),
        ]
        return [member.decode().rsplit(SEPARATOR, 1)[1] for member in found]

    def _smallest(self, collection: Collection, order: str, filters: Mapping[str, Any]) -> str:
        fitting = [f":{name}={filterable(value)}" for name, value in filters.items()] or [""]
        keys = [self.key("index", collection.name, order + group) for group in fitting]
        return min(keys, key=lambda key: self.call("zcard", key)) if len(keys) > 1 else keys[0]

    def _walk(
        self, collection: Collection, index: str, after: str, descending: bool
    ) -> Iterator[tuple[str, Versioned]]:
        for member, identity, raw in self._walk_raw(collection, index, after, descending):
            yield member, self.stored(collection.type, identity, raw)

    def _walk_raw(
        self, collection: Collection, index: str, after: str, descending: bool
    ) -> Iterator[tuple[str, str, bytes | None]]:
        """The members of an index, each with the id of its thing, and what is kept under it."""
        command, end = ("zrevrangebylex", "-") if descending else ("zrangebylex", "+")
        while True:
            start = f"({after}" if after else ("+" if descending else "-")
            found = self.call(command, index, start, end, start=0, num=SCAN_AT_ONCE)
            members = [member.decode() for member in found]
            ids = [member.rsplit(SEPARATOR, 1)[1] for member in members]
            raw = self.call("mget", [self.document(collection, i) for i in ids]) if ids else []
            yield from zip(members, ids, raw, strict=True)
            if len(found) < SCAN_AT_ONCE:
                return
            after = members[-1]

    def history(self, cls: type, identity: str) -> list[dict[str, Any]]:
        """Every change of a thing, oldest first: version, at, by (source, id, type), changed, facts."""
        [(_, changes)] = self.histories(cls, [identity])
        return changes

    def histories(
        self, cls: type, identities: Sequence[str]
    ) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Of each thing its id and history. One round trip for every `SCAN_AT_ONCE` of them."""
        for identity, old, entries in self._entries(cls, identities):
            yield identity, self._history(cls, identity, old, entries)[1]

    def as_of(self, cls: type, identity: str, moment: datetime) -> Any:
        """The thing as the store held it at `moment` (aware), or none."""
        return self.as_of_many(cls, [identity], moment).get(identity)

    def as_of_many(self, cls: type, identities: Sequence[str], moment: datetime) -> dict[str, Any]:
        """Those of the things that the store held at `moment` (aware), by their ids, each as it was then.
        One round trip for every `SCAN_AT_ONCE` of them."""
        found: dict[str, Any] = {}
        for identity, old, entries in self._entries(cls, identities):
            key, steps = self._steps(cls, identity, old, entries)
            with self._reading(cls, identity, key):
                state: dict[str, Any] = {}
                for at, changed in steps:
                    if datetime.fromisoformat(at) <= moment:
                        state |= changed
                if state:
                    document = msgspec.json.encode(state)
                    found[identity] = self.collections[cls].decoder.decode(document)
        return found

    def all_as_of(self, cls: type, moment: datetime, filters: Mapping[str, Any]) -> list[Any]:
        """The things that match every filter now, each as the store held it at `moment` (aware), in the order
        of their ids. What has not changed since then is as it is now, and what is still in its first
        version was not there: the histories of the others alone are read."""
        kept = self.collections[cls]
        index = self._smallest(kept, "key", filters)
        found: dict[str, Any] = {}
        for _, identity, raw in self._walk_raw(kept, index, "", False):
            with self._reading(cls, identity):
                version, updated_at, document = _parts(raw) if raw is not None else NOTHING
                if (
                    len(filters) > 1
                    and version
                    and not fits(kept.decoder.decode(document), filters)
                ):
                    continue
                if version and datetime.fromisoformat(updated_at) <= moment:
                    found[identity] = kept.decoder.decode(document)
                elif version > 1:
                    found[identity] = None  # until all of these are read
        changed = [identity for identity, thing in found.items() if thing is None]
        found |= self.as_of_many(cls, changed, moment)
        return [thing for thing in found.values() if thing is not None]

    def _entries(self, cls: type, identities: Sequence[str]) -> Iterator[tuple[str, Any, Any]]:
        """Of each thing what is kept of its changes, in the old form and in the new one."""
        name = self.collections[cls].name
        for first in range(0, len(identities), SCAN_AT_ONCE):
            some = identities[first : first + SCAN_AT_ONCE]
            pipeline = self.redis.pipeline()  # both forms of a thing at one moment
            for each in some:
                pipeline.xrange(self.key(history.OLD_FORM, name, each))
                pipeline.lrange(self.key(history.FORM, name, each), 0, -1)
            with reaching_redis():
                answers = iter(pipeline.execute(raise_on_error=False))
            for each in some:
                yield each, next(answers), next(answers)

    def _steps(
        self, cls: type, identity: str, old: Any, entries: Any
    ) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
        """The changes with their moments, read as little as can be, and the key that most are kept under."""
        if old:
            key, changes = self._history(cls, identity, old, entries)
            return key, [(each["at"], each["changed"]) for each in changes]
        key = self.key(history.FORM, self.collections[cls].name, identity)
        with self._reading(cls, identity, key):
            return key, history.steps(entries)

    def _history(
        self, cls: type, identity: str, old: Any, entries: Any
    ) -> tuple[str, list[dict[str, Any]]]:
        name = self.collections[cls].name
        old_key, key = (self.key(form, name, identity) for form in (history.OLD_FORM, history.FORM))
        with self._reading(cls, identity, old_key):
            before = history.read_old(old)
        with self._reading(cls, identity, key):
            changes = history.read(entries)
        return key if entries else old_key, history.merged(before, changes)


def _parts(raw: bytes) -> tuple[int, str, bytes]:
    """Version, moment and JSON of a document. Raises `ValueError` for what does not have all three."""
    parts = raw.split(b" ", 2)
    if len(parts) != 3 or not parts[0].isdigit():
        raise ValueError("it does not begin with a version and a moment")
    return int(parts[0]), parts[1].decode(), parts[2]


def fits(thing: Any, filters: Mapping[str, Any]) -> bool:
    """Whether a thing matches every filter."""
    for name, wanted in filters.items():
        value = getattr(thing, name)
        values = value if isinstance(value, tuple | frozenset) else (value,)
        if filterable(wanted) not in {filterable(each) for each in values}:
            return False
    return True


def _seal(after: str, query: str) -> str:
    return base64.urlsafe_b64encode(f"{_short(query)}{after}".encode()).decode()


def _open(cursor: str | None, query: str) -> str:
    if cursor is None:
        return ""
    try:
        opened = base64.urlsafe_b64decode(cursor.encode()).decode()
    except ValueError:
        opened = ""
    if not opened.startswith(_short(query)):
        raise Invalid(
            [
                Reason(
                    "BAD_CURSOR",
                    "Give the cursor of the page before, with the same filter and order.",
                    "cursor",
                )
            ]
        )
    return opened[8:]


def _short(query: str) -> str:
    return hashlib.sha256(query.encode()).hexdigest()[:8]
