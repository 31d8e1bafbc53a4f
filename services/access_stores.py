"""What each user may in Redis, as a table: part of docs/contracts/permissions.md, and what a test has Redis
itself judge cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from backbone.records import record

from . import access
from .access import User
from .installation import HOMES
from .wiring import Wiring

DANGEROUS = ("dangerous",)
ADMIN = ("admin", "dangerous")


@record
class Attempt:
    """A command of Redis, and what it would mean. `categories` are those of Redis that decide here."""

    meaning: str
    command: tuple[str, ...]
    categories: tuple[str, ...] = ()
    reads: str = ""  # the key that it reads
    writes: str = ""  # the key that it writes


def users(wired: Wiring) -> list[User]:
    """Everybody whom Redis knows, one of each kind and every service."""
    return [
        *(access.service(name, wired) for name in HOMES),
        access.operator("wang", (), ()),
        access.watcher(),
        access.copier(),
        access.replica(),
        access.sentinel(),
        access.administrator(),
    ]


def attempts() -> list[Attempt]:
    """Everything that is tried."""
    return [*_of_keys(), *_of_the_server()]


def _of_keys() -> Iterable[Attempt]:
    for name in HOMES:
        key, store = f"{{{name}}}:birth", f"the store of {name}"
        yield Attempt(meaning=f"read {store}", command=("GET", key), reads=key)
        yield Attempt(meaning=f"write {store}", command=("SET", key, "1"), writes=key)
        yield Attempt(meaning=f"copy {store}", command=("DUMP", key), reads=key)
        script = ("EVAL", "return 1", "1", key)
        yield Attempt(meaning=f"run a script on {store}", command=script, writes=key)
    other = "{somebody}:birth"
    yield Attempt(meaning="read what is no service's", command=("GET", other), reads=other)


def _of_the_server() -> Iterable[Attempt]:
    yield Attempt(meaning="ask whether it lives", command=("PING",))
    yield Attempt(meaning="list keys", command=("SCAN", "0"))
    yield Attempt(meaning="list all keys at once", command=("KEYS", "*"), categories=DANGEROUS)
    yield Attempt(meaning="ask how it fares", command=("INFO",), categories=DANGEROUS)
    for meaning, *command in (
        ("see a setting", "CONFIG", "GET", "appendonly"),
        ("change a setting", "CONFIG", "SET", "appendonly", "no"),
        ("see who is let in", "ACL", "LIST"),
        ("let somebody in", "ACL", "SETUSER", "somebody"),
        ("ask what another may", "ACL", "DRYRUN", "somebody", "GET", "x"),
        ("read along what others do", "MONITOR"),
        ("make it the replica of another", "REPLICAOF", "elsewhere", "6379"),
        ("end it", "SHUTDOWN"),
    ):
        yield Attempt(meaning=meaning, command=tuple(command), categories=ADMIN)
    yield Attempt(meaning="empty it", command=("FLUSHALL",), categories=DANGEROUS)


def may(rules: Iterable[str], attempt: Attempt) -> bool:
    """Whether Redis lets a user with these rules do it: commands as the last rule that speaks of them says,
    keys as any pattern."""
    runs = False
    readable, writable = [], []
    for rule in rules:
        if rule[0] in "+-" and _speaks_of(rule[1:], attempt):
            runs = rule[0] == "+"
        elif rule.startswith("%R~"):
            readable.append(rule[3:])
        elif rule.startswith("~"):
            readable.append(rule[1:])
            writable.append(rule[1:])
    return runs and _fits(attempt.reads, readable) and _fits(attempt.writes, writable)


def _speaks_of(what: str, attempt: Attempt) -> bool:
    name, *more = (word.lower() for word in attempt.command)
    within = [f"@{each}" for each in ("all", *attempt.categories)]
    return what in (name, f"{name}|{more[0] if more else ''}", *within)


def _fits(key: str, patterns: list[str]) -> bool:
    return not key or any(fnmatchcase(key, each) for each in patterns)
