"""What an old day costs beside today, after a year was played into four services on real servers: figures of
the overview on a day of the year, and as they were known when two thirds were played (the first projects come
in the second half), and single things as of then. Asked by turns."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from statistics import median
from typing import Any

from nameko.exceptions import RemoteError

from cli.year.broker import BrokerDoor
from cli.year.playing import Player
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.internal import calling
from tests.support.processes import SERVICES, ServiceProcess
from year.plan import of_size
from year.stream import year

PATIENCE_S = 60.0
OLD_DAY = "2023-07-31"
COUNTING = ("parcels", "enterprises", "projects")
THINGS = {
    "parcel": "parcels",
    "case": "parcels",
    "enterprise": "enterprises",
    "project": "projects",
}
Question = tuple[
    str, str, dict[str, Any], dict[str, Any]
]  # service, method, of today, of the old day


def measure(rabbitmq: RabbitMQ, store: RedisServer, plots: int, rounds: int) -> dict[str, Any]:
    """`<name>_on_old_day`, `<name>_as_known_then` and `<kind>_as_of_then` are medians of the old by those
    of today, with what each of today took in ms."""
    uri, url = rabbitmq.new_vhost(), store.new_url()
    services = [ServiceProcess([name], uri, url) for name in SERVICES]
    for service in services:
        service.wait_ready(60)
    try:
        then = _played(uri, plots)
        with calling(uri, 60) as park:
            return _compared(park, dict(_questions(park, then)), rounds)
    finally:
        for service in services:
            service.discard()
        rabbitmq.delete_vhost(uri)


def _played(uri: str, plots: int) -> str:
    """Play two thirds and the rest, and answer the moment between them."""
    lines = list(year(of_size(1, plots)))
    most = len(lines) * 2 // 3
    _play(uri, lines[:most])
    then = datetime.now(UTC)
    _play(uri, lines[most:])
    return then.isoformat()


def _play(uri: str, lines: list[str]) -> None:
    door = BrokerDoor(uri, PATIENCE_S)
    try:
        played = Player(door, PATIENCE_S).play(lines)
    finally:
        door.close()
    if not played.is_whole:
        raise RuntimeError(f"not all of the year was taken: {played}")


def _questions(park: Any, then: str) -> Iterator[tuple[str, Question]]:
    for name in COUNTING:
        of_name = name, "overview_figures"
        yield f"{name}_on_old_day", (*of_name, {}, {"on": OLD_DAY})
        yield (
            f"{name}_as_known_then",
            (*of_name, {"on": OLD_DAY}, {"on": OLD_DAY, "known_at": then}),
        )
    for kind, service in THINGS.items():
        get = getattr(park[service], f"get_{kind}")
        listed = getattr(park[service], f"list_{kind}s")(limit=200)["items"]
        ids = ({f"{kind}_id": each[f"{kind}_id"]} for each in listed)
        about = next(each for each in ids if _was_there(get, {**each, "as_of": then}))
        asked = service, f"get_{kind}"
        yield f"{kind}_as_of_then", (*asked, about, {**about, "as_of": then})


def _was_there(get: Any, asked: dict[str, Any]) -> bool:
    try:
        return bool(get(**asked))
    except RemoteError:
        return False


def _compared(park: Any, questions: dict[str, Question], rounds: int) -> dict[str, float]:
    took: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for number in range(rounds):
        for name, (service, method, *asked) in questions.items():
            ask = getattr(park[service], method)
            turns = asked if number % 2 else asked[::-1]  # whoever comes second pays for the first
            ms = [_ms(ask, each) for each in turns]
            new, old = ms if number % 2 else ms[::-1]
            took[name].append((new, old))
    found: dict[str, float] = {}
    for name, pairs in took.items():
        new, old = (median(each) for each in zip(*pairs, strict=True))
        found |= {name: old / new, f"{name}_today_ms": new}
    return found


def _ms(ask: Any, asked: dict[str, Any]) -> float:
    began = time.perf_counter()
    ask(**asked)
    return (time.perf_counter() - began) * 1000
