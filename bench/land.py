"""A whole park's boundaries: 2,595 plots on 58,000 mu are registered through the broker, outlined, and
read back; how long that takes, and what it weighs.

`python -m bench --only land`
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from statistics import quantiles
from typing import Any

import redis

from backbone.amqp.publisher import Publisher
from backbone.messages.outgoing import OutgoingMessage
from tests.support.brokers import RabbitMQ, RedisServer
from tests.support.internal import calling
from tests.support.processes import ServiceProcess

from .layout import Plot, plots
from .race import memory_mb
from .work import TOWNSHIP

PAGE, ASKED, LONGEST_S = 200, 500, 180
Report = tuple[str, dict[str, Any]]


def measure(rabbitmq: RabbitMQ, store: RedisServer, count: int) -> dict[str, float]:
    """Times in seconds or milliseconds, memory in MB or bytes; each name says which."""
    uri, url, found = rabbitmq.new_vhost(), store.new_url(), {}
    client, laid_out = redis.Redis.from_url(url), list(plots(count))
    service = ServiceProcess(["parcels"], uri, url).wait_ready()
    try:
        found["at rest, MB"] = memory_mb(service.child.process)
        found["parcels registered, s"] = _register(uri, client, "parcel", _surveys(laid_out))
        before = client.info("memory")["used_memory"]
        found["boundaries registered, s"] = _register(uri, client, "boundary", _outlines(laid_out))
        found["boundaries a second"] = count / found["boundaries registered, s"]
        weight = client.info("memory")["used_memory"] - before
        found["a boundary in Redis, bytes"] = weight / count
        found["with boundaries, MB"] = memory_mb(service.child.process, "VmHWM")
        found |= _read_back(uri, laid_out)
        found["at the end, MB"] = memory_mb(service.child.process, "VmHWM")
    finally:
        service.discard()
    return found


def _register(uri: str, client: redis.Redis, kind: str, reports: list[Report]) -> float:
    """Seconds from the first report to the last that is kept and told of."""
    publisher, began = Publisher(uri), time.perf_counter()
    events = [_message(number, *report) for number, report in enumerate(reports)]
    for start in range(0, len(events), 500):
        publisher.publish(events[start : start + 500])
    publisher.close()
    while client.zcard(f"{{parcels}}:index:{kind}:key") < len(reports) or client.xlen(
        "{parcels}:outbox"
    ):
        if time.perf_counter() - began > LONGEST_S:
            raise RuntimeError(f"not all of {len(reports)} reports of a {kind} were accepted")
        time.sleep(0.02)
    return time.perf_counter() - began


def _read_back(uri: str, laid_out: list[Plot]) -> dict[str, float]:
    """All of it as GeoJSON, and which parcel lies at each of some places; everything must be right."""
    with calling(uri, timeout=60) as park:
        began = time.perf_counter()
        pages = list(_pages(park))
        seconds = time.perf_counter() - began
        features = [feature for page in pages for feature in page["features"]]
        assert [each["geometry"] for each in features] == [each.geometry for each in laid_out]
        assert not any(each["properties"]["reasons"] for each in features)
        took_ms = sorted(_asked_ms(park, number, laid_out) for number in range(ASKED))
    cuts = quantiles(took_ms, n=100)
    return {
        "read back as GeoJSON, s": seconds,
        "a page of 200, ms": seconds / len(pages) * 1000,
        "a page of 200, kB": max(len(json.dumps(page)) for page in pages) / 1000,
        "parcels_at p50, ms": cuts[49],
        "parcels_at p99, ms": cuts[98],
    }


def _pages(park: Any) -> Iterator[dict[str, Any]]:
    cursor = None
    while True:
        page = park.parcels.boundaries_geojson(township=TOWNSHIP, limit=PAGE, cursor=cursor)
        yield page
        if (cursor := page["cursor"]) is None:
            return


def _asked_ms(park: Any, number: int, laid_out: list[Plot]) -> float:
    which = number * 7919 % len(laid_out)
    (lon, lat), *_ = laid_out[which].ring
    far = laid_out[which].ring[2]
    began = time.perf_counter()
    found = park.parcels.parcels_at(lon=(lon + far[0]) / 2, lat=(lat + far[1]) / 2)
    took = (time.perf_counter() - began) * 1000
    assert found == {"parcel_ids": [_parcel_id(which)]}
    return took


def _parcel_id(number: int) -> str:
    return f"{TOWNSHIP}-{number:05}"


def _surveys(laid_out: list[Plot]) -> list[Report]:
    uses = {"land_use": "industrial", "planned_use": "industrial", "in_zone": True}
    return [("parcel.registered", uses | {"area_m2": str(each.area_m2)}) for each in laid_out]


def _outlines(laid_out: list[Plot]) -> list[Report]:
    crs = {"crs": "CGCS2000"}
    return [("parcel.boundary_surveyed", crs | {"geometry": each.geometry}) for each in laid_out]


def _message(number: int, type_: str, data: dict[str, Any]) -> OutgoingMessage:
    """The report as a township sends it."""
    event = {
        "specversion": "1.0",
        "id": f"{type_}-{number}",
        "source": f"/townships/{TOWNSHIP}",
        "type": type_,
        "time": "2023-08-01T09:30:00+08:00",
        "data": {"parcel_id": _parcel_id(number), "surveyed_on": "2023-07-20", **data},
    }
    return OutgoingMessage("township.events", f"{TOWNSHIP}.{type_}", json.dumps(event).encode())
