"""What `REPLICAS_CONFIRM` buys and costs: commits lost when the master of a Redis is killed and a replica
takes over, and how many reports a second get through two services.

    python -m bench.failover

A machine that is gone takes along what it had not sent yet. So between master and replica lies a line that
holds everything for a few milliseconds, as a network does, and is cut with the master. Four clients commit
as services do; the replica that takes over is asked for what they were told. Then the chain of `bench.chain`
runs on one Redis, and on one with a replica and Sentinels, in turns. Prints the figures and writes
bench/failover.json. Takes ten minutes; `--kills` and `--rounds` shorten it.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

import redis

from backbone.store.atomic import Atomic, Commit
from backbone.store.redis import connect
from backbone.store.sentinel import NotConfirmed, Witness
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.children import HOST
from tests.support.cluster import Member, RedisGroup
from tests.support.eventually import eventually

from . import chain

CLIENTS, LOADED_S, DELAYS_MS = 4, 1.0, (0, 5)
AT_REST_PER_S = 50
CHAINS: dict[str, int | None] = {"one Redis": None, "a replica, 0": 0, "a replica, 1": 1}


class Line:
    """A wire to a server that holds what goes over it for so long, and loses it when it is cut."""

    def __init__(self, port: int, delay_s: float) -> None:
        self._server, self._delay_s, self._ends = (
            (HOST, port),
            delay_s,
            [socket.create_server((HOST, 0))],
        )
        self.port = self._ends[0].getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Nothing goes over it any more."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                ends = self._ends[0].accept()[0], socket.create_connection(self._server)
                self._ends += ends
                for source, target in (ends, ends[::-1]):
                    held: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
                    threading.Thread(target=self._take, args=(source, held), daemon=True).start()
                    threading.Thread(target=self._give, args=(target, held), daemon=True).start()

    def _take(self, source: socket.socket, held: queue.SimpleQueue[tuple[float, bytes]]) -> None:
        with suppress(OSError):
            while some := source.recv(1 << 16):
                held.put((time.monotonic() + self._delay_s, some))

    def _give(self, target: socket.socket, held: queue.SimpleQueue[tuple[float, bytes]]) -> None:
        with suppress(OSError):
            while True:
                due, some = held.get()
                time.sleep(max(0.0, due - time.monotonic()))
                target.sendall(some)


class Client(threading.Thread):
    """Commits one thing after the other, and knows which it was told of."""

    def __init__(self, url: str, name: str, confirmed_by: int) -> None:
        super().__init__(daemon=True)
        self.name_, self.told = name, 0
        self.witness = Witness("kept", confirmed_by, 3600)
        self._atomic = Atomic(connect(url), self.witness)

    def key(self, number: int) -> str:
        return f"{{kept}}:{self.name_}:{number}"

    def run(self) -> None:
        with suppress(redis.RedisError):  # it was killed
            while True:
                commit = Commit(marks_last_s=3600)
                commit.set(self.key(self.told), b"x" * 1000)
                commit.mark(f"{self.key(self.told)}:done", b"")
                with suppress(NotConfirmed):
                    self._atomic.send([commit])()
                    self.told += 1


@contextmanager
def pair(delay_s: float) -> Iterator[tuple[Member, Member, Line]]:
    """A master, and a replica behind a line."""
    master = Member().start()
    line = Line(master.ports[0], delay_s)
    replica = Member(replicaof=f"{HOST} {line.port}").start()
    try:
        eventually(lambda: replica.replication().get("master_link_status") == "up")
        yield master, replica, line
    finally:
        line.cut()
        master.discard()
        replica.discard()


def one_kill(delay_s: float, confirmed_by: int) -> tuple[int, int, bool]:
    """Commits that were confirmed, those of them that are lost, and whether a client misses them."""
    with pair(delay_s) as (master, replica, line):
        clients = [Client(master.url, f"client-{n}", confirmed_by) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        time.sleep(LOADED_S)
        line.cut()
        master.kill()
        for client in clients:
            client.join()
        with redis.Redis(HOST, replica.ports[0]) as other:
            other.execute_command("REPLICAOF", "NO", "ONE")
            there = [other.exists(*map(c.key, range(c.told))) if c.told else 0 for c in clients]
            missed = any(c.witness.misses(other.get(c.witness.key)) for c in clients)
        told = sum(client.told for client in clients)
        return told, told - sum(there), missed


def losses(kills: int) -> list[dict[str, Any]]:
    """By the delay between the machines and what has to confirm."""
    rows = []
    for delay_ms in DELAYS_MS:
        for confirmed_by in (0, 1):
            found = [one_kill(delay_ms / 1000, confirmed_by) for _ in range(kills)]
            rows.append(
                {
                    "delay_ms": delay_ms, "replicas_confirm": confirmed_by, "kills": kills,
                    "confirmed": sum(each[0] for each in found),
                    "lost": sum(each[1] for each in found),
                    "kills_that_lost": sum(each[1] > 0 for each in found),
                    "noticed": sum(each[2] for each in found),
                }
            )  # fmt: skip
            print(rows[-1], file=sys.stderr)
    return rows


def costs(rounds: int, events: int) -> dict[str, Any]:
    """How many reports a second get through two services, and how long one takes at 50 a second; and
    both beside one Redis."""
    rabbitmq, one, group = RabbitMQ().start(), RedisServer().start(), RedisGroup(replicas=1).start()
    per_s: dict[str, list[float]] = {name: [] for name in CHAINS}
    p50_ms: dict[str, list[float]] = {name: [] for name in CHAINS}
    try:
        for _ in range(rounds):
            for name, confirmed_by in CHAINS.items():
                store: Any = one if confirmed_by is None else group
                os.environ["REPLICAS_CONFIRM"] = str(confirmed_by or 0)
                where = rabbitmq.new_vhost(), store.new_url()
                per_s[name].append(chain.holds_per_s(*where, "ours", events))
                where = rabbitmq.new_vhost(), store.new_url()
                p50_ms[name].append(chain.latencies(*where, "ours", AT_REST_PER_S, 500)[0])
                print(
                    f"{name}: {per_s[name][-1]:.0f} a second, {p50_ms[name][-1]:.1f} ms",
                    file=sys.stderr,
                )
    finally:
        for each in (rabbitmq, one, group):
            each.discard()
    return {
        "per_s": {name: round(median(found)) for name, found in per_s.items()},
        "per_s_of_one_redis": _beside_the_first(per_s),
        "p50_ms": {name: round(median(found), 1) for name, found in p50_ms.items()},
        "p50_of_one_redis": _beside_the_first(p50_ms),
    }


def _beside_the_first(figures: dict[str, list[float]]) -> dict[str, float]:
    """The median of the ratios of each round."""
    first = next(iter(figures.values()))
    turns = {name: zip(found, first, strict=True) for name, found in figures.items()}
    return {name: round(median(a / b for a, b in found), 2) for name, found in turns.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description="What a replica that confirms buys and costs.")
    parser.add_argument("--kills", type=int, default=20, help="of the master, in each mode")
    parser.add_argument("--rounds", type=int, default=3, help="of the chain")
    parser.add_argument("--events", type=int, default=4000, help="of the chain in each round")
    given = parser.parse_args()
    lost = losses(given.kills) if given.kills else []
    found: dict[str, Any] = {"losses": lost, "chain": costs(given.rounds, given.events)}
    for row in found["losses"]:
        print(*(f"{name} {value}" for name, value in row.items()), sep=", ")
    for figure, each in found["chain"].items():
        print(figure, each)
    (Path(__file__).parent / "failover.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
