"""Commits that each change two things to the same number, as fast as they go: `python -m … URL`.

A copy of the store in which the two differ is of no moment at all.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import redis

from backbone.messages.envelope import Event
from backbone.store.collection import Collection
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork

SERVICE = "bakery"
PAIRS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    left_id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    right_id: str
    number: int


def store_at(url: str) -> Repository:
    kinds = (Collection(Left, key="left_id", totals=("number",)), Collection(Right, key="right_id"))
    return Repository(SERVICE, redis.Redis.from_url(url), kinds)


def commit(store: Repository, pair: int, number: int) -> None:
    """Both of a pair have this number from now on, and a message is marked as done."""
    work = UnitOfWork(store)
    cause = Event(id=f"{pair} {number}", source="/farms/green", type="counted")
    work.begin(cause)
    work.save(Left(left_id=str(pair), number=number), Right(right_id=str(pair), number=number))
    work.close_step(store.mark("bakery.inbox.v1", cause.identity))
    work.commit()


def different(store: Repository) -> list[str]:
    """The pairs of which the store holds two numbers, or another history, index or mark."""
    return [*itertools.chain(*(_wrong_with(store, str(pair)) for pair in range(PAIRS)))]


def _wrong_with(store: Repository, pair: str) -> Sequence[str]:
    left, right = store.load(Left, pair), store.load(Right, pair)
    if left.version == right.version == 0:
        return []
    cause = Event(id=f"{pair} {left.thing.number}", source="/farms/green", type="counted")
    found = {
        "number": left.thing.number == right.thing.number,
        "history": [len(store.history(Left, pair)), len(store.history(Right, pair))]
        == [left.version, right.version],
        "index": store.redis.zscore(
            store.key("index", "left", "updated_at"), f"{left.updated_at}\x1f{pair}"
        )
        is not None,
        "mark": bool(store.redis.exists(store.mark("bakery.inbox.v1", cause.identity))),
    }
    return [f"{pair}: {name}" for name, is_right in found.items() if not is_right]


if __name__ == "__main__":
    running = store_at(sys.argv[1])
    for count in itertools.count(PAIRS):
        commit(running, count % PAIRS, count)
