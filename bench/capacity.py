"""What so many zones, parcels and events a day need, reckoned from what was measured.

    python -m bench.capacity --zones 100 --parcels 1000000 --events-per-day 10000000

prints the table of docs/capacity.md, as Markdown. The measured figures stand in `capacity.toml`, each with
where it comes from; `python -m bench.kept` measures those of the first table anew.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

MEASURED = Path(__file__).with_name("capacity.toml")
DAY_S = 86_400
ANNOUNCED_AT_MOST = 100_000  # facts that a service keeps, whatever ANNOUNCED_DAYS says
SERVICES = ("parcels", "enterprises", "projects", "notify")
Row = tuple[str, str, str]  # what, in a zone, in all


@dataclass(frozen=True)
class Asked:
    """What is to be carried. `peak` is how much denser the densest hour is than the mean of a day, `years`
    for how long it has been kept."""

    zones: int = 100
    parcels: int = 1_000_000
    events_per_day: int = 10_000_000
    peak: int = 10
    years: int = 1
    inbox_days: int = 45
    trail_days: int = 730
    announced_days: int = 7


def measured() -> dict[str, Any]:
    """The figures of `capacity.toml`, without what is said of them."""
    told = tomllib.loads(MEASURED.read_text("utf-8"))
    return dict(told["kept"]) | dict(told["carried"])


class Needs:
    """What one zone needs, in bytes, a second and cores."""

    def __init__(self, asked: Asked, found: dict[str, Any]) -> None:
        self.asked, self.found = asked, found
        self.parcels = asked.parcels / asked.zones
        self.daily = asked.events_per_day / asked.zones
        self.mean_per_s = self.daily / DAY_S
        self.peak_per_s = self.mean_per_s * asked.peak
        self.events = self.daily * 365 * asked.years
        self.facts = self._per_event("announced_count")
        self.marks = self._per_event("done_count")

    def _per_event(self, figure: str) -> float:
        return float(self.found[figure]) / float(self.found["events"])

    def _each(self, kind: str) -> float:
        return float(self.found[f"{kind}_bytes"]) / float(self.found[f"{kind}_count"])

    @property
    def things(self) -> float:
        """Documents, indexes, totals and the first change of parcels, cases, firms, listings and so on."""
        return self.parcels * float(self.found["things_bytes"]) / float(self.found["plots"])

    @property
    def histories(self) -> float:
        """Every later change of every thing, which are kept for good; each event makes as many as an event
        of the year makes changes at all."""
        return self.events * self.marks * self._each("later")

    @property
    def alerts(self) -> float:
        """Alerts and deliveries, which are kept for good."""
        return self.events * self._per_event("notify_bytes")

    @property
    def remembered(self) -> float:
        """The marks of messages that were done."""
        days = min(self.asked.inbox_days, 365 * self.asked.years)
        return self.daily * days * self.marks * self._each("done")

    @property
    def trails(self) -> float:
        """What notify knows of the facts behind an alert."""
        days = min(self.asked.trail_days, 365 * self.asked.years)
        return self.daily * days * self._per_event("hop_count") * self._each("hop")

    @property
    def announced(self) -> float:
        """The facts that are kept to be announced again."""
        wanted = self.daily * self.facts * self.asked.announced_days
        return min(wanted, ANNOUNCED_AT_MOST * len(SERVICES)) * self._each("announced")

    @property
    def redis(self) -> float:
        return (
            self.things + self.histories + self.alerts
            + self.remembered + self.trails + self.announced
        )  # fmt: skip

    def cores(self, per_s: float, of: str) -> float:
        """Of `of` one of the services, rabbitmq or redis."""
        return per_s * float(self.found["cpu_s"][of]) / float(self.found["events"])


def rows(asked: Asked, found: dict[str, Any]) -> Iterator[Row]:
    """The table."""
    need, zones = Needs(asked, found), asked.zones
    processes = 2 * len(SERVICES)

    def row(what: str, each: float, say: Any, of_all: float | None = None) -> Row:
        return what, say(each), say(each * zones if of_all is None else of_all)

    yield row("parcels", need.parcels, count)
    yield row("events a day", need.daily, count)
    yield row("events a second, mean", need.mean_per_s, rate)
    yield row(f"events a second, {asked.peak} times the mean", need.peak_per_s, rate)
    yield row("facts that follow, a day", need.daily * need.facts, count)
    yield row("processes of services, two of each", processes, count)
    yield row("memory of these", processes * found["process_mb"] * 1e6, size)
    yield row("cores of these at rest", processes * found["rest_ms_per_s"] / 1000, rate)
    at_peak = sum(need.cores(need.peak_per_s, each) for each in SERVICES)
    yield row("cores of these at the peak, besides", at_peak, rate)
    yield row("cores of RabbitMQ at the peak", need.cores(need.peak_per_s, "rabbitmq"), rate)
    yield row("cores of Redis at the peak", need.cores(need.peak_per_s, "redis"), rate)
    yield row("Redis: things as they are", need.things, size)
    yield row(f"Redis: histories of {asked.years} y", need.histories, size)
    yield row(f"Redis: alerts and deliveries of {asked.years} y", need.alerts, size)
    yield row(f"Redis: marks of what was done, {asked.inbox_days} d", need.remembered, size)
    yield row(f"Redis: trails of notify, {asked.trail_days} d at most", need.trails, size)
    yield row("Redis: announced facts, 100,000 of a service at most", need.announced, size)
    yield row("**Redis, memory in all**", need.redis, size)
    yield row("disk of Redis: twice that, while its file is rewritten", 2 * need.redis, size)
    aof = need.daily * float(found["aof_bytes"]) / float(found["events"])
    yield row("written to the disk of Redis, a day", aof, size)
    yield row("queues of RabbitMQ", found["queues"], count)
    # of two replicas each
    yield row("connections of RabbitMQ", 2 * found["connections"], count)
    yield row("channels of RabbitMQ", 2 * found["channels"], count)
    amqp = float(found["amqp_octets"]) / float(found["events"])
    yield row("network of RabbitMQ at the peak, bytes/s", need.peak_per_s * amqp, size)
    octets = float(found["redis_octets"]) / float(found["events"])
    yield row("network of Redis at the peak, bytes/s", need.peak_per_s * octets, size)


def headroom(asked: Asked, found: dict[str, Any]) -> str:
    """How near the peak of a zone comes to what one process of a service carried."""
    peak, carried = Needs(asked, found).peak_per_s, int(found["chain_per_s"])
    return (
        f"The peak of a zone, {rate(peak)} events a second, is {rate(100 * peak / carried)}% of the "
        f"{carried:,} a second that the chain of two services carried on two cores."
    )


def table(asked: Asked) -> str:
    """All of it, as Markdown."""
    found = measured()
    lines = [f"| {asked.zones:,} zones | in a zone | in all |", "| --- | --- | --- |"]
    lines += [f"| {' | '.join(each)} |" for each in rows(asked, found)]
    return "\n".join([*lines, "", headroom(asked, found)])


def count(value: float) -> str:
    return f"{round(value):,}"


def rate(value: float) -> str:
    """Two digits that count."""
    return f"{Decimal(f'{value:.2g}'):,f}"


def size(value: float) -> str:
    """Bytes, with two digits that count."""
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{rate(value)} {unit}"
        value /= 1000
    return f"{rate(value)} TB"


def _at_least_one(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no whole number from 1 on, as 100 is")
    return number


def main() -> None:
    parser = argparse.ArgumentParser(description="What so much work needs.")
    for name, default in vars(Asked()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=_at_least_one, default=default)
    print(table(Asked(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
