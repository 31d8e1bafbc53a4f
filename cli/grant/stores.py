"""Users of Redis: each service's own, which reaches nothing but the keys of that service, and operators,
who see how Redis fares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import redis

from backbone.store.sentinel import all_of
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
