"""The ledger: what farms sent, held against what the bakery and the shop made of it, while their
processes, the broker and the store are killed, frozen and restarted at random.

    python -m tests.chaos.ledger --events 20000

Prints the account and writes tests/chaos/ledger.json. Exit code 1 when something is lost, doubled,
out of order or left over.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import kombu

from backbone.amqp import topology
from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository
from tests.support import sample
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import Child
from tests.support.eventually import eventually

ROOT = Path(__file__).parents[2]
FARMS = ("green", "hill")
KINDS = 100  # subjects: the order of the batches of one kind is watched
NOT_THEIRS = ("receipts", "gateway-")  # queues of the farms, and of the test's own gateways
REST_S = 180
SENT_AGAIN = 0.1  # of the events a second copy is sent
TRIED_AGAIN = {"max_retries": None, "interval_start": 0.1, "interval_step": 0.2, "interval_max": 1}


@dataclass
class Ledger:
    """The account. All but `sent`, `kills` and the times should follow from `sent` alone."""

    sent: int = 0
    copies: int = 0
    accepted: int = 0
    applied: int = 0
    lost: int = 0
    doubled: int = 0
    unexpected: int = 0
    out_of_order: int = 0
    left_over: int = 0
    kills: dict[str, int] = field(default_factory=dict)
    seconds: float = 0

    @property
    def balanced(self) -> bool:
        wrong = self.lost + self.doubled + self.unexpected + self.out_of_order + self.left_over
        return wrong == 0

    def __str__(self) -> str:
        lines = [f"{name:>13}  {value}" for name, value in asdict(self).items() if name != "kills"]
        blows = ", ".join(f"{what} {count}" for what, count in sorted(self.kills.items()))
        return "\n".join(["ledger", *lines, f"{'kills':>13}  {sum(self.kills.values())}: {blows}"])


class Farm(threading.Thread):
    """Sends numbered batches of its kinds, each until the broker has confirmed it."""

    def __init__(
        self, uri: str, code: str, kinds: list[str], each: int, seed: int, per_s: float
    ) -> None:
        super().__init__(daemon=True)
        self.uri, self.code, self.kinds, self.each, self.per_s = uri, code, kinds, each, per_s
        self.chance = random.Random(seed)
        self.sent: list[tuple[str, str]] = []  # kind, batch_id, in the order of the confirms
        self.copies = 0

    def run(self) -> None:
        options = {"confirm_publish": True}
        with kombu.Connection(self.uri, transport_options=options, connect_timeout=5) as connection:
            send = connection.ensure(
                connection, lambda *said: self._send(connection, *said), **TRIED_AGAIN
            )
            for number in range(self.each):
                for kind in self.kinds:
                    batch_id = f"{kind}-{number:05}"
                    send(kind, batch_id)
                    self.sent.append((kind, batch_id))
                    time.sleep(1 / self.per_s)
                    if self.chance.random() < SENT_AGAIN:
                        send(kind, batch_id)
                        self.copies += 1

    def _send(self, connection: kombu.Connection, kind: str, batch_id: str) -> None:
        event = {
            "specversion": "1.0",
            "id": batch_id,
            "source": f"/farms/{self.code}",
            "type": "flour.delivered",
            "time": "2023-08-01T09:30:00+08:00",
            "data": {"batch_id": batch_id, "kind": kind, "loaves": 1},
        }
        connection.Producer().publish(
            event,
            exchange="farm.events",
            routing_key=f"{self.code}.flour.delivered",
            serializer="json",
            delivery_mode="persistent",
            timeout=10,
        )


class Street:
    """The processes, the broker and the store, and what can befall them."""

    def __init__(
        self, rabbitmq: RabbitMQ, store: RedisServer, command: list[str], replicas: int
    ) -> None:
        self.rabbitmq, self.store = rabbitmq, store
        self.uri, self.url = rabbitmq.new_vhost(), store.new_url()
        self.home = Path(tempfile.mkdtemp(prefix="ledger-"))
        self.command = command
        names = [(name, number) for name in ("bakery", "shop") for number in range(replicas)]
        with kombu.Connection(self.uri) as connection:
            here = sample.installation(sample.Settings())
            topology.declare(connection, here.services, here.feeds, here.heard)
            channel = connection.channel()
            self.receipts = kombu.Queue(
                "receipts", queue_arguments={"x-queue-type": "quorum"}, channel=channel
            )
            self.receipts.declare()
            self.receipts.bind_to("farm.receipts", routing_key="#")
        time.sleep(
            1.5
        )  # a broker killed right after a quorum queue was declared may lose the queue
        self.children = {each: self._start(*each) for each in names}

    def _start(self, name: str, number: int) -> Child:
        env = {
            **os.environ, "AMQP_URI": self.uri, "REDIS_URL": self.url, "HTTP_HOST": "127.0.0.1",
            "LOG_LEVEL": "WARNING", "TRIES_DIR": str(self.home),
        }  # fmt: skip
        return Child([*self.command, name], env, self.home / f"{name}-{number}.log", cwd=ROOT)

    def strike(self, chance: random.Random, kills: dict[str, int]) -> None:
        """One blow at one of the parts, and its repair."""
        name, number = chance.choice(list(self.children))
        how = chance.choice(["killed", "killed", "frozen", "stopped"])
        what = chance.choice([name, name, "rabbitmq", "redis"])
        if what == "redis":
            self._strike_server(self.store, chance, how)
        elif what == "rabbitmq":
            self._strike_server(self.rabbitmq, chance, how)
        else:
            child = self.children[name, number]
            if how == "killed":
                child.kill()
            elif how == "stopped":
                child.stop(60)
            else:
                child.send(signal.SIGSTOP)
                time.sleep(chance.uniform(0.5, 3))
                child.send(signal.SIGCONT)
        blow = f"{what} {how}"
        kills[blow] = kills.get(blow, 0) + 1
        self.mend()

    def _strike_server(self, server: Any, chance: random.Random, how: str) -> None:
        if how == "frozen":
            server.pause()
            time.sleep(chance.uniform(0.5, 3))
            server.resume()
        else:
            (server.kill if how == "killed" else server.stop)()
            time.sleep(chance.uniform(0, 1))
            server.restart()

    def mend(self) -> None:
        """Start again whatever has ended, as an orchestrator does."""
        for each, child in self.children.items():
            if not child.alive:
                self.children[each] = self._start(*each)

    def waiting(self) -> int:
        """Messages in queues but those of the receipts, and facts in outboxes."""
        client = connect(self.url)
        outboxes = sum(client.xlen(f"{{{name}}}:outbox") for name in ("bakery", "shop"))
        return sum(self.where().values()) + outboxes

    def where(self) -> dict[str, int]:
        """Which queues of the services are not empty."""
        queues = self.rabbitmq.queues(self.uri)
        return {name: n for name, n in queues.items() if n and not name.startswith(NOT_THEIRS)}

    def said(self) -> Iterator[dict[str, Any]]:
        """All receipts."""
        with kombu.Connection(self.uri) as connection:
            queue = self.receipts(connection.channel())
            while message := queue.get():
                yield json.loads(message.body)
                message.ack()

    def close(self) -> None:
        for child in self.children.values():
            child.kill()


def ours(url: str) -> tuple[dict[str, list[str]], set[str], int]:
    """The shop's shelves by kind, the bakery's batches, and how many messages are set aside."""
    client = connect(url)
    shop = Repository("shop", client, [Collection(sample.Shelf, key="kind")])
    kinds = [f"kind-{number:03}" for number in range(KINDS)]
    shelves = {kind: shop.load(sample.Shelf, kind).thing for kind in kinds}
    members = client.zrange("{bakery}:index:batch:key", 0, -1)
    aside = sum(client.zcard(f"{{{name}}}:parked:index") for name in ("bakery", "shop"))
    return (
        {
            kind: list(repository.batches) if repository else []
            for kind, repository in shelves.items()
        },
        {member.decode().rsplit("\x1f", 1)[1] for member in members},
        aside,
    )


def naive(url: str) -> tuple[dict[str, list[str]], set[str], int]:
    """The same of the naive services."""
    client = connect(url)
    kinds = [f"kind-{number:03}" for number in range(KINDS)]
    shelves = {k: [b.decode() for b in client.lrange(f"shelf:{k}", 0, -1)] for k in kinds}
    baked = {b.decode() for k in kinds for b in client.lrange(f"baked:{k}", 0, -1)}
    return shelves, baked, 0


HOUSES: dict[str, tuple[list[str], Callable[[str], Any]]] = {
    "ours": ([sys.executable, "-m", "tests.support.host", "sample"], ours),
    "naive": ([sys.executable, "-m", "tests.chaos.naive_services"], naive),
}


def run(
    rabbitmq: RabbitMQ,
    store: RedisServer,
    *,
    events: int,
    replicas: int = 2,
    seed: int = 1,
    house: str = "ours",
    per_s: float = 200,
) -> Ledger:
    """Send `events` while blows fall, let everything come to rest, and draw up the account."""
    command, look = HOUSES[house]
    chance, ledger, began = random.Random(seed), Ledger(), time.monotonic()
    street = Street(rabbitmq, store, command, replicas)
    try:
        eventually(lambda: street.rabbitmq.queues(street.uri), 60)
        farms = [
            Farm(
                street.uri,
                FARMS[n % 2],
                [f"kind-{k:03}" for k in range(n, KINDS, 4)],
                max(1, events // KINDS),
                seed + n,
                per_s / 4,
            )
            for n in range(4)
        ]
        for farm in farms:
            farm.start()
        while any(farm.is_alive() for farm in farms):
            time.sleep(chance.uniform(0.5, 2))
            street.strike(chance, ledger.kills)
            print(f"\r{sum(len(f.sent) for f in farms)} sent, {sum(ledger.kills.values())} blows",
                  end="", file=sys.stderr, flush=True)  # fmt: skip
        print(file=sys.stderr)
        _come_to_rest(street)
        _account(ledger, farms, look(street.url), list(street.said()), house)
        ledger.left_over = street.waiting()
    except AssertionError:
        print(*(child.tail(8) for child in street.children.values()), sep="\n", file=sys.stderr)
        raise
    finally:
        street.close()
    ledger.seconds = round(time.monotonic() - began, 1)
    return ledger


def _come_to_rest(street: Street) -> None:
    """Nothing waits any more, and nothing has come to wait for three seconds."""
    street.rabbitmq.ensure_up()
    street.store.ensure_up()
    still = 0

    def rests() -> bool:
        nonlocal still
        street.mend()
        waiting = street.waiting()
        still = 0 if waiting else still + 1
        assert still >= 3, f"{waiting} messages and facts still wait: {street.where()}"
        return True

    eventually(rests, REST_S, every=1)


def _account(
    ledger: Ledger, farms: list[Farm], found: Any, receipts: list[dict[str, Any]], house: str
) -> None:
    shelves, baked, aside = found
    sent: dict[str, list[str]] = {}
    for farm in farms:
        ledger.copies += farm.copies
        for kind, batch_id in farm.sent:
            sent.setdefault(kind, []).append(batch_id)
    once = {receipt["id"]: receipt["data"] for receipt in receipts}.values()
    accepted = Counter(said["event_id"] for said in once if said["outcome"] == "accepted")
    everything = {batch_id for batches in sent.values() for batch_id in batches}
    shown = Counter(batch_id for batches in shelves.values() for batch_id in batches)
    ledger.sent = len(everything)
    ledger.applied = len(shown)
    missing = {"bakery": everything - baked, "shop": everything - shown.keys()}
    ledger.doubled = sum(count - 1 for count in shown.values())
    ledger.unexpected = aside + len(shown.keys() - everything)
    ledger.out_of_order = sum(
        1
        for kind, batches in shelves.items()
        if list(dict.fromkeys(batches)) != sorted(set(batches))
    )
    if house == "ours":
        ledger.accepted = len(accepted)
        missing["receipts"] = everything - accepted.keys()
        ledger.doubled += sum(count - 1 for count in accepted.values())
        ledger.unexpected += sum(1 for said in once if said["outcome"] == "refused")
    ledger.lost = sum(map(len, missing.values()))
    for where, batches in missing.items():
        if batches:
            print(f"lost at {where}: {len(batches)}, as {', '.join(sorted(batches)[:5])}")


@contextmanager
def servers() -> Iterator[tuple[RabbitMQ, RedisServer]]:
    rabbitmq, store = RabbitMQ().start(), RedisServer().start()
    try:
        yield rabbitmq, store
    finally:
        rabbitmq.discard()
        store.discard()


def main() -> None:
    parser = argparse.ArgumentParser(description="Count what is lost while everything is killed.")
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--replicas", type=int, default=2, help="processes of each service")
    parser.add_argument("--seed", type=int, default=int(uuid.uuid4()) % 10_000)
    parser.add_argument("--per-second", type=float, default=200, help="events sent")
    parser.add_argument("--house", choices=list(HOUSES), default="ours")
    given = parser.parse_args()
    print(f"seed {given.seed}")
    with servers() as (rabbitmq, store):
        ledger = run(
            rabbitmq,
            store,
            events=given.events,
            replicas=given.replicas,
            seed=given.seed,
            house=given.house,
            per_s=given.per_second,
        )
    print(ledger)
    (Path(__file__).parent / "ledger.json").write_text(json.dumps(asdict(ledger), indent=1) + "\n")
    sys.exit(0 if ledger.balanced else 1)


if __name__ == "__main__":
    main()
