"""What users, rights and TLS cost: the same reports through the same broker and Redis, as a user who may all
and in plain text, as the service's own user, as that with AMQP over TLS, and with Redis over TLS, too.

    python -m bench.guarded

A queue is filled first; then `parcels` takes it, keeps each plot, and publishes a fact and a receipt of it.
They take turns, round after round.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import redis

from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage
from demo.story import TOWNSHIP, Plot
from tests.access.conftest import Guarded, tenglong
from tests.support.processes import ServiceProcess

from .race import Result, cpu_s

WAYS = ("plain", "users", "tls", "tls_redis")
AT_ONCE = 500


def measure(rounds: int, reports: int) -> dict[str, Any]:
    """Each way's reports a second, and the CPU of a report by process, beside those of `plain` in the same
    round; medians."""
    with tempfile.TemporaryDirectory(prefix="guarded-") as home:
        park = Guarded(Path(home))
        try:
            park.rabbitmq.restart()
            park.redis.restart()
            declared = tenglong("topology", AMQP_URI=park.uri("installer"))
            if declared.returncode:
                raise RuntimeError(declared.stderr)
            found = _rounds(park, rounds, reports)
        finally:
            park.discard()
    return {
        f"{figure}_{way}_vs_plain": median(
            getattr(each[way], figure) / getattr(each["plain"], figure) for each in found
        )
        for way in WAYS[1:]
        for figure in ("per_s", "cpu_us", "broker_cpu_us", "store_cpu_us")
    } | {"guarded_per_s": {way: median(each[way].per_s for each in found) for way in WAYS}}


def _rounds(park: Guarded, rounds: int, reports: int) -> list[dict[str, Result]]:
    logins = _logins(park)
    return [
        {
            way: _run(park, *logins[way], f"{number}{place}", reports)
            for place, way in enumerate(WAYS)
        }
        for number in range(rounds)
    ]


def _logins(park: Guarded) -> dict[str, tuple[str, str]]:
    """The URIs of broker and Redis that each way has."""
    certificate, key = park.authority.certify("parcels")
    files = {"ssl_ca_certs": park.authority.ca, "ssl_certfile": certificate, "ssl_keyfile": key}
    own, own_store = park.uri("parcels"), park.store("parcels")
    return {
        "plain": (park.uri("administrator"), park.store("administrator")),
        "users": (own, own_store),
        "tls": (park.over_tls(own, **files), own_store),
        "tls_redis": (park.over_tls(own, **files), park.over_tls(own_store, **files)),
    }


def _run(park: Guarded, uri: str, url: str, name: str, reports: int) -> Result:
    """The first tenth is for warming up."""
    _fill(park.uri("administrator"), name, reports)
    client: Any = redis.Redis.from_url(park.store("administrator"))
    there = client.zcard("{parcels}:index:parcel:key")
    service = ServiceProcess(["parcels"], uri, url, LOG_LEVEL="WARNING")
    servers = ([child.process for child in it.children] for it in (park.rabbitmq, park.redis))
    at_work = ([service.child.process], *servers)
    try:
        first = _when(client, service, there + reports // 10) - there
        began, before = time.perf_counter(), [*map(cpu_s, at_work)]
        _when(client, service, there + reports)
        while client.xlen("{parcels}:outbox"):
            time.sleep(0.02)
        seconds, after = time.perf_counter() - began, [*map(cpu_s, at_work)]
    finally:
        service.discard()
    count = reports - first
    spent = ((late - early) / count * 1e6 for early, late in zip(before, after, strict=True))
    return Result(count / seconds, *spent)


def _when(client: Any, service: ServiceProcess, wanted: int) -> int:
    """How many plots there are, once there are so many."""
    while (there := int(client.zcard("{parcels}:index:parcel:key"))) < wanted:
        if not service.alive:
            raise RuntimeError(service.tail())
        time.sleep(0.02)
    return there


def _fill(uri: str, name: str, reports: int) -> None:
    publisher = Publisher(uri)
    for first in range(0, reports, AT_ONCE):
        publisher.publish([_report(f"{name}n{number}") for number in range(first, first + AT_ONCE)])
    publisher.close()


def _report(run: str) -> OutgoingMessage:
    type_, data = Plot(run).parcel()
    event = {
        "specversion": "1.0", "id": run, "source": f"/townships/{TOWNSHIP}", "type": type_,
        "time": "2023-08-01T09:30:00+08:00", "data": data | {"surveyed_on": "2023-07-20"},
    }  # fmt: skip
    key = f"{TOWNSHIP}.{type_}"
    return OutgoingMessage("township.events", key, json.dumps(event).encode())


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5, 5_000), indent=1))
