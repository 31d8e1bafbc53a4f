"""What each service announced, held against what the others did; and what others know of a service that was
put back from a copy, and it does not know itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from services.installation import HOMES

Ask = Callable[..., Any]  # of a service, a method with its arguments
AT_ONCE = 500
AROUND = timedelta(
    minutes=1
)  # a receipt says when its event was decided, some moments before it was kept
ON_ITS_WAY = timedelta(seconds=10)  # a fact that was announced just now is not missing yet


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was put back. Receipts from `void_since` to `restored_at` are void, of events of these
    types."""

    service: str
    copied_at: datetime
    restored_at: datetime
    void_since: datetime
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that `by` announced and `to` has not done."""

    by: str
    to: str
    type: str
    id: str
    about: str | None
    position: str
    is_parked: bool


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A fact of `by` because of which `to` changed a thing, and which `by` does not know."""

    by: str
    to: str
    type: str
    id: str
    at: datetime
    thing: str
    thing_id: str


@dataclass(frozen=True, slots=True)
class Account:
    """All that was found. `compared` counts the facts that were looked at, one for each that hears it."""

    restored: tuple[Restored, ...]
    compared: int
    missing: tuple[Missing, ...]
    forgotten: tuple[Forgotten, ...]


def compare(ask: Ask, on_step: Callable[[str], object]) -> Account:
    """Ask every service what it announced, and those who hear it what of it they have done."""
    origins = {name: ask(name, "store_origin") for name in HOMES}
    told: dict[str, set[str]] = {}
    missing: list[Missing] = []
    compared = 0
    for name, origin in origins.items():
        on_step(f"what {name} announced")
        told[name] = set()
        for facts in _announced(ask, name, origin["announced_since"]):
            told[name].update(fact["id"] for fact in facts)
            due = [
                each for each in facts if _moment(each["due_at"]) < datetime.now(UTC) - ON_ITS_WAY
            ]
            compared += sum(len(fact["heard_by"]) for fact in due)
            missing += _missing(ask, name, due)
    restored = tuple(_restored(origins))
    forgotten: list[Forgotten] = []
    for one in restored:
        for name in HOMES:
            if name != one.service:
                on_step(f"what {name} knows of {one.service}")
                known = told[one.service]
                forgotten += (each for each in _heard(ask, one, name) if each.id not in known)
    return Account(restored, compared, tuple(missing), tuple(forgotten))


def send(ask: Ask, missing: tuple[Missing, ...], by: str, on_sent: Callable[[int], object]) -> int:
    """Have what is missing announced again, but for what is parked. Answers how many facts."""
    ways: dict[tuple[str, str], list[str]] = {}
    for each in missing:
        if not each.is_parked:
            ways.setdefault((each.by, each.to), []).append(each.position)
    for (service, to), positions in ways.items():
        rest = iter(positions)
        while some := [*islice(rest, AT_ONCE)]:
            ask(service, "announce_again", positions=some, to=to, by=by)
            on_sent(len(some))
    return sum(map(len, ways.values()))


def _announced(ask: Ask, service: str, since: str | None) -> Iterator[list[dict[str, Any]]]:
    cursor = None
    while since:
        page = ask(service, "list_announced", since=since, limit=AT_ONCE, cursor=cursor)
        yield page["items"]
        cursor = page["cursor"]
        if cursor is None:
            return


def _missing(ask: Ask, service: str, facts: list[dict[str, Any]]) -> Iterator[Missing]:
    for to in sorted({name for fact in facts for name in fact["heard_by"]}):
        heard = {fact["id"]: fact for fact in facts if to in fact["heard_by"]}
        named = [{"type": fact["type"], "id": fact["id"]} for fact in heard.values()]
        for each in ask(to, "list_missing", facts=named):
            fact = heard[each["id"]]
            what = (fact["type"], fact["id"], fact["about"], fact["position"])
            yield Missing(service, to, *what, each["is_parked"])


def _heard(ask: Ask, restored: Restored, to: str) -> Iterator[Forgotten]:
    since, cursor = restored.copied_at.isoformat(), None
    while True:
        page = ask(to, "list_heard", source=restored.service, since=since, cursor=cursor)
        for fact in page["items"]:
            more = fact | {"at": _moment(fact["at"])}
            yield Forgotten(by=restored.service, to=to, **more)
        cursor = page["cursor"]
        if cursor is None:
            return


def _restored(origins: dict[str, dict[str, Any]]) -> Iterator[Restored]:
    for name, said in origins.items():
        if said["copied_at"]:
            copied_at, restored_at = _moment(said["copied_at"]), _moment(said["restored_at"])
            types = tuple(said["hears_from_outside"])
            yield Restored(name, copied_at, restored_at, copied_at - AROUND, types)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
