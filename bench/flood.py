"""How long a township waits for its receipts while another one floods, beside how long it waits otherwise.

One sends twenty reports a second, well within its share: while nobody else sends, while the other sends
a thousand a second, and while the other sends thousands as fast as the broker takes them. Once with the
share of a publisher that the services keep to (`PUBLISHER_PER_S`), and once without. The other is a
process of its own: `python -m bench.flood URI NAME REPORTS PER_S`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import kombu
from rich.console import Console

from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.processes import ServiceProcess

from .work import ROOT

CALM, FLOODING = "330604006", "330604007"
CALM_PER_S, QUIET_S = 20, 10
STEADY_PER_S = 1000  # ten times the share
PATIENCE_S = 300.0
out = Console()


class Receipts:
    """Hears all receipts, each with the moment at which it came."""

    def __init__(self, uri: str) -> None:
        self.uri, self.at, self.over = uri, dict[str, float](), threading.Event()
        self.outcomes: set[str] = set()
        self._queue = kombu.Queue("receipts-all", queue_arguments={"x-queue-type": "classic"})
        with kombu.Connection(uri) as connection:
            self._queue(connection.channel()).declare()
            self._queue(connection.channel()).bind_to("township.receipts", "#")
        self._thread = threading.Thread(target=self._hear)
        self._thread.start()

    def has_all_of(self, name: str, reports: int) -> bool:
        """Whether so many reports whose id begins with this have a receipt."""
        return sum(each.startswith(name) for each in list(self.at)) >= reports

    def stop(self) -> None:
        self.over.set()
        self._thread.join()

    def _hear(self) -> None:
        with (
            kombu.Connection(self.uri) as connection,
            connection.Consumer(self._queue, callbacks=[self._take], no_ack=True),
        ):
            while not self.over.is_set():
                with suppress(TimeoutError):
                    connection.drain_events(timeout=0.5)

    def _take(self, body: bytes, message: kombu.Message) -> None:
        said = json.loads(message.body)["data"]
        self.at.setdefault(said["event_id"], time.monotonic())  # a stall may send one twice
        self.outcomes.add(said["outcome"])


def measure(rabbitmq: RabbitMQ, store: RedisServer, reports: int) -> dict[str, Any]:
    """The waits of the calm one in ms by what the other does, with the share of a publisher and without;
    `flood_spared` is p95 in a burst without the share by the same with it."""
    found: dict[str, Any] = {}
    for name, per_s in (("with share", "100"), ("without", "0")):
        out.print(f"flood {name}", style="dim")
        waits, took_s = _waits(rabbitmq, store, reports, per_s)
        for other, those in waits.items():
            found[f"flood_ms, {name}: {other}"] = _percentiles(those)
        found[f"flood_took_s, {name}"] = took_s
    spared = [found[f"flood_ms, {name}: burst"]["p95"] for name in ("without", "with share")]
    return found | {"flood_spared": spared[0] / spared[1]}


def _waits(
    rabbitmq: RabbitMQ, store: RedisServer, reports: int, per_s: str
) -> tuple[dict[str, list[float]], float]:
    """The waits by what the other does, in seconds, and how long its burst took until all was answered."""
    with _park(rabbitmq, store, per_s) as uri:
        receipts = Receipts(uri)
        calm = Calm(uri, receipts)
        try:
            calm.send("warm", until=_over(1))
            waits = {"quiet": calm.send("quiet", until=_over(QUIET_S))}
            for other, its_per_s in (("steady", STEADY_PER_S), ("burst", 0)):
                began = time.monotonic()
                with _flood(uri, other, reports, its_per_s):
                    lasts = partial(receipts.has_all_of, other, reports)
                    waits[other] = calm.send(f"in {other}", until=lasts)
            took_s = max(at for each, at in receipts.at.items() if each.startswith("burst")) - began
            if receipts.outcomes != {"accepted"}:
                raise RuntimeError(f"the receipts said {receipts.outcomes}")
        finally:
            calm.publisher.close()
            receipts.stop()
    return waits, took_s


class Calm:
    """The township that sends a few reports, evenly."""

    def __init__(self, uri: str, receipts: Receipts) -> None:
        self.publisher, self.receipts, self._number = Publisher(uri), receipts, 0

    def send(self, name: str, until: Callable[[], bool]) -> list[float]:
        """Send reports `until` it is enough. Answers how long each waited for its receipt, in seconds."""
        sent: dict[str, float] = {}
        began = time.monotonic()
        while not until():
            event_id, self._number = f"{name}-{self._number}", self._number + 1
            sent[event_id] = time.monotonic()
            self.publisher.publish([_report(CALM, event_id, self._number)])
            time.sleep(max(0, began + len(sent) / CALM_PER_S - time.monotonic()))
        late = time.monotonic() + PATIENCE_S
        while not sent.keys() <= self.receipts.at.keys() and time.monotonic() < late:
            time.sleep(0.05)
        return [self.receipts.at[each] - at for each, at in sent.items()]


def _over(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


@contextmanager
def _park(rabbitmq: RabbitMQ, store: RedisServer, per_s: str) -> Iterator[str]:
    uri, url = rabbitmq.new_vhost(), store.new_url()
    service = ServiceProcess(["parcels"], uri, url, PUBLISHER_PER_S=per_s)
    service.wait_ready(60)
    try:
        yield uri
    finally:
        service.discard()
        rabbitmq.delete_vhost(uri)


@contextmanager
def _flood(uri: str, name: str, reports: int, per_s: int) -> Iterator[None]:
    command = [sys.executable, "-W", "ignore", "-m", "bench.flood", uri, name]
    with subprocess.Popen([*command, str(reports), str(per_s)], cwd=ROOT) as flooding:
        try:
            yield
        finally:
            flooding.kill()


def publish(uri: str, name: str, reports: int, per_s: int) -> None:
    """Send so many reports a second, or with 0 as many as the broker takes."""
    publisher, at_once = Publisher(uri), max(1, per_s // 20) if per_s else 500
    first = 1_000_000 if per_s else 2_000_000
    made = [_report(FLOODING, f"{name}-{number}", first + number) for number in range(reports)]
    began = time.monotonic()
    for start in range(0, reports, at_once):
        publisher.publish(made[start : start + at_once])
        if per_s:
            time.sleep(max(0, began + (start + at_once) / per_s - time.monotonic()))
    publisher.close()


def _percentiles(waits: list[float]) -> dict[str, float]:
    in_order = sorted(wait * 1000 for wait in waits)
    at = lambda part: in_order[int(len(in_order) * part)]  # noqa: E731 - reads as a word
    return {"p50": at(0.5), "p95": at(0.95), "most": in_order[-1]}


def _report(township: str, event_id: str, number: int) -> OutgoingMessage:
    event = {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/townships/{township}",
        "type": "parcel.registered",
        "time": "2023-08-01T09:30:00+08:00",
        "data": {
            "parcel_id": f"{township}-{number:07}",
            "area_m2": "11781",
            "land_use": "industrial",
            "planned_use": "industrial",
            "in_zone": True,
            "surveyed_on": "2023-07-20",
        },
    }
    key = f"{township}.parcel.registered"
    return OutgoingMessage("township.events", key, json.dumps(event).encode())


if __name__ == "__main__":
    publish(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
