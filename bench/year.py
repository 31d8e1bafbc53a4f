"""What making a year of the park takes in memory, at two sizes, and how fast a small one is played into four
services on real servers.

    python -m bench.year 2595

plays one of so many plots, and prints the CPU seconds of each process that has a part in it. Half of their
sum is the least that the playing can take on two cores, whatever else is at work there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.processes import SERVICES, ServiceProcess
from year.plan import printed

from .race import cpu_s
from .work import ROOT

YEAR = [sys.executable, "-W", "ignore", "-m", "cli", "year"]


def measure(
    rabbitmq: RabbitMQ, store: RedisServer, sizes: tuple[int, int], plots: int
) -> dict[str, Any]:
    """`year_mb` is the most that the command held at the larger size, `year_mb_growth` that by the most at
    the smaller one. `year_played_per_s` are events and commands, to the last receipt and answer;
    `year_cpu_us` is what each costs all processes together."""
    small, large = (_made(size) for size in sizes)
    return {
        "year_mb": large[1],
        "year_mb_growth": large[1] / small[1],
        "year_lines_per_s": large[0],
        **_costs(*_played(rabbitmq, store, plots)),
    }


def _costs(said: dict[str, Any], spent: dict[str, float]) -> dict[str, float]:
    lines = said["events"]["sent"] + said["commands"]["sent"]
    return {
        "year_played_per_s": float(said["per_second"]),
        "year_cpu_us": sum(spent.values()) / lines * 1e6,
    }


def _made(plots: int) -> tuple[float, float]:
    """Lines a second, and MiB."""
    began = time.perf_counter()
    with tempfile.NamedTemporaryFile() as file:
        process = subprocess.Popen([*YEAR, "--plots", str(plots), "--out", file.name], cwd=ROOT)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        if status:
            raise RuntimeError(f"the command ended with {status}")
        lines = sum(1 for _ in file)
    return lines / seconds, used.ru_maxrss / 1024


def _played(
    rabbitmq: RabbitMQ, store: RedisServer, plots: int
) -> tuple[dict[str, Any], dict[str, float]]:
    """What the command says in the end, and the CPU seconds of each process."""
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
    for service in services:
        service.discard()
    rabbitmq.delete_vhost(uri)
    said = json.loads(output)
    if status:
        raise RuntimeError(f"not all of the year was taken: {said}")
    return said, spent


def main() -> None:
    plots = int(sys.argv[1]) if len(sys.argv) > 1 else printed()["park"]["plots"]
    rabbitmq, store = RabbitMQ().start(), RedisServer().start()
    try:
        said, spent = _played(rabbitmq, store, plots)
    finally:
        rabbitmq.discard()
        store.discard()
    print(json.dumps(said | {"cpu_s": spent, "half_of_cpu_s": sum(spent.values()) / 2}, indent=1))


if __name__ == "__main__":
    main()
