"""Users of Redis: each service's own, which reaches nothing but the keys of that service, and operators,
who see how Redis fares."""

from __future__ import annotations

import hashlib
from typing import Any

import redis

from services.access import User

# all commands but those that look at or change the whole server, and the two that tell whether it keeps
# what it is given
OF_A_SERVICE = ["+@all", "-@dangerous", "-@admin", "+info", "+config|get"]
OF_WHO_LOOKS = ["-@all", "+ping", "+info", "+config|get", "+select"]


def rights_of(user: User) -> list[str]:
    """What this user may at Redis, in the words of its ACL; none who has nothing to do there."""
    if user.store:
        return ["resetchannels", f"~{{{user.store}}}:*", *OF_A_SERVICE]
    return ["resetchannels", "resetkeys", *OF_WHO_LOOKS] if user.looks_at_redis else []


def acl_line(name: str, rights: list[str], password: str) -> str:
    """A line of Redis's ACL file; the password is in it as a hash."""
    hashed = hashlib.sha256(password.encode()).hexdigest()
    return f"user {name} on #{hashed} {' '.join(rights)}"


def put(redis_url: str, user: User, password: str) -> bool:
    """Give a user its rights in a Redis that runs. Answers whether they outlive a restart: only where
    Redis has an ACL file. Raises what Redis raises."""
    store: Any = redis.Redis.from_url(redis_url)
    given = ["reset", "on", f">{password}", *rights_of(user)]
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
