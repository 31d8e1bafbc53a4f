"""A small year, played while everything is killed, is counted by the overview as one without faults."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.chaos import played
from tests.support.doorway import Host
from tests.support.processes import SERVICES
from year.plan import of_size
from year.stream import year

PLOTS = 40
DAYS = ["2023-07-31", "2023-12-31", "2024-03-31"]


def without_faults(lines: list[str]) -> dict[str, Any]:
    with Host("park", list(SERVICES), "embedded://calm", "memory://calm") as host:
        door = played.Calm(host)
        played.play(lines, door)
        return played.table(door, DAYS)


@pytest.mark.timeout(500)
def test_a_year_under_faults_is_counted_as_one_without(rabbitmq, redis_server):
    rabbitmq.ensure_up()
    redis_server.ensure_up()
    seed = uuid.uuid4().int % 10_000
    print(f"seed {seed}")  # first: whatever fails shows it
    lines = list(year(of_size(1, PLOTS)))
    expected = without_faults(lines)

    with played.Faulty(rabbitmq, redis_server) as door:
        blows = played.under_faults(door, lines, seed)
        print(f"killed, by the line before which: {blows.victims}")
        found = played.table(door, DAYS)

    assert found == expected
    assert set(door.accepted()) == door.sent, "every event has its receipt"
    assert set(door.accepted().values()) == {1}, "no event was accepted twice"
    assert sum(len(each["parts"]) for each in of_all(expected)) > 100


def of_all(table: dict[str, Any]) -> list[Any]:
    return [said for day in table.values() for name, said in day.items() if name != "page"]
