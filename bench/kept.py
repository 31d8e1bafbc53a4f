"""What a park keeps, holds open and sends for what it is told: a year of it is played into four services on
real servers, and looked at afterwards.

    python -m bench.kept 300

prints the figures that `bench/capacity.toml` keeps for `bench.capacity`. Counts and bytes do not depend on
the machine; the CPU seconds do.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from typing import Any

import redis

from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.processes import SERVICES, ServiceProcess

from .race import cpu_s
from .work import ROOT
from .year import YEAR

BY_COUNT = ("done", "hop", "announced", "later")
KIND = re.compile(r"\{(\w+)\}:([a-z_]+)")
AT_ONCE = 500


def measure(plots: int) -> dict[str, Any]:
    """Bytes are those of Redis, of all services together, unless a figure says otherwise."""
    rabbitmq, store = RabbitMQ().start(), RedisServer().start()
    uri, url = rabbitmq.new_vhost(), store.url
    client: Any = redis.Redis.from_url(url)
    try:
        services = [ServiceProcess([name], uri, url) for name in SERVICES]
        for service in services:
            service.wait_ready(120)
        processes = {
            **{service.names[0]: [service.child.process] for service in services},
            **{each.name: [child.process for child in each.children] for each in (rabbitmq, store)},
        }
        at_rest = {name: cpu_s(each) for name, each in processes.items()}
        before = client.info()
        said = _played(uri, plots)
        time.sleep(5)  # what follows of the last report
        spent = {name: cpu_s(each) - at_rest[name] for name, each in processes.items()}
        return _figures(said, spent, before, client, rabbitmq, uri) | {"plots": plots}
    finally:
        for service in services:
            service.discard()
        rabbitmq.discard()
        store.discard()


def _played(uri: str, plots: int) -> int:
    """How many reports and commands there were."""
    ran = subprocess.run(
        [*YEAR, "--plots", str(plots), "--play", "--json"],
        cwd=ROOT, env={**os.environ, "AMQP_URI": uri}, capture_output=True, check=True,
    )  # fmt: skip
    said = json.loads(ran.stdout)
    return int(said["events"]["sent"]) + int(said["commands"]["sent"])


def _figures(
    events: int,
    spent: dict[str, float],
    before: dict[str, Any],
    client: Any,
    rabbitmq: RabbitMQ,
    uri: str,
) -> dict[str, Any]:
    now, kept = client.info(), kept_by_kind(client)
    counts = {kind: sum(n for (_, k), (n, _) in kept.items() if k == kind) for kind in BY_COUNT}
    sizes = {kind: sum(b for (_, k), (_, b) in kept.items() if k == kind) for kind in BY_COUNT}
    of_notify = sum(
        b for (name, k), (_, b) in kept.items() if name == "notify" and k not in BY_COUNT
    )
    rest = sum(b for (_, k), (_, b) in kept.items() if k not in BY_COUNT) - of_notify
    opened = rabbitmq.listed("connections", uri)
    octets = sum(each.get("recv_oct", 0) + each.get("send_oct", 0) for each in opened)
    network = ("total_net_input_bytes", "total_net_output_bytes")
    return {
        "events": events,
        "used_bytes": now["used_memory"] - before["used_memory"],
        "counted_bytes": sum(b for _, b in kept.values()),
        "things_bytes": rest,  # documents, first changes, indexes and totals of all but notify
        "notify_bytes": of_notify,
        **{f"{kind}_count": counts[kind] for kind in BY_COUNT},
        **{f"{kind}_bytes": sizes[kind] for kind in BY_COUNT},
        "aof_bytes": now["aof_current_size"],
        "amqp_octets": octets,
        "redis_octets": sum(now[each] - before[each] for each in network),
        "connections": len(opened),
        "channels": len(rabbitmq.listed("channels", uri)),
        "queues": len([q for q in rabbitmq.listed("queues", uri) if "celery" not in q["name"]]),
        "cpu_s": {name: round(each, 2) for name, each in spent.items()},
    }


def kept_by_kind(client: Any) -> dict[tuple[str, str], tuple[int, int]]:
    """Of each service and kind of key: how many there are (of a stream, its entries), and bytes. Of histories
    the first change, which holds the whole thing, is `changes`, and those that follow are `later`."""
    counts: Counter[tuple[str, str]] = Counter()
    sizes: Counter[tuple[str, str]] = Counter()
    keys = list(client.scan_iter(count=1000))
    for first in range(0, len(keys), AT_ONCE):
        some = keys[first : first + AT_ONCE]
        pipeline = client.pipeline(transaction=False)
        for key in some:
            pipeline.memory_usage(key, samples=0)
            pipeline.type(key)
        answers = iter(pipeline.execute())
        for key, (size, kind) in zip(some, zip(answers, answers, strict=False), strict=True):
            found = KIND.match(key.decode())
            which = (found[1], found[2]) if found else ("", "other")
            counts[which] += client.xlen(key) if kind == b"stream" else 1
            sizes[which] += size or 0
            if which[1] == "changes" and kind == b"list":
                entries = client.lrange(key, 1, -1)
                later = (which[0], "later")
                counts[later] += len(entries)
                sizes[later] += sum(map(len, entries))
                sizes[which] -= sum(map(len, entries))
    return {which: (counts[which], sizes[which]) for which in sizes}


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 300), indent=1))
