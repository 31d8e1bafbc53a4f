"""Several processes of the sample services on one broker and store, and what they made of a load."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import kombu
import redis

from backbone.store.collection import Collection
from backbone.store.repository import Repository

from . import sample
from .doorway import Host
from .eventually import eventually

WATCHED = {"facts": "bakery.events", "receipts": "farm.receipts"}


class Replicas:
    """Each runs the same services. What a test finds out it asks of those that are awake, of the
    store and of the broker: one that stands still would not answer. Use as a context manager."""

    def __init__(
        self,
        count: int,
        amqp_uri: str,
        redis_url: str,
        module: str = "tests.support.host",
        services: tuple[str, ...] = ("bakery", "shop"),
        **env: str,
    ) -> None:
        self.uri, self.store = amqp_uri, redis.Redis.from_url(redis_url)
        self.tries = Path(tempfile.mkdtemp(prefix="replicas-"))
        self.hosts = [
            Host("sample", list(services), amqp_uri, redis_url, TRIES_DIR=str(self.tries), **env)
            for _ in range(count)
        ]
        for host in self.hosts:
            host.tries = str(self.tries)
            host.command[1:3] = ["-m", module]
        self.shelves = Repository("shop", self.store, [Collection(sample.Shelf, key="kind")])
        self.frozen: set[Host] = set()
        self._seen: dict[str, list[dict[str, Any]]] = {name: [] for name in WATCHED}

    def __enter__(self) -> Self:
        for host in self.hosts:
            host.start()
        with kombu.Connection(self.uri) as connection:
            for name, exchange in WATCHED.items():
                queue = _watching(name, connection)
                queue.declare()
                queue.bind_to(exchange, routing_key="#")
        return self

    def __exit__(self, *_: object) -> None:
        for host in self.hosts:
            host.kill()

    # --- what befalls them

    def freeze(self, host: Host) -> None:
        os.kill(_pid(host), signal.SIGSTOP)
        self.noticed(host)

    def noticed(self, host: Host) -> None:
        """It stands still now; returns when it does."""
        eventually(lambda: _state(host) == "T")
        self.frozen.add(host)

    def wake(self, host: Host) -> None:
        self.frozen.discard(host)
        host.resume()
        eventually(lambda: host.ready("bakery"))

    def taken_away(self, host: Host) -> int:
        """How often it found that the broker had closed its connection to the bakery's inbox. What
        it had in hand then is behind it."""
        lines = host.logs().splitlines()
        return sum('"consumer_waits"' in line and "bakery.inbox" in line for line in lines)

    def freeze_when(self, moment: str, host: Host) -> None:
        """Let it stand still at that moment, see `tests.chaos.replicas.stalling_services`."""
        (self.tries / f"freeze-{moment}-{_pid(host)}").touch()

    def awake(self) -> list[Host]:
        return [host for host in self.hosts if host.alive() and host not in self.frozen]

    # --- what goes in

    def deliver(self, kind: str, batch_ids: Iterable[str], **more: Any) -> None:
        """Flour, one batch after the other, each confirmed by the broker."""
        options = {"confirm_publish": True}
        with kombu.Connection(self.uri, transport_options=options) as connection:
            for batch_id in batch_ids:
                flour = {"batch_id": batch_id, "kind": kind, "loaves": 1, **more}
                connection.Producer().publish(
                    self.hosts[0].event("green", "flour.delivered", flour, batch_id),
                    exchange="farm.events",
                    routing_key="green.flour.delivered",
                    serializer="json",
                    delivery_mode="persistent",
                )

    # --- what comes out

    def leader(self) -> Host | None:
        """The one whose relay holds the bakery's lease."""
        return next((h for h in self.awake() if metric(h, "tenglong_relay_leader")), None)

    def total(self, name: str) -> float:
        """A metric of the bakery, summed over those that are awake."""
        return sum(metric(host, name) for host in self.awake())

    def repository(self, kind: str) -> list[str]:
        """The batches of this kind that stand in the shop, in the order in which they came."""
        found = self.shelves.load(sample.Shelf, kind).thing
        return list(found.batches) if found else []

    def facts(self, kind: str) -> list[str]:
        """The batches of the facts that were published, copies included, in the order of the wire."""
        found = [fact["data"] for fact in self._all("facts")]
        return [data["batch_id"] for data in found if data["kind"] == kind]

    def receipts(self, batch_id: str) -> list[str]:
        """The outcomes that the farm was told, each receipt once however often it came."""
        once = {said["id"]: said["data"] for said in self._all("receipts")}
        return [data["outcome"] for data in once.values() if data["event_id"] == batch_id]

    def outbox(self) -> int:
        return int(self.store.xlen("{bakery}:outbox"))

    def tried(self, batch_id: str) -> int:
        """How often the handler ran for a batch, over all processes."""
        return self.hosts[0].tried(batch_id)

    def _all(self, name: str) -> list[dict[str, Any]]:
        with kombu.Connection(self.uri) as connection:
            queue = _watching(name, connection)
            while message := queue.get(no_ack=True):
                self._seen[name].append(json.loads(message.body))
        return self._seen[name]


def metric(host: Host, name: str) -> float:
    """A metric of the bakery in one process."""
    return host.metric("bakery", name, service="bakery")


def _watching(name: str, connection: kombu.Connection) -> kombu.Queue:
    classic = {"x-queue-type": "classic"}
    return kombu.Queue(f"all-{name}", channel=connection.channel(), queue_arguments=classic)


def _pid(host: Host) -> int:
    assert host.process is not None
    return host.process.pid


def _state(host: Host) -> str:
    """As /proc says: T is standing still."""
    return Path(f"/proc/{_pid(host)}/stat").read_text().rsplit(")", 1)[1].split()[0]
