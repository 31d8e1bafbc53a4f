"""What changes when the store holds a hundred times as much, and what a plot and a service weigh."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from statistics import median

import msgspec
import redis

from backbone.messages.envelope import Event
from backbone.store import history
from backbone.store.collection import Collection
from backbone.store.redis import connect
from backbone.store.repository import Repository
from backbone.store.unit_of_work import UnitOfWork
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.processes import SERVICES, ServiceProcess

from . import race
from .work import TOWNSHIP, Plot

KEPT = Collection(Plot, key="plot_id", filters=("land_use",), orders=("area_m2",))
START = datetime(2023, 8, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Growth:
    """`cpu_us` is what an event costs the service and Redis. Not the time that passes: of the same
    run with 1,000 plots that differed by half from one minute to the next, for it is that of two
    shared cores, and of a broker that does not know how much the store holds."""

    cpu_us: float
    list_ms: float
    bytes_per_plot: float


def fill(url: str, plots: int, first: int = 2_000_000) -> None:
    """Plots as the service itself would have kept them, from a number on that no report uses."""
    repository = Repository("plots", connect(url), [KEPT])
    for start in range(first, first + plots, 500):
        work = UnitOfWork(repository, clock=lambda at=start: START + timedelta(seconds=at - first))
        for number in range(start, min(start + 500, first + plots)):
            said = {"source": f"/townships/{TOWNSHIP}", "type": "plot.reported", "time": START}
            work.begin(Event(id=str(number), **said))
            work.save(
                Plot(
                    plot_id=f"{TOWNSHIP}-{number:07}",
                    area_m2=Decimal(1000 + number % 9000),
                    land_use=("industrial", "commercial")[number % 5 == 0],
                    in_zone=True,
                    surveyed_on="2023-07-20",
                )
            )
            work.close_step(None)
        work.commit()


def measure(rabbitmq: RabbitMQ, store: RedisServer, plots: int, events: int) -> Growth:
    url = store.new_url()
    client = redis.Redis.from_url(url)
    before = client.info("memory")["used_memory"]
    fill(url, plots)
    weight = (client.info("memory")["used_memory"] - before) / plots
    while client.info("persistence")["aof_rewrite_in_progress"]:  # that would be measured, too
        time.sleep(0.5)
    listed = _list_ms(url)
    result = race.run(rabbitmq, store, "bench.ours", events, url=url, there=plots)
    return Growth(result.cpu_us + result.store_cpu_us, listed, weight)


def _list_ms(url: str) -> float:
    """The median of listing 50 plots by area among those of one land use."""
    repository, took = Repository("plots", connect(url), [KEPT]), []
    for _ in range(50):
        began = time.perf_counter()
        repository.page(Plot, {"land_use": "industrial"}, "-area_m2", 50)
        took.append(time.perf_counter() - began)
    return sorted(took)[25] * 1000


def history_vs_stream(store: RedisServer, changes: int = 30, rounds: int = 200) -> dict[str, float]:
    """How long `history` and `as_of` take with the list of changes that is kept now, beside the stream of
    its own that each thing had once: the median of reads by turns."""
    url = store.new_url()
    repository = Repository("plots", connect(url), [KEPT])
    for number in range(changes):
        work = UnitOfWork(repository, clock=lambda at=number: START + timedelta(days=at))
        work.begin(Event(id=str(number), source=f"/townships/{TOWNSHIP}", type="plot.reported"))
        for name in ("now", "once"):
            plot = Plot(plot_id=name, area_m2=Decimal(1000 + number), land_use="industrial",
                        in_zone=True, surveyed_on="2023-07-20", reports=number)  # fmt: skip
            work.save(plot)
        work.close_step(None)
        work.commit()
    key = repository.key(history.FORM, "plot", "once")
    words = history.OldChange.__struct_fields__
    for change in repository.history(Plot, "once"):
        entry = {"change": msgspec.json.encode({word: change[word] for word in words})}
        repository.redis.xadd(repository.key(history.OLD_FORM, "plot", "once"), entry)
    repository.redis.delete(key)
    then = START + timedelta(days=changes // 2)
    reads: dict[str, Callable[[str], object]] = {
        "history_vs_stream": lambda name: repository.history(Plot, name),
        "as_of_vs_stream": lambda name: repository.as_of(Plot, name, then),
    }
    return {figure: _by_turns(read, rounds) for figure, read in reads.items()}


def _by_turns(read: Callable[[str], object], rounds: int) -> float:
    """The median of how long reading `now` takes by reading `once`."""
    took: dict[str, list[float]] = {"now": [], "once": []}
    for _ in range(rounds):
        for name, measured in took.items():
            began = time.perf_counter()
            read(name)
            measured.append(time.perf_counter() - began)
    return median(took["now"]) / median(took["once"])


def idle_rss_mb(rabbitmq: RabbitMQ, store: RedisServer) -> dict[str, float]:
    """Resident memory of each service, ready and at rest."""
    uri, url, found = rabbitmq.new_vhost(), store.new_url(), {}
    for name in SERVICES:
        service = ServiceProcess([name], uri, url).wait_ready()
        time.sleep(3)  # long enough for what a service does once after its start
        found[name] = race.memory_mb(service.child.process)
        service.discard()
    return found
