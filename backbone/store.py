"""A service's things in Redis: documents with a version, their indexes and their history.

Keys of the service `parcels`, all under one hash tag:

    {parcels}:parcel:<id>            "<version> <JSON>"
    {parcels}:index:parcel:<order>[:<filter>=<value>]   sorted set of "<sort key>US<id>"
    {parcels}:history:parcel:<id>    stream: what changed, when, by which event
    {parcels}:done:<digest>          the mark that a message or a request was done, with its answer
    {parcels}:outbox                 stream: facts to be published
    {parcels}:parked…                messages set aside
    {parcels}:relay…                 the lease of the relay, and its tokens
    {parcels}:timers…                the lease of the timers, and its tokens
    {parcels}:birth                  when the store was new, and its id (`birth.py`)
    {parcels}:probe                  written now and then to see whether Redis takes writes
"""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property
from ssl import SSLWantReadError
from typing import Any, TypeVar

import hiredis
import msgspec
import redis as redis_client
from eventlet.green.ssl import GreenSSLSocket

from . import atomic
from .errors import Damaged, Invalid, Reason, Unavailable
from .settings import DAY_S

T = TypeVar("T")
SEPARATOR = "\x1f"  # sorts before every printable character, so that "a" comes before "a b"
SCAN_AT_ONCE = 200
SCAN_AT_MOST = 2000


NO_ANSWER = redis_client.exceptions.ResponseError
# what reading a document raises that is none; NO_ANSWER if its key holds a list, say
UNREADABLE = (ValueError, KeyError, TypeError, msgspec.DecodeError, NO_ANSWER)


@cache
def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


@dataclass(frozen=True)
class Kept:
    """A kind of thing that a service keeps.

    `type` is a frozen dataclass and `key` its id field. `filters` and `orders` name fields or
    properties by which it can be listed; every kind can be listed by `key` and by `updated_at`.
    A kind with `lifetime_days` is forgotten after them, and cannot be listed; so is, after a day, a
    thing of which the property `over` is true. `history=False` is for things that never change.
    """

    type: type
    key: str
    filters: tuple[str, ...] = ()
    orders: tuple[str, ...] = ()
    lifetime_days: int | None = None
    over: str | None = None
    history: bool = True

    @cached_property
    def name(self) -> str:
        return snake(self.type.__name__)

    @cached_property
    def decoder(self) -> Any:
        return msgspec.json.Decoder(self.type)

    @property
    def ordered_by(self) -> tuple[str, ...]:
        return ("key", "updated_at", *self.orders)

    def lifetime_s(self, thing: Any) -> int:
        """How long Redis keeps it as it is now; 0 is for good."""
        if self.over is not None:
            return DAY_S if getattr(thing, self.over) else 0
        return (self.lifetime_days or 0) * DAY_S

    def id_of(self, thing: Any) -> str:
        return str(getattr(thing, self.key))

    def places(self, thing: Any, updated_at: str) -> set[tuple[str, str]]:
        """Where `thing` stands in the indexes: (index, member) pairs."""
        if self.lifetime_days is not None or self.over is not None:
            return set()
        identity = self.id_of(thing)
        values = {"key": "", "updated_at": updated_at}
        values |= {order: sortable(getattr(thing, order)) for order in self.orders}
        members = [(order, f"{value}{SEPARATOR}{identity}") for order, value in values.items()]
        groups = ["", *self._groups(thing)]
        return {(order + group, member) for order, member in members for group in groups}

    def _groups(self, thing: Any) -> Iterator[str]:
        for name in self.filters:
            value = getattr(thing, name)
            for each in value if isinstance(value, tuple | frozenset) else (value,):
                yield f":{name}={filterable(each)}"


def sortable(value: Any) -> str:
    """Text that sorts as the value does. Numbers must not be negative; none comes first."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return f"{value:030.6f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def filterable(value: Any) -> str:
    value = value.value if isinstance(value, Enum) else value
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class Stored(msgspec.Struct, frozen=True, gc=False):
    """A thing as Redis holds it: version 0 means that it is not there."""

    version: int = 0
    thing: Any = None
    updated_at: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `cursor` opens the next one, and is none on the last."""

    found: list[Stored]
    cursor: str | None

    @property
    def items(self) -> list[Any]:
        """The things themselves."""
        return [stored.thing for stored in self.found]


def connect(
    url: str, answer_within_s: float = 15, greet: Callable[[Any], None] | None = None
) -> Any:
    """A client for the store. `memory://name` is a store in this process that keeps nothing. `greet`
    is given each new connection to a real one, and may refuse it."""
    if url.startswith("memory://"):
        import fakeredis

        server = _memory.setdefault(url, fakeredis.FakeServer(version=(7,)))
        return fakeredis.FakeStrictRedis(server=server)
    return redis_client.Redis.from_url(
        url,
        connection_class=CONNECTIONS[url.partition(":")[0]],
        command_packer=Packer(),
        socket_timeout=answer_within_s,
        health_check_interval=30,
        redis_connect_func=greet,
        **({} if url.startswith("unix:") else {"socket_connect_timeout": 2}),
    )


