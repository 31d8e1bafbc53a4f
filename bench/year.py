"""What making a year of the park takes in memory, at two sizes, how fast one is played into four services on
real servers, what these hold and each thing weighs there afterwards, and how long it takes to foretell what
follows when a plot on offer is blocked.

    python -m bench.year 2595

plays one of so many plots, and prints the CPU seconds of each process that has a part in it. Half of their
sum is the least that the playing can take on two cores, whatever else is at work there. It ends with 1 when
the whole year takes longer than it may."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import redis

from client import Park
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.processes import SERVICES, ServiceProcess
from year.plan import printed

from .race import cpu_s, memory_mb
from .work import ROOT

YEAR = [sys.executable, "-W", "ignore", "-m", "cli", "year"]
WHOLE = printed()["park"]["plots"]
LONGEST_S = 90  # the whole year, on two cores with nothing else on them
OF_A_KIND = ("index", "changes", "history", "totals")  # what is kept beside the things of a kind
RECORDED_ON = "2024-01-15"  # after the year
FEW = 10  # things, of which a weight means little
# started by a small process: what a process held before it became another one counts as that one's
PEAK = """import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"""


class Playing(NamedTuple):
    """What the command says in the end, the CPU seconds of each process, what each service and Redis hold in
    MiB, bytes a thing by its kind, and the seconds to foretell a plot on offer blocked."""

    said: dict[str, Any]
    spent: dict[str, float]
    held_mb: dict[str, float]
    weights: dict[str, float]
    what_if_s: float


def measure(
    rabbitmq: RabbitMQ, store: RedisServer, sizes: tuple[int, int], plots: int
) -> dict[str, Any]:
    """`year_mb` is the most that the command held at the larger size, `year_mb_growth` that by the most at
    the smaller one. `year_s` is the playing, to the last receipt and answer; `year_played_per_s` are events
    and commands; `year_cpu_us` is what each costs all processes together; `year_held_mb` what each service
    and Redis hold afterwards; `year_bytes` a thing of each kind in Redis, with its history and its places in
    the indexes; `year_what_if_s` how long a client waits to be told what follows when a plot on offer is
    blocked, the longest of ten."""
    small, large = (_made(size) for size in sizes)
    played = _played(rabbitmq, store, plots)
    lines = played.said["events"]["sent"] + played.said["commands"]["sent"]
    return {
        "year_mb": large[1],
        "year_mb_growth": large[1] / small[1],
        "year_lines_per_s": large[0],
        "year_s": played.said["seconds"],
        "year_played_per_s": float(played.said["per_second"]),
        "year_cpu_us": sum(played.spent.values()) / lines * 1e6,
        "year_held_mb": played.held_mb,
        "year_bytes": played.weights,
        "year_what_if_s": played.what_if_s,
    }


def _made(plots: int) -> tuple[float, float]:
    """Lines a second, and MiB."""
    began = time.perf_counter()
    with tempfile.NamedTemporaryFile() as file:
        command = [*YEAR, "--plots", str(plots), "--out", file.name]
        output = subprocess.check_output([sys.executable, "-c", PEAK, *command], cwd=ROOT)
        seconds = time.perf_counter() - began
        lines = sum(1 for _ in file)
    return lines / seconds, int(output) / 1024


def _played(rabbitmq: RabbitMQ, store: RedisServer, plots: int) -> Playing:
    uri, url = rabbitmq.new_vhost(), store.new_url()
    services = [ServiceProcess([name], uri, url) for name in SERVICES]
    for service in services:
        service.wait_ready()
    at_work = {
        **{service.names[0]: [service.child.process] for service in services},
        **{server.name: [each.process for each in server.children] for server in (rabbitmq, store)},
    }
    before = {name: cpu_s(processes) for name, processes in at_work.items()}
    player = subprocess.Popen(
        [*YEAR, "--plots", str(plots), "--play", "--json"],
        cwd=ROOT,
        env={**os.environ, "AMQP_URI": uri},
        stdout=subprocess.PIPE,
    )
    output = player.stdout.read() if player.stdout else b""
    _, status, used = os.wait4(player.pid, 0)
    spent = {name: cpu_s(processes) - before[name] for name, processes in at_work.items()}
    spent["player"] = used.ru_utime + used.ru_stime
    held = {service.names[0]: memory_mb(service.child.process) for service in services}
    held["redis"] = _redis_mb(url)
    what_if_s = max(_foretold_s(uri))
    for service in services:
        service.discard()
    rabbitmq.delete_vhost(uri)
    said = json.loads(output)
    if status:
        raise RuntimeError(f"not all of the year was taken: {said}")
    return Playing(said, spent, held, _weights(url), what_if_s)


def _redis_mb(url: str) -> float:
    used: int = redis.Redis.from_url(url).info("memory")["used_memory"]
    return used / 2**20


def _foretold_s(uri: str, times: int = 10) -> Iterator[float]:
    """How long a client waits for what would follow in all services if the land of a listing were on the soil
    registry, of so many listings."""
    with Park(uri) as park:
        listings = park.projects.list_listings(limit=times, filter={"state": "draft"})["items"]
        for each in listings:
            soil = {
                "parcel_id": each["parcel_id"],
                "recorded_on": RECORDED_ON,
                "evidence_ids": ["E"],
            }
            soil |= {"on_registry": True, "survey_reviewed": True, "survey_filed": True}
            began = time.perf_counter()
            found = park.what_if(
                {
                    "id": each["listing_id"],
                    "method": "record_soil",
                    "data": soil | {"case_open": False},
                },
                service="parcels",
            )
            yield time.perf_counter() - began
            if not found["projects"]["changes"]:
                raise RuntimeError("nothing follows of it that land on offer is blocked")


def _weights(url: str) -> dict[str, float]:
    """By service and kind, the heaviest first; `done` are the marks of what was done."""
    client = redis.Redis.from_url(url)
    weighed, count, cursor = Counter[str](), Counter[str](), -1
    while cursor:
        cursor, keys = client.scan(max(cursor, 0), count=1000)
        pipeline = client.pipeline(transaction=False)
        for key in keys:
            pipeline.memory_usage(key, samples=0)
        for key, weight in zip(keys, pipeline.execute(), strict=True):
            service, room, *rest = key.decode().split(":")
            kind = f"{service.strip('{}')}.{rest[0] if room in OF_A_KIND else room}"
            weighed[kind] += weight or 0
            count[kind] += room not in OF_A_KIND
    return {
        kind: round(weight / count[kind])
        for kind, weight in weighed.most_common()
        if count[kind] >= FEW
    }


def main() -> None:
    plots = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    rabbitmq, store = RabbitMQ().start(), RedisServer().start()
    try:
        said, spent, held, weights, what_if_s = _played(rabbitmq, store, plots)
    finally:
        rabbitmq.discard()
        store.discard()
    cost = {"cpu_s": spent, "half_of_cpu_s": sum(spent.values()) / 2, "mb": held, "bytes": weights}
    cost["what_if_s"] = what_if_s
    print(json.dumps(said | cost, indent=1))
    if plots == WHOLE and said["seconds"] > LONGEST_S:
        sys.exit(f"The whole year took {said['seconds']:.0f} s (wanted: {LONGEST_S}).")


if __name__ == "__main__":
    main()
