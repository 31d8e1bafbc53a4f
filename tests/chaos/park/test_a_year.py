"""A small year, played on real servers while everything is killed, is counted by the overview as one without
faults, and as a plain list of what arrived."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.chaos.park import played
from tests.naive.arrived import Figure, figure_of
from tests.naive.lines import arrived_in, figures
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
        blows, halfway = played.under_faults(door, lines, seed)
        print(f"killed, by the line before which: {blows.victims}")
        found = played.table(door, DAYS)
        known_then = played.figures(door, on=DAYS[0], known_at=halfway.isoformat())
        by_later_rules = played.figures(door, on=DAYS[0], rules=DAYS[-1])

    assert found == expected
    for day in DAYS:
        assert told(found[day], day) == reckoned(lines, day)
    first_half = reckoned(lines[: len(lines) // 2], DAYS[0])
    assert of_day(known_then, DAYS[0]) == first_half != reckoned(lines, DAYS[0])
    assert of_day(by_later_rules, DAYS[0]) == reckoned(lines, DAYS[0], rules=DAYS[-1])
    assert set(door.accepted()) == door.sent, "every event has its receipt"
    assert set(door.accepted().values()) == {1}, "no event was accepted twice"
    assert sum(len(each["parts"]) for each in of_all(expected)) > 100


def test_a_receipt_that_was_read_as_the_broker_went_is_not_asked_for_again():
    door = object.__new__(played.Faulty)
    door.sent, door._said, door.street = {"one", "two"}, {}, Going()
    assert door.without_receipt() == door.sent, "the broker is away"
    assert door.without_receipt() == {"two"}


class Going:
    """A broker that hands over one receipt and goes."""

    uri = "amqp://nobody"

    def __init__(self) -> None:
        self.lies = [{"id": "receipt", "data": {"event_id": "one", "outcome": "accepted"}}]

    def said(self):
        if self.lies:
            yield self.lies.pop()
            raise ConnectionResetError


def told(said: dict[str, Any], day: str) -> dict[str, Figure]:
    """The figures of a day, by their names."""
    return of_day({name: each["figure"] for name, each in said.items() if name != "page"}, day)


def of_day(answers: dict[str, Any], day: str) -> dict[str, Figure]:
    on = date.fromisoformat(day)
    return {name: figure_of(each, on) for name, each in answers.items()}


def reckoned(lines: list[str], day: str, rules: str = "") -> dict[str, Figure]:
    """The same by the plain list, as all of these lines are known, by the rules of the day or of another."""
    on, by = date.fromisoformat(day), date.fromisoformat(rules or day)
    of_services = figures(arrived_in(lines), on, datetime.now(UTC), by).values()
    return {name: figure for each in of_services for name, figure in each.items()}


def of_all(table: dict[str, Any]) -> list[Any]:
    return [said for day in table.values() for name, said in day.items() if name != "page"]