_memory: dict[str, Any] = {}


class Packer:
    """Packs a command as redis-py does, without looking at each of the thousands of arguments that a
    commit has: ours are texts, bytes and numbers."""

    def pack(self, *command: Any) -> list[bytes]:
        if " " in command[0]:
            command = (*command[0].split(), *command[1:])
        try:
            return [hiredis.pack_command(command)]
        except TypeError as problem:
            raise redis_client.DataError(str(problem)) from problem


class Asks:
    """A connection that can tell, under eventlet too, whether Redis has closed it: there redis-py
    has no `poll` to ask, and would find out by losing a command. This is also the quicker way."""

    _sock: Any

    def can_read(self, timeout: float = 0) -> bool:
        bare = getattr(self._sock, "fd", None)  # the socket that eventlet's own stands on
        if bare is None:
            return bool(super().can_read(timeout))  # type: ignore[misc]  # redis-py's
        try:
            bare.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        raise redis_client.exceptions.ConnectionError("Redis closed the connection")


class Plain(Asks, redis_client.Connection):
    pass


class Local(Asks, redis_client.UnixDomainSocketConnection):
    pass


class Encrypted(redis_client.SSLConnection):
    """The same over TLS, which has things to say by itself now and then."""

    def can_read(self, timeout: float = 0) -> bool:
        if not isinstance(self._sock, GreenSSLSocket):
            return bool(super().can_read(timeout))
        try:
            self._sock._sslobj.read(1)  # eventlet's own `read` would wait
        except SSLWantReadError:
            return False
        except OSError as problem:
            raise redis_client.exceptions.ConnectionError("Redis went away") from problem
        raise redis_client.exceptions.ConnectionError("Redis closed the connection")


CONNECTIONS = {"redis": Plain, "rediss": Encrypted, "unix": Local}


class Shelf:
    """What one service keeps: reads, and the keys that a commit writes."""

    def __init__(self, service: str, redis: Any, kept: Iterable[Kept]) -> None:
        self.service = service
        self._root = f"{{{service}}}:"
        self.redis = redis
        self.kept = {each.type: each for each in kept}
        self.atomic = atomic.Atomic(redis)
        # told what each commit of this process leaves in the outbox: the entry before it, and it
        self.on_posted: Callable[[bytes, Sequence[atomic.Entry]], None] = lambda *_: None

    # --- keys

    def key(self, *parts: str) -> str:
        return self._root + ":".join(parts)

    def document(self, kept: Kept, identity: str) -> str:
        return self.key(kept.name, identity)

    def named(self, data: Any) -> list[tuple[type, str]]:
        """The things whose key these data name (`parcel_id`), in the order of their kinds."""
        if not isinstance(data, dict):
            return []
        found = ((cls, data.get(kept.key)) for cls, kept in self.kept.items())
        return [(cls, identity) for cls, identity in found if isinstance(identity, str)]

    def mark(self, *parts: str) -> str:
        return self.key("done", digest_of(*parts))

    @property
    def outbox(self) -> str:
        return self.key("outbox")

    # --- reads

    def call(self, command: str, *args: Any, **options: Any) -> Any:
        """One Redis command; `Unavailable` when Redis does not answer."""
        with reaching_redis():
            return getattr(self.redis, command)(*args, **options)

    def load(self, cls: type, identity: str) -> Stored:
        with self._reading(cls, identity):
            raw = self.call("get", self.document(self.kept[cls], identity))
        return self.stored(cls, identity, raw)

    def stored(self, cls: type, identity: str, raw: bytes | None) -> Stored:
        """What Redis holds under a document's key, read. Raises `Damaged` for what is no document."""
        if raw is None:
            return Stored()
        with self._reading(cls, identity):
            version, updated_at, document = _parts(raw)
            return Stored(version, self.kept[cls].decoder.decode(document), updated_at)

    @contextmanager
    def _reading(self, cls: type, identity: str, key: str | None = None) -> Iterator[None]:
        """What goes wrong within is said of this thing and its key."""
        try:
            yield
        except UNREADABLE as problem:
            if isinstance(problem, NO_ANSWER) and not str(problem).startswith("WRONGTYPE "):
                raise
            kept = self.kept[cls]
            kind, key = kept.name.replace("_", " "), key or self.document(kept, identity)
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
        kept = self.kept[cls]
        name, descending = order.removeprefix("-"), order.startswith("-")
        index = self._smallest(kept, name, filters)
        after = _open(cursor, f"{order} {sorted(filters.items())}")
        found: list[Stored] = []
        scanned = 0
        for member, stored in self._walk(kept, index, after, descending):
            if len(found) == limit or scanned == SCAN_AT_MOST:
                return Page(found, _seal(after, f"{order} {sorted(filters.items())}"))
            after, scanned = member, scanned + 1
            if stored.version and _fits(stored.thing, filters):
                found.append(stored)
        return Page(found, None)

    def _smallest(self, kept: Kept, order: str, filters: Mapping[str, Any]) -> str:
        fitting = [f":{name}={filterable(value)}" for name, value in filters.items()] or [""]
        keys = [self.key("index", kept.name, order + group) for group in fitting]
        return min(keys, key=lambda key: self.call("zcard", key)) if len(keys) > 1 else keys[0]

    def _walk(
        self, kept: Kept, index: str, after: str, descending: bool
    ) -> Iterator[tuple[str, Stored]]:
        command, end = ("zrevrangebylex", "-") if descending else ("zrangebylex", "+")
        while True:
            start = f"({after}" if after else ("+" if descending else "-")
            found = self.call(command, index, start, end, start=0, num=SCAN_AT_ONCE)
            members = [member.decode() for member in found]
            ids = [member.rsplit(SEPARATOR, 1)[1] for member in members]
            raw = self.call("mget", [self.document(kept, i) for i in ids]) if ids else []
            for member, identity, document in zip(members, ids, raw, strict=True):
                yield member, self.stored(kept.type, identity, document)
            if len(found) < SCAN_AT_ONCE:
                return
            after = members[-1]

    def history(self, cls: type, identity: str) -> list[dict[str, Any]]:
        """Every change of a thing, oldest first: version, at, by (source, id, type), changed, facts."""
        stream = self.key("history", self.kept[cls].name, identity)
        with self._reading(cls, identity, stream):
            return [
                msgspec.json.decode(entry[b"change"]) for _, entry in self.call("xrange", stream)
            ]

    def as_of(self, cls: type, identity: str, moment: datetime) -> Any:
        """The thing as the store held it at `moment` (aware), or none."""
        state: dict[str, Any] = {}
        changes = self.history(cls, identity)
        with self._reading(cls, identity, self.key("history", self.kept[cls].name, identity)):
            for entry in changes:
                if datetime.fromisoformat(entry["at"]) <= moment:
                    state |= entry["changed"]
            return msgspec.convert(state, cls) if state else None


