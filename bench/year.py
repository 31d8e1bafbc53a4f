"""What making a year of the park takes in memory, at two sizes, and how fast a small one is played into four
services on real servers."""

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

from .work import ROOT

YEAR = [sys.executable, "-W", "ignore", "-m", "cli", "year"]


def measure(
    rabbitmq: RabbitMQ, store: RedisServer, sizes: tuple[int, int], plots: int
) -> dict[str, Any]:
    """`year_mb` is the most that the command held at the larger size, `year_mb_growth` that by the most at
    the smaller one. `year_played_per_s` are events and commands, to the last receipt and answer."""
    small, large = (_made(size) for size in sizes)
    return {
        "year_mb": large[1],
        "year_mb_growth": large[1] / small[1],
        "year_lines_per_s": large[0],
        "year_played_per_s": _played(rabbitmq, store, plots),
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


def _played(rabbitmq: RabbitMQ, store: RedisServer, plots: int) -> float:
    uri, url = rabbitmq.new_vhost(), store.new_url()
    services = [ServiceProcess([name], uri, url) for name in SERVICES]
    for service in services:
        service.wait_ready()
    done = subprocess.run(
        [*YEAR, "--plots", str(plots), "--play", "--json"],
        cwd=ROOT,
        env={**os.environ, "AMQP_URI": uri},
        stdout=subprocess.PIPE,
    )
    for service in services:
        service.discard()
    rabbitmq.delete_vhost(uri)
    said = json.loads(done.stdout)
    if done.returncode:
        raise RuntimeError(f"not all of the year was taken: {said}")
    return float(said["per_second"])
