"""A small year that is played once, into four services in one process."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from backbone.errors import Invalid, NotFound, Reason, Refused
from cli.year.playing import Played, Player
from tests.support.doorway import Host, Refusal
from tests.support.park import SERVICES
from year.plan import of_size
from year.stream import year

PLAN = of_size(1, 40)


class GatewayDoor:
    """Into a host, by its gateway: many at once, each of which waits for its receipt."""

    ERRORS = {"NotFound": NotFound, "Refused": Refused, "Invalid": Invalid}

    def __init__(self, host: Host) -> None:
        self.host = host
        self._receipts: list[dict[str, Any]] = []

    def send(self, events: list[dict[str, Any]]) -> None:
        left = events
        while left:  # the gateway knows a receipt by the bytes: a copy goes after its original
            wave = list({each["id"]: each for each in reversed(left)}.values())
            with ThreadPoolExecutor(24) as at_once:
                self._receipts += at_once.map(self._publish, wave)
            left = [each for each in left if not any(each is sent for sent in wave)]

    def _publish(self, event: dict[str, Any]) -> Any:
        key = f"{event['source'].rpartition('/')[2]}.{event['type']}"
        return self.host.post(f"events/{key}?wait_s=60", json.dumps(event).encode())

    def receipts(self, wait_s: float) -> list[dict[str, Any]]:
        arrived, self._receipts = self._receipts, []
        return arrived

    def ask(self, service: str, method: str, arguments: dict[str, Any]) -> Any:
        try:
            return self.host.call(service, method, **arguments)
        except Refusal as problem:
            kind = self.ERRORS.get(str(problem.body.get("error")), Refused)
            raise kind([Reason(**each) for each in problem.body.get("reasons", ())]) from problem


@pytest.fixture(scope="package")
def park() -> Iterator[Host]:
    with Host("park", SERVICES, "embedded://year", "memory://year") as host:
        yield host


@pytest.fixture(scope="package")
def once(park) -> Played:
    """What came of the year when it was played for the first time."""
    return Player(GatewayDoor(park), 15).play(year(PLAN))