def _parts(raw: bytes) -> tuple[int, str, bytes]:
    """Version, moment and JSON of a document. Raises `ValueError` for what does not have all three."""
    parts = raw.split(b" ", 2)
    if len(parts) != 3 or not parts[0].isdigit():
        raise ValueError("it does not begin with a version and a moment")
    return int(parts[0]), parts[1].decode(), parts[2]


def digest_of(*parts: str) -> str:
    """A name for these, the same whenever it is asked for: 128 bits in hexadecimal."""
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:32]


def dump(thing: Any) -> Any:
    """A thing or a fact as plain JSON-able values: decimals are text, dates ISO 8601."""
    return msgspec.to_builtins(thing)


def _fits(thing: Any, filters: Mapping[str, Any]) -> bool:
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


class Forgotten(redis_client.RedisError):
    """This Redis is not the store that the service had. Nothing may be read from it or written."""


class reaching_redis:  # noqa: N801 - reads as a word in a with statement
    """Turns 'Redis does not answer' and 'Redis serves nobody now' (its memory or disk is full, its
    replicas are gone, it lets us do nothing, it is not the store that we had) into `Unavailable`;
    other errors stay what they are."""

    GONE = (
        redis_client.exceptions.ConnectionError,
        redis_client.exceptions.TimeoutError,
        redis_client.exceptions.BusyLoadingError,
        OSError,
    )
    SHUT = (
        redis_client.exceptions.ReadOnlyError,
        redis_client.exceptions.OutOfMemoryError,
        redis_client.exceptions.NoPermissionError,
        redis_client.exceptions.MasterDownError,
    )
    # redis-py has no classes for these; the last is a database that is not there
    SHUT_CODES = ("MISCONF ", "NOREPLICAS ", "BUSY ", "DENIED ", "DB index ")

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, problem: BaseException | None, _trace: Any) -> None:
        if isinstance(problem, Forgotten):
            raise Unavailable(str(problem)) from problem
        if isinstance(problem, self.GONE):
            raise Unavailable(f"Redis does not answer ({type(problem).__name__})") from problem
        says = str(problem)
        if isinstance(problem, self.SHUT) or says.startswith(self.SHUT_CODES):
            raise Unavailable(f"Redis serves nobody now ({says[:80]})") from problem
