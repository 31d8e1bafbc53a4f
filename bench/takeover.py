"""How long a service is silent when its active replica ends: the longest time without a fact, from the signal
until the replica is gone and a fact has come of a report that was sent since, which only the other one can
have announced.

Two replicas of `parcels` on real servers take 50 reports a second; the one that is active for both events
and outbox is ended, again and again, and started anew as the one that waits.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from contextlib import suppress
from itertools import pairwise
from statistics import median
from typing import Any

import kombu
from rich.console import Console

from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.eventually import eventually
from tests.support.processes import ServiceProcess

TOWNSHIP = "330604006"
PER_S = 50
PATIENCE_S = 60.0
SIGNALS = {"killed": signal.SIGKILL, "stopped": signal.SIGTERM}
out = Console()


class Load:
    """Sends reports of plots and hears the facts. Moments are those of `time.monotonic`."""

    def __init__(self, uri: str) -> None:
        self.uri, self.over = uri, threading.Event()
        self.sent: dict[str, float] = {}
        self.heard: dict[str, float] = {}
        self.twice = 0
        self._queue = kombu.Queue("takeover", queue_arguments={"x-queue-type": "classic"})
        with kombu.Connection(uri) as connection:
            self._queue(connection.channel()).declare()
            self._queue(connection.channel()).bind_to("parcels.events", "#")
        self._threads = [threading.Thread(target=each) for each in (self._send, self._hear)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Send no more, and return when all is heard."""
        self.over.set()
        for thread in self._threads:
            thread.join()

    def has_heard_since(self, moment: float) -> bool:
        """Whether a fact has come of a report that was sent after this moment."""
        return any(self.sent.get(each, 0) > moment for each in list(self.heard))

    def silence_since(self, moment: float) -> float:
        """The longest time without a fact, in seconds."""
        at = [moment, *(each for each in list(self.heard.values()) if each > moment)]
        return max(after - before for before, after in pairwise(at))

    def _send(self) -> None:
        publisher, number = Publisher(self.uri), 0
        while not self.over.wait(1 / PER_S):
            number += 1
            event = _report(number)
            at = time.monotonic()
            publisher.publish(
                [
                    OutgoingMessage(
                        "township.events",
                        f"{TOWNSHIP}.parcel.registered",
                        json.dumps(event).encode(),
                        "application/json",
                    )
                ]
            )
            self.sent[event["id"]] = at
        publisher.close()

    def _hear(self) -> None:
        with (
            kombu.Connection(self.uri) as connection,
            connection.Consumer(self._queue, callbacks=[self._take], no_ack=True),
        ):
            quiet_until = time.monotonic() + PATIENCE_S
            while not self.over.is_set() or (
                len(self.heard) < len(self.sent) and time.monotonic() < quiet_until
            ):
                with suppress(TimeoutError):
                    connection.drain_events(timeout=0.2)
                    quiet_until = time.monotonic() + PATIENCE_S

    def _take(self, body: Any, message: Any) -> None:
        fact = body if isinstance(body, dict) else json.loads(body)
        report = fact["causationid"]
        self.twice += report in self.heard
        self.heard.setdefault(report, time.monotonic())


def _report(number: int) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": f"takeover-{number}",
        "source": f"/townships/{TOWNSHIP}",
        "type": "parcel.registered",
        "time": "2023-08-01T09:30:00+08:00",
        "data": {
            "parcel_id": f"{TOWNSHIP}-{number:06}",
            "area_m2": "11781",
            "land_use": "industrial",
            "planned_use": "industrial",
            "in_zone": True,
            "surveyed_on": "2023-07-20",
        },
    }


def measure(rabbitmq: RabbitMQ, store: RedisServer, rounds: int) -> dict[str, Any]:
    """Of each way to end, the median and the longest silence; and how many facts were lost or came twice."""
    uri, url = rabbitmq.new_vhost(), store.new_url()
    active, waiting = (ServiceProcess(["parcels"], uri, url).wait_ready() for _ in range(2))
    load, took = Load(uri), {how: list[float]() for how in SIGNALS}
    try:
        eventually(lambda: load.heard, PATIENCE_S)
        for number in range(rounds):
            for how, ends in SIGNALS.items():
                eventually(lambda host=active: _is_active(host, load), PATIENCE_S)
                took[how].append(_silence(active, ends, load))
                said = f"{how}, round {number + 1}: {took[how][-1]:.2f} s"
                out.print(said, style="dim")
                active.start()
                active.wait_ready()
                active, waiting = waiting, active
    finally:
        load.stop()
        for host in (active, waiting):
            host.discard()
    lost = len(load.sent.keys() - load.heard.keys())
    return {
        "takeover_s": {how: median(each) for how, each in took.items()},
        **{f"takeover_{how}_s": max(each) for how, each in took.items()},
        "takeover_lost": lost,
        "takeover_twice": load.twice,
    }


def _is_active(host: ServiceProcess, load: Load) -> bool:
    """Whether it has the events and the outbox."""
    before, heard = host.metric("parcels", "tenglong_handled_total"), len(load.heard)
    eventually(lambda: len(load.heard) > heard + 5)
    handles = host.metric("parcels", "tenglong_handled_total") > before
    return handles and host.metric("parcels", "tenglong_relay_leader") == 1


def _silence(host: ServiceProcess, ends: int, load: Load) -> float:
    at = time.monotonic()
    os.kill(host.child.process.pid, ends)
    host.child.process.wait(PATIENCE_S)
    ended_at = time.monotonic()
    eventually(lambda: load.has_heard_since(ended_at), PATIENCE_S)
    return load.silence_since(at)
