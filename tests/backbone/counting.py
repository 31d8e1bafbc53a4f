"""Commits changes of plots, one after the other, until it is killed: `counting.py <url> <first number>`."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from decimal import Decimal

from backbone.errors import Unavailable
from backbone.messages.envelope import Event
from backbone.store.collection import Collection
from backbone.store.commit_group import AlreadyDone, Conflict
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    plot_id: str
    town: str
    in_use: bool = False
    area_m2: Decimal | None = None


KEPT = Collection(Plot, key="plot_id", totals=("town", "in_use"), sums=("area_m2",))


def some_plot(chance: random.Random) -> Plot:
    return Plot(
        plot_id=str(chance.randrange(20)),
        town=chance.choice("abc"),
        in_use=chance.random() < 0.5,
        area_m2=Decimal(chance.randrange(10**12)) / 10**6,
    )


def change(repository: Repository, number: int) -> None:
    """Change a few plots in one commit, once for each number, until the store has said so."""
    chance, mark = random.Random(number), repository.mark("number", str(number))
    while True:
        work = UnitOfWork(repository)
        try:
            work.begin(Event(id=str(number), source="/test", type="changed"))
            work.save(*(some_plot(chance) for _ in range(3)))
            work.close_step(mark)
            work.commit()
        except (Conflict, Unavailable):
            continue
        except AlreadyDone:
            return
        return


if __name__ == "__main__":
    store, at = Repository("land", connect(sys.argv[1]), [KEPT]), int(sys.argv[2])
    while True:
        change(store, at)
        print(at, flush=True)
        at += 1
