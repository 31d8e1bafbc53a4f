"""The ledger: what was sent, held against what the services made of it, while their processes, the
broker and the store are killed, frozen and restarted at random.

    python -m tests.chaos.ledger --events 20000

First farms send batches of flour to the bakery and the shop, in order; then townships send every type of
report there is (`lives.py`) to parcels and enterprises, in no order; then they report a year of the park
(`year/`), late, doubled and corrected as it comes; then the desks of all four services lead plots from the
lead to what was promised of them, by reports and commands (`desks/`), with all that happens beside them,
until every type of fact was told but those that no run of minutes can lead to; and every fact that was
announced is counted (`told.py`). `--house` names some of these alone. With `--upgrade` nothing is killed: the
version before runs first, its processes are replaced by this version's and back, one by one (`upgrade.py`),
and the year, of which it may not know all, is left out. `--cluster` does it on three brokers and a Redis with
Sentinels (`machines.py`), `--guarded` with users of least rights, TLS and ACLs (`guarded.py`). Prints the
accounts and writes tests/chaos/ledger.json, cluster.json or guarded.json. Exit code 1 when something is
lost, doubled, out of order, left over, or not told.
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
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import kombu
from redis.exceptions import BusyLoadingError

from backbone.amqp import tls, topology
from backbone.amqp.connection import nodes
from backbone.store.redis import connect
from tests.chaos.desks.acts import LIFE
from tests.chaos.desks.desk import Desk
from tests.chaos.houses import HOUSES, PARTS, House, Ledger, Sent
from tests.chaos.upgrade import Leads, checkout, roll, wait_ready
from tests.support import sample
from tests.support.again import again
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import Child
from tests.support.eventually import eventually

ROOT = Path(__file__).parents[2]
Unit = tuple[str, int]  # the services of a process, and which of several
NOT_THEIRS = (
    "receipts",
    "told",
    "gateway-",
    "desk-",
)  # of the farms and the desks, and the test's own
REST_S = 180
SENT_AGAIN = 0.1  # of the events a second copy is sent
MOST_LIVES = 20  # of a desk: the first takes about a minute, each later one half of that
OF_ALL = ("ours", "park", "year", "desks")
OF_AN_UPGRADE = ("ours", "park", "desks")
HOW = ("killed", "killed", "frozen", "stopped")
TRIED_AGAIN = {"max_retries": None, "interval_start": 0.1, "interval_step": 0.2, "interval_max": 1}


class Sender(threading.Thread):
    """Sends events, each until the broker has confirmed it, and some of them twice."""

    def __init__(self, uri: str, feed: str, events: list[Sent], seed: int, per_s: float) -> None:
        super().__init__(daemon=True)
        self.uri, self.feed, self.events, self.per_s = uri, feed, events, per_s
        self.chance = random.Random(seed)
        self.sent: list[tuple[str, str]] = []  # kind, event id, in the order of the confirms
        self.copies = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        options = {"confirm_publish": True}
        plain, encrypted = tls.split(self.uri)
        with kombu.Connection(
            nodes(plain), transport_options=options, connect_timeout=5, **encrypted
        ) as connection:
            send = again(connection, partial(self._send, connection), **TRIED_AGAIN)
            for kind, event in self.events:
                send(event)
                self.sent.append((kind, event["id"]))
                time.sleep(1 / self.per_s)
                if self.chance.random() < SENT_AGAIN:
                    send(event)
                    self.copies += 1

    def _send(self, connection: kombu.Connection, event: dict[str, Any]) -> None:
        connection.Producer().publish(
            event,
            exchange=f"{self.feed}.events",
            routing_key=f"{event['source'].rpartition('/')[2]}.{event['type']}",
            serializer="json",
            delivery_mode="persistent",
            timeout=10,
        )


class Street:
    """The processes, the broker and the store, and what can befall them. Each of `units` names the services
    of one process; their code is that of `root`."""

    def __init__(
        self,
        rabbitmq: RabbitMQ,
        store: RedisServer,
        house: House,
        replicas: int,
        units: Sequence[str] = (),
        root: Path = ROOT,
    ) -> None:
        self.rabbitmq, self.store = rabbitmq, store
        self.uri, self.url = self.place()
        self.home = Path(tempfile.mkdtemp(prefix="ledger-"))
        self.house = house
        names = [(name, n) for name in units or house.services for n in range(replicas)]
        self.roots = dict.fromkeys(names, root)
        self.starts = 0
        if root == ROOT:
            with kombu.Connection(nodes(self.uri)) as connection:
                here = house.installation(sample.Settings())
                several = len(nodes(self.uri)) > 1
                topology.declare(
                    connection, here.services, here.feeds, here.heard, replicated=several
                )
            self._watch()
            self.children = {each: self.start(each) for each in names}
        else:  # an older version declares what it knows
            self.children = {each: wait_ready(self.start(each)) for each in names}
            self._watch()

    def place(self) -> tuple[str, str]:
        """A virtual host and a database, by their URIs."""
        return self.rabbitmq.new_vhost(), self.store.new_url()

    def feed_uri(self, part: int) -> str:
        """As whom that part of the reports is sent."""
        return self.uri

    def _watch(self) -> None:
        """Keep the receipts, and all that the services say."""
        with kombu.Connection(nodes(self.uri)) as connection:
            channel = connection.channel()
            self.receipts = kombu.Queue(
                "receipts", queue_arguments={"x-queue-type": "quorum"}, channel=channel
            )
            self.receipts.declare()
            self.receipts.bind_to(f"{self.house.feed}.receipts", routing_key="#")
            self.told = kombu.Queue(
                "told", queue_arguments={"x-queue-type": "quorum"}, channel=channel
            )
            if self.house.counts_facts:
                self.told.declare()
                for name in self.house.services:
                    self.told.bind_to(f"{name}.events", routing_key="#")
        time.sleep(
            1.5
        )  # a broker killed right after a quorum queue was declared may lose the queue

    def start(self, each: Unit) -> Child:
        """A process, of the code that it is to have."""
        names, number = each
        self.starts += 1
        env = {
            **os.environ, "AMQP_URI": self.uri, "REDIS_URL": self.url, "HTTP_HOST": "127.0.0.1",
            "LOG_LEVEL": "WARNING", "TRIES_DIR": str(self.home),
        }  # fmt: skip
        command = [*self.house.command, *names.split()]
        log = self.home / f"{names.replace(' ', '-')}-{number}-{self.starts}.log"
        return Child(command, env, log, cwd=self.roots[each])

    def replace(self, each: Unit, root: Path) -> None:
        """Another process in its place, of the code of `root`, as Kubernetes does: it is there and ready
        before the one that was is asked to end."""
        before, self.roots[each] = self.children[each], root
        self.children[each] = wait_ready(self.start(each))
        code = before.stop(60)
        assert code == 0, f"{each} ended with {code}:\n{before.tail(8)}"

    def strike(self, chance: random.Random, kills: dict[str, int]) -> None:
        """One blow at one of the parts, and its repair."""
        name, number = chance.choice(list(self.children))
        how = chance.choice(HOW)
        what = chance.choice([name, name, "rabbitmq", "redis"])
        if what == "redis":
            self._strike_server(self.store, chance, how)
        elif what == "rabbitmq":
            self._strike_server(self.rabbitmq, chance, how)
        else:
            self._strike_child(self.children[name, number], chance, how)
        count(kills, f"{what} {how}")
        self.mend()

    def _strike_child(self, child: Child, chance: random.Random, how: str) -> None:
        if how == "killed":
            child.kill()
        elif how == "stopped":
            child.stop(60)
        else:
            child.send(signal.SIGSTOP)
            time.sleep(chance.uniform(0.5, 3))
            child.send(signal.SIGCONT)

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
                self.children[each] = self.start(each)

    def waiting(self) -> int:
        """Messages in queues but those of the receipts, and facts in outboxes."""
        client = connect(self.url)
        outboxes = sum(client.xlen(f"{{{name}}}:outbox") for name in self.house.services)
        return sum(self.where().values()) + outboxes

    def where(self) -> dict[str, int]:
        """Which queues of the services are not empty."""
        queues, others = self.rabbitmq.queues(self.uri), (*NOT_THEIRS, *self.house.away)
        return {name: n for name, n in queues.items() if n and not name.startswith(others)}

    def said(self) -> Iterator[dict[str, Any]]:
        """All receipts."""
        yield from self._all_of(self.receipts)

    def published(self) -> Iterator[dict[str, Any]]:
        """All facts that left the services."""
        yield from self._all_of(self.told)

    def _all_of(self, kept: kombu.Queue) -> Iterator[dict[str, Any]]:
        with kombu.Connection(nodes(self.uri)) as connection:
            queue = kept(connection.channel())
            while message := queue.get():
                yield json.loads(message.body)
                message.ack()

    def close(self) -> None:
        for child in self.children.values():
            child.kill()


def count(kills: dict[str, int], blow: str) -> None:
    kills[blow] = kills.get(blow, 0) + 1


def run(
    rabbitmq: RabbitMQ,
    store: RedisServer,
    *,
    kind: Callable[..., Street] = Street,
    events: int,
    replicas: int = 2,
    seed: int = 1,
    house: str = "ours",
    per_s: float = 200,
    before: Path | None = None,
    units: Sequence[str] = (),
) -> Ledger:
    """Send `events` while blows fall, or the processes of the version before are replaced and brought back,
    let everything come to rest, and draw up the account."""
    of = HOUSES[house]
    chance, ledger, began = random.Random(seed), Ledger(), time.monotonic()
    street = kind(rabbitmq, store, of, replicas, units=units, root=before or ROOT)
    of = street.house
    try:
        eventually(lambda: street.rabbitmq.queues(street.uri), 60)
        senders = (desks if of.at_desks else farms)(street, of, events, seed, per_s)
        if before and of.counts_facts and not of.at_desks:
            senders.append(Leads(street.uri))
        for sender in senders:
            sender.start()
        befall = partial(roll, street, [ROOT, before]) if before else partial(blows, street)
        befall(senders, ledger, chance)
        for sender in senders:
            sender.join()
        come_to_rest(street)
        ledger.copies = sum(sender.copies for sender in senders)
        sent = [each for sender in senders for each in sender.sent]
        found = of.look(street.url)
        seen = [list(street.said()), *([list(street.published())] if of.counts_facts else [])]
        of.account(ledger, sent, found, *seen)
        if of.at_desks:
            ledger.looked_at([sender.pages for sender in senders], seen[1])
        ledger.unexpected += sum(len(sender.wrong) for sender in senders)
        print(*(each for sender in senders for each in sender.wrong), sep="\n", file=sys.stderr)
        ledger.left_over = street.waiting()
    except AssertionError:
        print(*(child.tail(8) for child in street.children.values()), sep="\n", file=sys.stderr)
        raise
    finally:
        street.close()
    ledger.seconds = round(time.monotonic() - began, 1)
    return ledger


def blows(street: Street, senders: list[Any], ledger: Ledger, chance: random.Random) -> None:
    """One after the other, as long as somebody sends."""
    while any(sender.is_alive() for sender in senders):
        time.sleep(chance.uniform(*street.house.calm_s))
        street.strike(chance, ledger.kills)
        print(f"\r{sum(len(f.sent) for f in senders)} sent, {sum(ledger.kills.values())} blows",
              end="", file=sys.stderr, flush=True)  # fmt: skip
    print(file=sys.stderr)


def farms(street: Street, of: House, events: int, seed: int, per_s: float) -> list[Any]:
    """Four threads that send reports."""
    return [
        Sender(
            street.feed_uri(n),
            of.feed,
            list(of.events(events, n, seed + n)),
            seed + n,
            per_s / PARTS,
        )
        for n in range(PARTS)
    ]


def desks(street: Street, of: House, events: int, seed: int, _: float) -> list[Any]:
    """Four desks, each of a township of its own, and together about as many reports and commands."""
    lives, uri = min(MOST_LIVES, max(1, round(events / LIFE / PARTS))), street.uri
    return [Desk(uri, n, lives, seed + n, sending(uri, of.feed)) for n in range(PARTS)]


def sending(uri: str, feed: str) -> Callable[[dict[str, Any]], None]:
    """How a report is sent until the broker has confirmed it."""
    sender = Sender(uri, feed, [], 0, 1)
    connection = kombu.Connection(
        nodes(uri), transport_options={"confirm_publish": True}, connect_timeout=5
    )
    send: Callable[[dict[str, Any]], None]
    send = again(connection, partial(sender._send, connection), **TRIED_AGAIN)
    return send


def come_to_rest(street: Street) -> None:
    """Nothing waits any more, and nothing has come to wait for three seconds."""
    street.rabbitmq.ensure_up()
    street.store.ensure_up()
    still = 0

    def rests() -> bool:
        nonlocal still
        street.mend()
        try:
            waiting = street.waiting()
        except BusyLoadingError:  # where it lets nobody in without a name, it was taken for up
            return False
        still = 0 if waiting else still + 1
        assert still >= 3, f"{waiting} messages and facts still wait: {street.where()}"
        return True

    eventually(rests, REST_S, every=1)


@contextmanager
def servers() -> Iterator[tuple[RabbitMQ, RedisServer]]:
    rabbitmq, store = RabbitMQ().start(), RedisServer().start()
    try:
        yield rabbitmq, store
    finally:
        rabbitmq.discard()
        store.discard()


@contextmanager
def ground(given: argparse.Namespace) -> Iterator[tuple[Any, Any, Callable[..., Street]]]:
    """The broker and the store, and how a street is built on them."""
    if given.cluster:
        from tests.chaos import machines

        with machines.servers() as several:
            yield *several, machines.Machines
    elif given.guarded:
        from tests.chaos import guarded

        with guarded.installed() as park:
            yield park.rabbitmq, park.redis, partial(guarded.Fenced, park)
    else:
        with servers() as both:
            yield *both, Street


def asked() -> argparse.Namespace:
    """What is to be done, as the command line says it."""
    parser = argparse.ArgumentParser(description="Count what is lost while everything is killed.")
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--replicas", type=int, default=2, help="processes of each service")
    parser.add_argument("--seed", type=int, default=int(uuid.uuid4()) % 10_000)
    parser.add_argument("--per-second", type=float, default=200, help="events sent")
    parser.add_argument(
        "--house",
        choices=list(HOUSES),
        action="append",
        help="ours, park, year, then desks unless given; naive and whole park beside them",
    )
    parser.add_argument(
        "--upgrade",
        action="store_true",
        help="the version before is replaced by this one and back, instead of blows",
    )
    parser.add_argument(
        "--cluster",
        action="store_true",
        help="on three brokers and a Redis with Sentinels, of which leaders and masters are killed",
    )
    parser.add_argument(
        "--guarded",
        action="store_true",
        help="with users of least rights, TLS and ACLs; the house is the park's then",
    )
    given = parser.parse_args()
    given.house = given.house or (
        ["park"] if given.guarded else OF_AN_UPGRADE if given.upgrade else OF_ALL
    )
    if given.guarded and (
        given.cluster or given.upgrade or not {*given.house} <= {"park", "whole park"}
    ):
        parser.error("--guarded goes with --house park, or --house 'whole park', alone")
    return given


def main() -> None:
    given, accounts = asked(), {}
    print(f"seed {given.seed}")
    before = checkout() if given.upgrade else None
    with ground(given) as (rabbitmq, store, kind):
        for house in given.house:
            ledger = run(
                rabbitmq,
                store,
                kind=kind,
                events=given.events,
                replicas=given.replicas,
                seed=given.seed,
                house=house,
                per_s=given.per_second,
                before=before,
            )
            print(house, ledger)
            accounts[house] = asdict(ledger)
            rabbitmq.ensure_up()
            store.ensure_up()
    of = "cluster.json" if given.cluster else "guarded.json" if given.guarded else "ledger.json"
    (Path(__file__).parent / of).write_text(json.dumps(accounts, indent=1) + "\n")
    sys.exit(0 if all(Ledger(**account).balanced for account in accounts.values()) else 1)


if __name__ == "__main__":
    main()
