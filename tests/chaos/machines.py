"""What befalls an installation of several machines: the broker's node that leads a queue, and the Redis that
is the master, are killed and stay away for a while, beside what befalls each service's two processes.

    python -m tests.chaos.ledger --cluster --house ours --events 6000 --per-second 30

While a node is away each service has to answer a call, though the queue of its calls may have lived there.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from client.calls import Caller
from client.errors import CallError
from tests.chaos.ledger import HOW, Street, count
from tests.support.cluster import NODES, RabbitCluster, RedisGroup
from tests.support.eventually import eventually

AWAY_S = (2, 8)  # a machine that is gone comes back after so long
ANSWERED_WITHIN_S = 30
QUEUES = ("{}.inbox.v1", "{}.inbox.v1", "rpc-{}")


class Masters(Street):
    """A Redis with its replicas, and two processes of each service."""

    store: Any

    def strike(self, chance: random.Random, kills: dict[str, int]) -> None:
        self.store.kill()
        count(kills, "redis master killed")
        time.sleep(chance.uniform(*AWAY_S))
        self.store.restart()
        self.store.settle()


class Machines(Masters):
    """Three brokers beside it."""

    rabbitmq: Any

    def strike(self, chance: random.Random, kills: dict[str, int]) -> None:
        name, number = chance.choice(list(self.children))
        what = chance.choice(["rabbitmq", "redis", "service"])
        if what == "service":
            how = chance.choice(HOW)
            self._strike_child(self.children[name, number], chance, how)
            count(kills, f"{name} {how}")
        elif what == "redis":
            super().strike(chance, kills)
        else:
            queue = chance.choice(QUEUES).format(name)
            self._kill_leader_of(queue)
            count(kills, f"leader of {queue} killed")
            time.sleep(chance.uniform(*AWAY_S))
            self._has_each_answer(kills)
            self.rabbitmq.mend()
            eventually(self._is_whole, 60, every=0.5)
        self.mend()

    def lose_one(self, chance: random.Random, kills: dict[str, int]) -> None:
        """A machine with both on it goes, and comes back: the node that leads an inbox, and the Redis that
        is the master."""
        queue = QUEUES[0].format(chance.choice(self.house.services))
        self._kill_leader_of(queue)
        self.store.kill()
        count(kills, "machine gone")
        time.sleep(chance.uniform(*AWAY_S))
        self._has_each_answer(kills)
        self.rabbitmq.mend()
        self.store.restart()
        self.store.settle()
        eventually(self._is_whole, 60, every=0.5)
        self.mend()

    def _kill_leader_of(self, queue: str) -> None:
        eventually(lambda: self.rabbitmq.leader_of(self.uri, queue), 30).kill()

    def _has_each_answer(self, kills: dict[str, int]) -> None:
        """Every service is asked by somebody who comes anew."""
        for name in self.house.services:
            caller = Caller(self.uri, ANSWERED_WITHIN_S)
            try:
                caller.call(f"{name}.list_parked", {"limit": 1})
            except CallError as problem:
                raise AssertionError(f"{name} answers no call: {problem}") from problem
            finally:
                caller.close()
            count(kills, "calls answered with a node away")

    def _is_whole(self) -> bool:
        """Every quorum queue is on every node again; else the next kill could leave too few."""
        listed = self.rabbitmq.up().listed("queues", self.uri)
        return all(len(each.get("online", range(NODES))) == NODES for each in listed)


@contextmanager
def servers() -> Iterator[tuple[Any, Any]]:
    rabbitmq, store = RabbitCluster(), RedisGroup()
    try:
        yield rabbitmq.start(), store.start()
    finally:
        rabbitmq.discard()
        store.discard()
