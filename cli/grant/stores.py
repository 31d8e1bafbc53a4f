"""Users of Redis: each service's own, which reaches nothing but the keys of that service, and operators,
who see how Redis fares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import redis

from services.access import User


def acl_line(name: str, rights: Iterable[str], password: str) -> str:
    """A line of Redis's ACL file; the password is in it as a hash."""
    hashed = hashlib.sha256(password.encode()).hexdigest()
    return f"user {name} on #{hashed} {' '.join(rights)}"


def put(redis_url: str, user: User, password: str) -> bool:
    """Give a user its rights in a Redis that runs. Answers whether they outlive a restart: only where
    Redis has an ACL file. Raises what Redis raises."""
    store: Any = redis.Redis.from_url(redis_url)
    given = ["reset", "on", f">{password}", *user.redis]
    store.execute_command("ACL", "SETUSER", user.name, *given)
    return _saved(store)


def delete(redis_url: str, name: str) -> None:
    """Take it away."""
    store: Any = redis.Redis.from_url(redis_url)
    store.execute_command("ACL", "DELUSER", name)
    _saved(store)


def _saved(store: Any) -> bool:
    try:
        store.execute_command("ACL", "SAVE")
    except redis.ResponseError:
        return False
    return True
