"""Puts a backup back: every key as it was, and last the birth mark, which says whose copy it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import redis

from ..host.birth import RESTORING, restored_mark
from ..store.redis import reaching_redis
from ..store.sentinel import WITNESS, master_of
from .file import Contents, Entries, Frame, Unreadable, checked, read
from .snapshot import redis_version

AT_ONCE = 100
LEASES = ("relay", "timers")
# keys of a service that waits, or has begun, and keeps nothing of the park
OF_A_START = (*LEASES, "probe", WITNESS)
TOKENS = ("relay:token", "timers:token")
# a process that stood still since the accident holds a token that a store put back would give again
TOKENS_AHEAD = 1_000_000


class InTheWay(Exception):
    """The copy cannot be put back here as things are; the sentence says what to do."""


def put_back(
    url: str,
    service: str,
    path: Path,
    *,
    overwrite: bool = False,
    on_restored: Callable[[int, int], object] = lambda done, of: None,
) -> Contents:
    """Put a service's store back as the file has it. The whole file is read first, and nothing is written
    if it is damaged. `on_restored` is told now and then how many frames of how many are back.

    Raises `Unreadable` for the file, `InTheWay` for what the store holds, `Unavailable` for Redis.
    """
    contents = checked(path)
    if contents.about.service != service:
        raise Unreadable(f"{path} is a copy of {contents.about.service}, and not of {service}.")
    root = f"{{{service}}}:"
    with (
        reaching_redis(),
        redis.Redis.from_url(master_of(url), protocol=2, socket_timeout=30) as client,
    ):
        _make_room(client, service, overwrite=overwrite)
        done = 0
        frames = (each for each in read(path) if not isinstance(each, Contents))
        for some in _cut(frames, AT_ONCE):
            _restore(client, root, some, contents)
            done += len(some)
            on_restored(done, contents.frames)
        for token in TOKENS:
            client.incrby(f"{root}{token}", TOKENS_AHEAD)
        now = datetime.now(UTC)
        client.set(f"{root}birth", restored_mark(contents.about.birth, contents.taken_at, now))
    return contents


def _make_room(client: Any, service: str, *, overwrite: bool) -> None:
    """Leave nothing of the service but a birth mark that lets nobody work; or say what is in the way."""
    root = f"{{{service}}}:"
    if client.exists(*(f"{root}{lease}" for lease in LEASES)):
        raise InTheWay(
            f"A process of {service} works on this store now, or did some seconds ago: stop every one."
        )
    there = [*client.scan_iter(f"{root}*", 1_000)]
    is_broken_off = (client.get(f"{root}birth") or b"").startswith(RESTORING)
    of_a_start = tuple(f"{root}{name}".encode() for name in OF_A_START)
    kept = [key for key in there if not key.startswith(of_a_start)]
    if kept and not (overwrite or is_broken_off):
        raise InTheWay(
            f"This Redis holds {len(kept):,} keys of {service}: they would be gone. Is REDIS_URL right? "
            "--overwrite removes them first."
        )
    client.set(f"{root}birth", RESTORING)
    for some in _cut((key for key in there if key != f"{root}birth".encode()), AT_ONCE):
        client.unlink(*some)


def _restore(client: Any, root: str, frames: list[Frame | Entries], contents: Contents) -> None:
    pipe = client.pipeline(transaction=False)
    for frame in frames:
        if isinstance(frame, Entries):
            for number, flat in frame.entries:
                pipe.execute_command("XADD", frame.key, number, *flat)
        elif frame.key == f"{root}birth".encode():
            continue
        elif frame.dump is None:
            pipe.delete(frame.key)
        else:
            pipe.restore(frame.key, frame.expires_at, frame.dump, replace=True, absttl=True)
    for said in pipe.execute(raise_on_error=False):  # its own error would show what is in the frame
        if isinstance(said, Exception):
            raise _told(client, said, contents)


def _told(client: Any, problem: Exception, contents: Contents) -> Exception:
    """What Redis said against a frame, as a sentence if it is known."""
    if isinstance(problem, redis.exceptions.NoPermissionError):
        return InTheWay(f"The user in REDIS_URL may not put anything back: {problem}.")
    if "DUMP payload" not in str(problem):
        return problem
    version = redis_version(client)
    return InTheWay(
        f"The copy is of a Redis {contents.about.redis}, which this Redis {version} cannot read: put it back "
        "into that version or a newer one."
    )


def _cut(many: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(many)
    while some := [*islice(rest, size)]:
        yield some
