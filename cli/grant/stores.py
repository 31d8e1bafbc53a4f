"""Users of Redis: each service's own, which reaches nothing but the keys of that service, and operators,
who see how Redis fares."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import redis

from backbone.store.sentinel import all_of, master_of
from services.access import User


def acl_line(name: str, rights: Iterable[str], password: str) -> str:
    """A line of Redis's ACL file; the password is in it as a hash."""
    hashed = hashlib.sha256(password.encode()).hexdigest()
    return f"user {name} on #{hashed} {' '.join(rights)}"


def put(redis_url: str, user: User, password: str) -> bool:
    """Give a user its rights in a Redis that runs, and in its replicas, which keep users of their own.
    Answers whether they outlive a restart: only where Redis has an ACL file. Raises what Redis raises."""
    given = ["reset", "on", f">{password}", *user.redis]
    kept = [_told(url, "ACL", "SETUSER", user.name, *given) for url in all_of(redis_url)]
    return all(kept)


def at_its_database(redis_url: str, name: str) -> str:
    """The URL, with the database that a user who is there is held to, if it is held to one."""
    store: Any = redis.Redis.from_url(master_of(redis_url))
    told = store.execute_command("ACL", "GETUSER", name)
    held = re.search(r"[+]select[|](\d+)", " ".join(map(str, _texts(told))))
    if not held:
        return redis_url
    where = urlsplit(redis_url)
    before, _, number = where.path.rpartition("/")  # of Sentinels the master's name comes before it
    before = before if number.isdecimal() or not number else where.path
    return urlunsplit(where._replace(path=f"{before}/{held[1]}"))


def _texts(told: Any) -> Iterator[str]:
    """Every text in what Redis tells, which differs by its protocol."""
    if isinstance(told, bytes | str):
        yield told.decode() if isinstance(told, bytes) else told
    elif isinstance(told, dict):
        yield from _texts([*told.keys(), *told.values()])
    elif isinstance(told, list | tuple | set):
        for each in told:
            yield from _texts(each)


def has(redis_url: str, name: str) -> bool:
    """Whether Redis knows this user."""
    store: Any = redis.Redis.from_url(master_of(redis_url))
    return store.execute_command("ACL", "GETUSER", name) is not None


def renew(redis_url: str, user: User) -> bool:
    """Give a user who is there its rights, and no others; it keeps its passwords. Answers as `put` does."""
    given = ["resetkeys", "resetchannels", "nocommands", *user.redis]
    kept = [_told(url, "ACL", "SETUSER", user.name, *given) for url in all_of(redis_url)]
    return all(kept)


def delete(redis_url: str, name: str) -> None:
    """Take it away."""
    for url in all_of(redis_url):
        _told(url, "ACL", "DELUSER", name)


def _told(url: str, *command: str) -> bool:
    """Whether what this Redis is told outlives its restart."""
    store: Any = redis.Redis.from_url(url)
    store.execute_command(*command)
    try:
        store.execute_command("ACL", "SAVE")
    except redis.ResponseError:
        return False
    return True
