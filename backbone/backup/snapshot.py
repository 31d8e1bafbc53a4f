"""A copy of a service's keys as they all were at one moment, while the service goes on.

A commit writes many keys at once, so that keys which are read one after the other do not fit together.
Redis itself tells which were changed meanwhile (`CLIENT TRACKING … BCAST`): all keys are copied once,
those that were changed are copied again, and the last of them in one transaction, at the moment of which
nothing was changed that is not in it. If a commit came between, the few keys of it are copied again.

What a service announced lies in one long stream, which Redis would be at for a while. It only grows (and
is cut at its beginning), and so it is read page after page, and its end in the last transaction.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

import redis

from ..errors import Unavailable
from ..store.redis import reaching_redis
from ..store.sentinel import WITNESS, master_of
from .file import About, Contents, Entries, Frame, writing

AT_ONCE = 100  # keys copied in one request, which Redis does between those of others
FEW = 1_000  # so many changed keys are copied in one transaction
WITHIN_S = 60  # after the first copy, a moment without a commit in it is looked for so long
# leases and looks of the processes that run now, and what is read otherwise
LEFT_OUT = ("relay", "timers", "probe", "announced")
CHANGED = b"__redis__:invalidate"  # where Redis tells what was changed


class Emptied(Exception):
    """Somebody emptied this Redis while it was copied."""


def take(
    url: str, service: str, path: Path, on_copied: Callable[[int], object] = lambda _: None
) -> Contents:
    """Write a copy of the service's store to a file; `on_copied` is told now and then how many keys were
    copied. Raises `Unavailable` when Redis does not answer, or is never at rest; `Emptied`; and
    `Unwritable`."""
    with (
        reaching_redis(),
        redis.Redis.from_url(master_of(url), protocol=2, socket_timeout=30) as client,
    ):
        birth = client.get(f"{{{service}}}:birth")
        if birth is None:
            raise Unavailable(f"this Redis has no store of {service}")
        about = About(service, birth.decode(), redis_version(client))
        announced = Announced(client, f"{{{service}}}:announced")
        with Changes(client, f"{{{service}}}:") as changes, writing(path, about) as out:
            for some in _cut(client.scan_iter(f"{{{service}}}:*", AT_ONCE), AT_ONCE):
                for frame in _copied(client, changes.copyable(some)):
                    out.add(frame)
                on_copied(out.frames)
                changes.collect()
            for page in announced.pages():
                out.add(page)
            taken_at, last = _at_one_moment(client, changes, announced)
            for each in last:
                out.add(each)
            out.finish(taken_at)
    on_copied(out.frames)
    return Contents(about, taken_at, out.frames)


def redis_version(client: Any) -> str:
    """The version of this Redis, as far as its user may ask."""
    try:
        return str(client.info("server")["redis_version"])
    except redis.ResponseError:  # its user may not ask
        return "unknown"


def _at_one_moment(
    client: Any, changes: Changes, announced: Announced
) -> tuple[datetime, list[Frame | Entries]]:
    """What was changed since it was copied, so that all fits together at the moment that is answered."""
    copies: dict[bytes, Frame] = {}
    pages: list[Entries] = []
    give_up_at = time.monotonic() + WITHIN_S
    while time.monotonic() < give_up_at:
        pages += announced.pages()
        keys = changes.taken()
        if len(keys) > FEW:
            for some in _cut(keys, AT_ONCE):
                copies |= {frame.key: frame for frame in _copied(client, some)}
            continue
        moment, found, page = _copied_at_once(client, keys, announced)
        copies |= {frame.key: frame for frame in found}
        pages.append(page)
        if not changes.collect():
            changes.check()
            return moment, [*copies.values(), *pages]
    raise Unavailable(f"no moment without a commit was found in {WITHIN_S} s; try again later")


def _copied(client: Any, keys: Iterable[bytes]) -> list[Frame]:
    return _frames(client.pipeline(transaction=False), [*keys])


def _copied_at_once(
    client: Any, keys: list[bytes], announced: Announced
) -> tuple[datetime, list[Frame], Entries]:
    """These keys, and what was announced since, as they are at one moment, by the clock of Redis."""
    together = client.pipeline()
    together.time()
    announced.ask(together)
    for key in keys:
        together.pexpiretime(key).dump(key)
    (seconds, micros), rest, *found = together.execute()
    at = datetime.fromtimestamp(seconds + micros / 1e6, UTC)
    return at, _paired(keys, found), announced.page(rest)


def _frames(pipe: Any, keys: list[bytes]) -> list[Frame]:
    for key in keys:
        pipe.pexpiretime(key).dump(key)
    return _paired(keys, pipe.execute())


def _paired(keys: list[bytes], found: list[Any]) -> list[Frame]:
    pairs = zip(keys, found[::2], found[1::2], strict=True)
    return [Frame(key, max(0, expires_at), dump) for key, expires_at, dump in pairs]


class Announced:
    """The stream of what a service announced, as far as it was read."""

    def __init__(self, client: Any, key: str) -> None:
        self._client, self._key, self._read = client, key, "-"

    def pages(self) -> Iterator[Entries]:
        """What is behind what was read, until less than a page is left."""
        while len(found := self.ask(self._client, AT_ONCE)) == AT_ONCE:
            yield self.page(found)

    def ask(self, of: Any, most: int | None = None) -> Any:
        """Ask a client, or within a pipeline, for what is behind what was read."""
        return of.xrange(self._key, self._read, count=most)

    def page(self, found: list[Any]) -> Entries:
        """What was answered, which counts as read from now on."""
        if found:
            self._read = f"({found[-1][0].decode()}"
        flat = [(number, [*chain.from_iterable(entry.items())]) for number, entry in found]
        return Entries(self._key.encode(), flat)


class Changes:
    """The keys with a prefix that were changed since somebody last asked, as Redis tells it."""

    def __init__(self, client: Any, prefix: str) -> None:
        self._client, self._prefix = client, prefix
        self._left_out = {f"{prefix}{name}".encode() for name in LEFT_OUT}
        self._of_processes = f"{prefix}{WITNESS}:".encode()
        self._changed: set[bytes] = set()

    def __enter__(self) -> Changes:
        pool = self._client.connection_pool
        self._hearing, self._asking = pool.get_connection(), pool.get_connection()
        number = self._ask(self._hearing, "CLIENT", "ID")
        self._ask(self._hearing, "SUBSCRIBE", CHANGED)
        tracking = ("TRACKING", "ON", "REDIRECT", number, "BCAST", "PREFIX", self._prefix)
        self._ask(self._asking, "CLIENT", *tracking)
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._hearing, self._asking):
            each.disconnect()
            self._client.connection_pool.release(each)

    def collect(self) -> bool:
        """Hear what Redis has told by now; answers whether there is anything. What was changed before
        this is called has been told, for Redis tells of it before it does any later command."""
        self._hearing.send_command("PING", check_health=False)
        while (said := self._hearing.read_response())[0] != b"pong":
            if said[2] is None:
                raise Emptied("This Redis was emptied while it was copied: there is no copy.")
            self._changed.update(self.copyable(said[2]))
        return bool(self._changed)

    def check(self) -> None:
        """Raise `Unavailable` if Redis has not told of every change all the time: it tells for as long as
        the connection lasts over which it was asked to."""
        said = self._ask(self._asking, "CLIENT", "TRACKINGINFO")
        flags = dict(zip(said[::2], said[1::2], strict=True))[b"flags"]
        if b"on" not in flags or b"broken_redirect" in flags:
            raise Unavailable("Redis did not tell of every change; try again")

    def taken(self) -> list[bytes]:
        """What was changed; it counts as copied from now on."""
        self.collect()
        taken, self._changed = [*self._changed], set()
        return taken

    def copyable(self, keys: Iterable[bytes]) -> Iterator[bytes]:
        """Those of the keys that belong into a copy."""
        kept = (key for key in keys if key not in self._left_out)
        return (key for key in kept if not key.startswith(self._of_processes))

    def _ask(self, connection: Any, *command: Any) -> Any:
        connection.send_command(*command, check_health=False)
        return connection.read_response()


def _cut(many: Iterable[bytes], size: int) -> Iterator[list[bytes]]:
    rest = iter(many)
    while some := [*islice(rest, size)]:
        yield some
