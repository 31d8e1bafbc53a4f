"""How long a township waits for its receipts while another one floods, beside how long it waits otherwise.

One sends a report a second, before and while the other sends thousands as fast as the broker takes them;
once with the share of a publisher that the services keep to (`PUBLISHER_PER_S`), and once without.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import kombu
from rich.console import Console

from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.processes import ServiceProcess

CALM, FLOODING = "330604006", "330604007"
QUIET_S = 20
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

    def answered(self, name: str) -> int:
        """How many reports whose id begins with this have a receipt."""
        return sum(each.startswith(name) for each in list(self.at))

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


def measure(rabbitmq: RabbitMQ, store: RedisServer, reports: int) -> dict[str, float]:
    """p95 of the time to a receipt in ms without a flood, and how many times that it is in one, with the
    share of a publisher and without; `flood_spared` is the second by the first."""
    found: dict[str, float] = {}
    for name, per_s in (("with_share", "100"), ("without", "0")):
        out.print(f"flood {name}", style="dim")
        quiet, flooded, took_s = _waits(rabbitmq, store, reports, per_s)
        found[f"flood_quiet_ms_{name}"] = quiet
        found[f"flood_ms_{name}"] = flooded
        found[f"flood_{name}"] = flooded / quiet
        found[f"flood_took_s_{name}"] = took_s
    return found | {"flood_spared": found["flood_without"] / found["flood_with_share"]}


def _waits(
    rabbitmq: RabbitMQ, store: RedisServer, reports: int, per_s: str
) -> tuple[float, float, float]:
    with _park(rabbitmq, store, per_s) as uri:
        receipts = Receipts(uri)
        try:
            _one_a_second(uri, receipts, range(3), lambda: True)  # for warming up
            quiet = _one_a_second(uri, receipts, range(3, 3 + QUIET_S), lambda: True)
            flood = threading.Thread(target=_flood, args=(uri, reports))
            began = time.monotonic()
            flood.start()
            lasts = lambda: receipts.answered("flood") < reports  # noqa: E731 - reads as a word
            flooded = _one_a_second(uri, receipts, range(100, 1000), lasts)
            took_s = max(at for each, at in receipts.at.items() if "flood" in each) - began
            flood.join()
            if receipts.outcomes != {"accepted"}:
                raise RuntimeError(f"the receipts said {receipts.outcomes}")
        finally:
            receipts.stop()
    return _p95(quiet), _p95(flooded), took_s


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


def _one_a_second(
    uri: str, receipts: Receipts, numbers: range, lasts: Callable[[], bool]
) -> list[float]:
    """How long each of these reports waited for its receipt, in seconds, sent while it `lasts`."""
    publisher, sent = Publisher(uri), dict[str, float]()
    for number in numbers:
        if not lasts():
            break
        sent[f"calm-{number}"] = time.monotonic()
        publisher.publish([_report(CALM, f"calm-{number}", number)])
        time.sleep(1)
    publisher.close()
    until = time.monotonic() + PATIENCE_S
    while not sent.keys() <= receipts.at.keys() and time.monotonic() < until:
        time.sleep(0.05)
    return [receipts.at[each] - sent[each] for each in sent]


def _flood(uri: str, reports: int) -> None:
    publisher = Publisher(uri)
    for start in range(0, reports, 500):
        some = range(start, min(start + 500, reports))
        publisher.publish([_report(FLOODING, f"flood-{number}", number) for number in some])
    publisher.close()


def _p95(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)] * 1000


def _report(township: str, event_id: str, number: int) -> OutgoingMessage:
    event = {
        "specversion": "1.0",
        "id": event_id,
        "source": f"/townships/{township}",
        "type": "parcel.registered",
        "time": "2023-08-01T09:30:00+08:00",
        "data": {
            "parcel_id": f"{township}-{number:06}",
            "area_m2": "11781",
            "land_use": "industrial",
            "planned_use": "industrial",
            "in_zone": True,
            "surveyed_on": "2023-07-20",
        },
    }
    key = f"{township}.parcel.registered"
    return OutgoingMessage("township.events", key, json.dumps(event).encode())
