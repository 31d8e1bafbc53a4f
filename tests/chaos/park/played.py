"""A year of a small park, played while services, broker and store are killed, and the table of its overview.

Each event is sent until the broker has confirmed it, each command asked until it is answered. What is killed,
and when, is dealt by a seed: before which line, and how soon after it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from tests.chaos.desks.caller import Caller, Refusal
from tests.chaos.houses import HOUSES
from tests.chaos.ledger import Street, come_to_rest, sending
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.doorway import Host
from tests.support.doorway import Refusal as No
from tests.support.eventually import eventually
from tests.support.processes import SERVICES

HOUSE = replace(HOUSES["park"], services=SERVICES, away=())
SERVERS = ("rabbitmq", "redis")
DOWN_S = 1.0  # what was killed lies at most so long before it is started again
PATIENCE_S = 120
COUNTING = ("parcels", "enterprises", "projects")  # the services that own figures


class Door(Protocol):
    """A way into the services of a park."""

    def send(self, event: dict[str, Any]) -> None: ...

    def settle(self) -> None:
        """Wait until every event that was sent has its receipt."""

    def ask(self, service: str, method: str, kwargs: dict[str, Any]) -> Any: ...


def play(lines: Iterable[str], door: Door) -> None:
    """Send the year through the door, in its order; a command once all before it has its receipt."""
    for line in map(json.loads, lines):
        if "event" in line:
            door.send(line["event"])
        else:
            door.settle()
            until_taken(door, **line["call"])
    door.settle()


def until_taken(door: Door, service: str, method: str, kwargs: dict[str, Any]) -> None:
    """A command is refused while what it rests on is on its way from another service."""
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            door.ask(service, method, kwargs)
            return
        except (Refusal, No):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def table(door: Door, days: list[str]) -> dict[str, Any]:
    """The page of each day, and each figure on it with its parts."""
    return {day: dict(_of(door, day)) for day in days}


def figures(door: Door, **asked: Any) -> dict[str, Any]:
    """The figures of all services by their names, by the clocks that are asked for."""
    told = [each for name in COUNTING for each in door.ask(name, "overview_figures", asked)]
    return {each["figure"]: each for each in told}


def _of(door: Door, day: str) -> Iterator[tuple[str, Any]]:
    page = door.ask("parcels", "overview", {"on": day})
    yield "page", {name: said for name, said in page.items() if name != "known_at"}
    for service in COUNTING:
        for each in door.ask(service, "overview_figures", {"on": day}):
            about = {"figure": each["figure"], "on": day}
            yield each["figure"], door.ask(service, "explain_overview", about)


class Calm:
    """Into a host where nothing breaks: each event is answered before the next is sent."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def send(self, event: dict[str, Any]) -> None:
        key = f"{event['source'].rpartition('/')[2]}.{event['type']}"
        self.host.post(f"events/{key}?wait_s=60", json.dumps(event).encode())

    def settle(self) -> None:
        """Nothing waits."""

    def ask(self, service: str, method: str, kwargs: dict[str, Any]) -> Any:
        return self.host.call(service, method, **kwargs)


class Faulty:
    """Into four processes on a broker and a store. Use as a context manager."""

    def __init__(self, rabbitmq: RabbitMQ, store: RedisServer) -> None:
        self.street = Street(rabbitmq, store, HOUSE, replicas=1)
        self._publish = sending(self.street.uri, HOUSE.feed)
        self._caller = Caller(self.street.uri)
        self.sent: set[str] = set()
        self._said: dict[str, dict[str, Any]] = {}  # receipts by their own ids

    def __enter__(self) -> Faulty:
        return self

    def __exit__(self, *_: object) -> None:
        self._caller.close()
        self.street.close()

    def send(self, event: dict[str, Any]) -> None:
        self._publish(event)
        self.sent.add(event["id"])

    def settle(self) -> None:
        eventually(lambda: not self.without_receipt(), PATIENCE_S, every=0.02)

    def without_receipt(self) -> set[str]:
        """The events that were not yet accepted, or were not yet answered."""
        if self.sent - self.accepted().keys():
            try:
                for (
                    receipt
                ) in self.street.said():  # it is off the queue: keep it before the broker can go
                    self._said[receipt["id"]] = receipt["data"]
            except (OSError, *Caller(self.street.uri)._broken()):
                return self.sent  # the broker is away
        return self.sent - self.accepted().keys()

    def accepted(self) -> Counter[str]:
        """How often each event was accepted; what was accepted before is a duplicate."""
        said = self._said.values()
        return Counter(each["event_id"] for each in said if each["outcome"] == "accepted")

    def ask(self, service: str, method: str, kwargs: dict[str, Any]) -> Any:
        return self._caller.call(service, method, **kwargs)


class Blows:
    """What is killed before which line: each service, the broker and the store, and `more` services again."""

    def __init__(self, street: Street, seed: int, lines: list[str], more: int = 2) -> None:
        self.street, self.chance, self.lines = street, random.Random(seed), lines
        victims = [*SERVICES, *SERVERS, *self.chance.choices(SERVICES, k=more)]
        self.chance.shuffle(victims)
        moments = sorted(self.chance.sample(range(len(lines)), len(victims)))
        self.victims = dict(zip(moments, victims, strict=True))
        self.fallen: list[Future[None]] = []

    def beside(self, first: int, end: int) -> Iterator[str]:
        """The lines from one to another, while blows fall beside them: one after the other, and all before
        this ends."""
        with ThreadPoolExecutor(1) as hand:
            for number in range(first, end):
                if victim := self.victims.get(number):
                    soon = self.chance.uniform(0, 0.3), self.chance.uniform(0, DOWN_S)
                    self.fallen.append(hand.submit(self._strike, victim, *soon))
                yield self.lines[number]
        for each in self.fallen:
            each.result()

    def _strike(self, victim: str, soon_s: float, down_s: float) -> None:
        time.sleep(soon_s)
        server = {"rabbitmq": self.street.rabbitmq, "redis": self.street.store}.get(victim)
        (server or self.street.children[victim, 0]).kill()
        time.sleep(down_s)
        if server:
            server.restart()
        else:
            self.street.mend()


def under_faults(door: Faulty, lines: list[str], seed: int) -> tuple[Blows, datetime]:
    """Play while blows fall, and let everything come to rest, halfway as well: at which moment that was."""
    blows, half = Blows(door.street, seed, lines), len(lines) // 2
    try:
        play(blows.beside(0, half), door)
        come_to_rest(door.street)
        halfway = datetime.now(UTC)
        play(blows.beside(half, len(lines)), door)
        come_to_rest(door.street)
    except BaseException:
        tails = (child.tail(8) for child in door.street.children.values())
        print(*tails, sep="\n", file=sys.stderr)
        print(f"of {len(door.sent)} events {len(door.accepted())} are accepted", file=sys.stderr)
        print(door.street.rabbitmq.standing(door.street.uri), file=sys.stderr)
        raise
    return blows, halfway
