"""How many reports a second each contestant gets through, and what CPU each report costs: in the
contestant itself, in RabbitMQ and in Redis.

A queue is filled first; then the contestant runs alone. The first tenth is for warming up.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import kombu
import redis

from backbone.amqp import topology
from backbone.amqp.topology import Binding
from tests.support.brokers import RabbitMQ, RedisServer

from .work import FEED, NO_SHARE, QUORUM, ROOT, TOWNSHIP, event

Process = subprocess.Popen[bytes]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Result:
    per_s: float
    cpu_us: float
    broker_cpu_us: float
    store_cpu_us: float


def declare(uri: str) -> None:
    """The queues, and somebody who listens to the facts and the receipts."""
    with kombu.Connection(uri) as connection:
        hearing = Binding("plots", "township", "plot.reported", "inbox")
        topology.declare(connection, ["plots"], [FEED], [hearing])
        channel = connection.channel()
        listener = kombu.Queue("listener", queue_arguments=QUORUM, channel=channel)
        listener.declare()
        listener.bind_to("plots.events", routing_key="#")
        listener.bind_to("township.receipts", routing_key="#")


def fill(uri: str, numbers: range) -> None:
    from backbone.amqp.publisher import Publisher
    from backbone.messages.outgoing import OutgoingMessage

    publisher = Publisher(uri)
    for start in range(numbers.start, numbers.stop, 500):
        publisher.publish(
            [
                OutgoingMessage("township.events", f"{TOWNSHIP}.plot.reported", event(number))
                for number in range(start, min(start + 500, numbers.stop))
            ]
        )
    publisher.close()


def cpu_s(processes: Iterable[Process]) -> float:
    stats = [Path(f"/proc/{process.pid}/stat").read_text() for process in processes]
    fields = [stat.rsplit(")", 1)[1].split() for stat in stats]
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS


def memory_mb(process: Process, what: str = "VmRSS") -> float:
    """What Linux says of a process: VmRSS is now, VmHWM the most that there was."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(what))
    return int(line.split()[1]) / 1024


def run(
    rabbitmq: RabbitMQ,
    store: RedisServer,
    module: str,
    messages: int,
    url: str = "",
    there: int = 0,
    replicas: int = 1,
    **env: str,
) -> Result:
    """One contestant, in one process or in several. `there` plots lie in the store at `url` already."""
    uri, url = rabbitmq.new_vhost(), url or store.new_url()
    declare(uri)
    fill(uri, range(messages))
    client = redis.Redis.from_url(url)
    python = env.pop("PYTHON", sys.executable)
    processes = [
        subprocess.Popen(
            [python, "-W", "ignore", "-m", module],
            cwd=ROOT,
            env={**os.environ, "AMQP_URI": uri, "REDIS_URL": url, **NO_SHARE, **env},
        )
        for _ in range(replicas)
    ]
    try:
        done = partial(_done, client, module, there)
        at_work = (
            processes,
            *([child.process for child in it.children] for it in (rabbitmq, store)),
        )
        warm = messages // 10
        while done() < warm:
            _check(processes)
        first, t0, before = done(), time.perf_counter(), [*map(cpu_s, at_work)]
        while done() < messages:
            _check(processes)
        while client.xlen("{plots}:outbox"):
            _check(processes)
        seconds, after = time.perf_counter() - t0, [*map(cpu_s, at_work)]
    finally:
        for process in processes:
            process.send_signal(signal.SIGKILL)
            process.wait()
    rabbitmq.delete_vhost(uri)
    client.flushdb()
    count = messages - first
    spent = ((late - early) / count * 1e6 for early, late in zip(before, after, strict=True))
    return Result(count / seconds, *spent)


def _done(client: redis.Redis, module: str, there: int) -> int:
    if module == "bench.ours":
        return int(client.zcard("{plots}:index:plot:key")) - there
    return int(client.dbsize())


def _check(processes: list[Process]) -> None:
    for process in processes:
        if process.poll() is not None:
            raise RuntimeError(f"the contestant ended with {process.returncode}")
    time.sleep(0.02)
